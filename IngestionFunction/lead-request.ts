/** A request to one of the two routes. Its body is text that is not parsed yet. */
export type LeadRequest = Readonly<{
  route: 'ingest' | 'webhook';
  body: string;
  /** The secret of a sender that sends it in a header instead of the body. */
  secretHeader: string | undefined;
  correlationId: string;
}>;

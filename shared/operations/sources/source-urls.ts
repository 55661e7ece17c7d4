/** The URLs of a source. */
export type SourceUrls = Readonly<{
  /** What a sender enters. */
  sender: string;
  /** What the function takes for the URL of the request. Some schemes sign it. */
  signed: string;
  /** Where `leadline` sends requests. */
  post: string;
}>;

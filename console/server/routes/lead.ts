import { maskAddressesIn } from '../../../shared/codecs/mask-personal';
import { leadId } from '../../../shared/lead/lead-id';
import { namespaceOf } from '../../../shared/lead/lead-namespace';
import { enrichedKeyOf } from '../../../shared/lead/raw-key';
import type { LeadHistory } from '../../../shared/ports/lead-search';
import { documents, lead, type LeadHistory as Answer, mail } from '../../api/lead';
import { enrichedDocument, ownerFields, rawDocument } from '../documents/lead-document';
import { isAbout, mailView } from '../documents/mail-view';
import { eventView } from '../leads/event-view';
import { findEvent } from '../leads/find-event';
import { leadRowOf } from '../leads/lead-row';
import type { ConsolePorts } from '../ports';
import type { Respond } from '../respond';
import { readingDocuments, readingLeads } from '../rights';

/** What happened to a lead, what came in, what was made of it, and its mails. */
export const leadRoutes = (respond: Respond, ports: Pick<ConsolePorts, 'stack' | 'mailbox' | 'now'>): void => {
  const { stack, mailbox, now } = ports;
  respond(
    lead,
    async ({ id, namespace, personal }) => {
      const history = leadId.is(id) ? await stack.history(id) : none;
      return historyView(id, namespace, history, personal === 'shown', now());
    },
    readingLeads,
  );
  respond(
    documents,
    async ({ personal, ...sent }) => {
      const { s3_key } = await findEvent(stack, sent);
      const [raw, enriched] = await Promise.all([stack.rawText(s3_key), stack.enrichedText(s3_key)]);
      const isShown = personal === 'shown';
      return {
        raw: rawDocument(s3_key, raw, isShown),
        enriched: enrichedDocument(enrichedKeyOf(s3_key), enriched, isShown),
        owner_fields: ownerFields(enriched),
      };
    },
    readingDocuments,
  );
  respond(mail, async ({ id, event, personal }) => {
    if (mailbox === undefined) return { mails: [], why_not: noMailbox };
    const mails = (await mailbox()).filter(isAbout(event)).toReversed();
    return {
      mails: mails.map((one) => mailView(one, id, personal === 'shown')),
      why_not: mails.length === 0 ? noMail : null,
    };
  });
};

const noMailbox = 'AWS keeps no mails, because SES delivers them. Read the mailbox of SesToAddress.';
const noMail = 'The local cloud has no mail of this event. It keeps mails in memory, and loses them when it ends.';

const none: LeadHistory = { leads: [], events: [], next: undefined, unreadable: [] };

const historyView = (
  id: string,
  namespace: string | undefined,
  { leads, events, unreadable }: LeadHistory,
  isShown: boolean,
  now: Date,
): Answer => {
  const hide = (text: string): string => (isShown ? text : maskAddressesIn(text));
  const isWanted = (of: string): boolean => namespace === undefined || namespace === '' || of === namespace;
  return {
    lead_id: id,
    leads: leads.filter((found) => isWanted(found.lead.namespace)).map(leadRowOf(isShown)),
    events: events
      .filter((event) => isWanted(namespaceOf(event)))
      .toReversed()
      .map((event) => eventView(event, now, isShown)),
    unreadable: unreadable.map((failure) =>
      failure.kind === 'unreadable'
        ? { item: failure.item?.sk ?? null, problems: failure.paths.map(hide) }
        : { item: null, problems: [hide(failure.cause)] },
    ),
  };
};

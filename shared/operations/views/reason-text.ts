import type { DeadLetterReason } from '../dead-letter-reason';

/**
 * What an operator does about a reason.
 *
 * - `fix`: correct the cause, then redrive.
 * - `redrive`: nothing needs a correction.
 * - `look`: a redrive can do harm, so look first.
 * - `discard`: a redrive fails again.
 */
export type ReasonAdvice = 'fix' | 'redrive' | 'look' | 'discard';

/** A reason in plain words. The code of the reason is shown beside them. */
type ReasonText = Readonly<{
  /** At most 4 words. */
  title: string;
  /** What happened. */
  why: string;
  /** What fixes it. Names its objects, because it is also shown without `why`. */
  fix: string;
  advice: ReasonAdvice;
}>;

/** Each reason in plain words, for the command line and the console. docs/operations.md has them at more length. */
export const reasonTexts: Readonly<Record<DeadLetterReason, ReasonText>> = {
  'owner-missing': {
    title: 'No owner',
    why: 'The lookup bucket has no file <lead_id>.json for the lead.',
    fix: 'Put the file of the owner into the lookup bucket, then redrive. The lead is mailed once.',
    advice: 'fix',
  },
  'owner-unreadable': {
    title: 'Owner unreadable',
    why: 'The file <lead_id>.json in the lookup bucket has no valid owner.',
    fix: 'Replace the file of the owner in the lookup bucket, then redrive. The lead is mailed once.',
    advice: 'fix',
  },
  'mail-refused': {
    title: 'Mail refused',
    why: 'SES refused the mail: the sender is not verified, the account is in the sandbox, or a quota is used up.',
    fix: 'Correct the cause in SES (sender, sandbox or quota), then redrive.',
    advice: 'fix',
  },
  'mail-unconfirmed': {
    title: 'Mail unconfirmed',
    why: 'SES did not confirm the mail. It may have arrived.',
    fix: 'Look for the mail first. A redrive can send it a second time. Discard the dead letter if the mail arrived.',
    advice: 'look',
  },
  'raw-missing': {
    title: 'Payload missing',
    why: 'The raw bucket has no object under the key that the message names.',
    fix: 'Let the sender send the lead again, then discard the dead letter.',
    advice: 'discard',
  },
  'raw-unreadable': {
    title: 'Payload unreadable',
    why: 'The object in the raw bucket is not a lead.',
    fix: 'Let the sender send the lead again, then discard the dead letter.',
    advice: 'discard',
  },
  'raw-mismatch': {
    title: 'Payload of another event',
    why: 'The raw object does not belong to the event that the message names.',
    fix: "Put the event's own object back under its key in the raw bucket, then redrive, or discard the dead letter.",
    advice: 'fix',
  },
  'held-by-another': {
    title: 'Held by another worker',
    why: 'At each attempt another worker held the event.',
    fix: 'Redrive the event. If it fails again, its lease lasts too long: see "An event that is CLAIMED" in the docs.',
    advice: 'redrive',
  },
  'worker-lost': {
    title: 'Workers died',
    why: 'Four messages of the event lost their worker, each while no other message was processed.',
    fix: 'Search the log of EnrichmentFunction for the event id, correct the cause (timeout, memory), then redrive.',
    advice: 'fix',
  },
  'record-lost': {
    title: 'Record lost',
    why: 'The table was lost. Leadline rebuilt the event and found no enriched object, so it was not mailed.',
    fix: 'Redrive the event. The lead is mailed once.',
    advice: 'redrive',
  },
  'store-unavailable': {
    title: 'AWS did not answer',
    why: 'A store did not answer at each attempt.',
    fix: 'Redrive the event once AWS answers again.',
    advice: 'redrive',
  },
  'store-unreadable': {
    title: 'Record unreadable',
    why: 'A stored record of the event is missing an attribute or has a wrong one.',
    fix: 'Correct the item of the event in the table, then redrive. A discard leaves the event unchanged.',
    advice: 'fix',
  },
  'message-unreadable': {
    title: 'Not a Leadline message',
    why: 'The message is not one that Leadline writes.',
    fix: 'Look at the message, then discard it. A redrive fails again.',
    advice: 'discard',
  },
  mailed: {
    title: 'Mailed since',
    why: 'The lead was mailed after this message had failed.',
    fix: 'Discard the dead letter. A redrive sends no mail.',
    advice: 'discard',
  },
  'refresh-failed': {
    title: 'Refresh failed',
    why: 'Each worker that processed a replay without a mail died.',
    fix: 'Look at the log of EnrichmentFunction, then redrive. A discard removes only the message.',
    advice: 'look',
  },
  'not-recorded': {
    title: 'No reason recorded',
    why: 'No record says why: it has expired, or could not be written.',
    fix: 'Look at the log of EnrichmentFunction, then redrive.',
    advice: 'look',
  },
};

/** Why a command did not do it, as programs can tell one cause from another. */
export type ProblemKind =
  | 'usage'
  | 'configuration'
  | 'no-stack'
  | 'no-credentials'
  | 'no-region'
  | 'no-answer'
  | 'access-denied'
  | 'throttled'
  | 'gone'
  | 'refused'
  | 'no-mailbox'
  | 'unreadable'
  | 'nobody-to-ask'
  | 'declined'
  | 'interrupted'
  | 'failed';

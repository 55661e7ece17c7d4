/** Why a command failed. Programs read it from the JSON output; `docs/operations.md` lists the kinds. */
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

import type { EventState } from '../../../shared/stored/event-state';

export type BadgeState = EventState | 'QUARANTINED' | 'REVALIDATED' | 'DUE';

/** What a colour means: waiting, in work, mailed, failed, quarantined, done with. */
export type Tone = 'wait' | 'work' | 'good' | 'bad' | 'held' | 'idle';

type Badge = Readonly<{ tone: Tone; word: string }>;

/** How a state is shown. The words are those of docs/operations.md. */
export const badges: Readonly<Record<BadgeState, Badge>> = {
  RECEIVED: { tone: 'wait', word: 'waiting' },
  DUE: { tone: 'wait', word: 'due' },
  CLAIMED: { tone: 'work', word: 'being enriched' },
  NOTIFIED: { tone: 'good', word: 'mailed' },
  FAILED: { tone: 'bad', word: 'failed' },
  DISCARDED: { tone: 'idle', word: 'discarded' },
  QUARANTINED: { tone: 'held', word: 'quarantined' },
  REVALIDATED: { tone: 'good', word: 'brought in' },
};

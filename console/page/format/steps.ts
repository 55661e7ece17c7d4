/** How a step of an event is drawn: it went well, failed, waits, is the decision of a person, or just is. */
export type StepTone = 'good' | 'bad' | 'work' | 'idle';

const known: Readonly<Record<string, readonly [name: string, tone: StepTone]>> = {
  received: ['Received', 'good'],
  repeated: ['Repeated by its sender', 'idle'],
  requeued: ['Queued again', 'idle'],
  'taken-up': ['Taken up', 'work'],
  claimed: ['Claimed', 'work'],
  notified: ['Mailed', 'good'],
  failed: ['Failed', 'bad'],
  redriven: ['Redriven', 'idle'],
  discarded: ['Discarded', 'idle'],
  replayed: ['Asked to be mailed again', 'idle'],
  remapped: ['Read with the present mapping', 'idle'],
  rebuilt: ['Record rebuilt', 'idle'],
  'refresh-asked': ['Refresh asked for', 'idle'],
  refreshed: ['Refreshed', 'good'],
  'refresh-failed': ['Refresh failed', 'bad'],
};

/** The name of a step. One that this version does not know keeps the name of the server. */
export const stepName = (what: string): string => known[what]?.[0] ?? what;

export const stepTone = (what: string): StepTone => known[what]?.[1] ?? 'idle';

import type { EventItem } from '../../shared/stored/event-item';
import type { LeadPorts } from '../../shared/operations/leads/lead-ports';
import type { Overview } from '../../shared/operations/views/overview';

/** The model of the pipeline, as the console uses it: see `pipelineModel`. */
export type Pipeline = Readonly<{
  start: () => void;
  stop: () => Promise<void>;
  overview: () => Overview;
  findEvents: LeadPorts['findEvents'];
  /** Puts in an event that an action changed, so that the page shows its own change at once. */
  apply: (event: EventItem) => void;
  /** Reads the failed events in the next poll, because an action may have changed some of them. */
  lookAgain: () => void;
  /** @returns removes the listener */
  onChange: (listener: () => void) => () => void;
  recount: () => void;
}>;

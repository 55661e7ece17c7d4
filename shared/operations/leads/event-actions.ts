import { type EventItem, isSettled } from '../../stored/event-item';
import { mayBeMailed } from '../find-missing-dead-letters';

/** What an operator can do with one event. */
export type EventActionName = 'enrich-now' | 'refresh' | 'mail-again' | 'redrive' | 'discard' | 'put-owner';

/** An action as it applies to an event now. */
export type EventAction = Readonly<{
  name: EventActionName;
  /** What it will do, for the question before it is done. */
  does: string;
  /** Why the state of the event does not allow it. */
  whyNot?: string;
  /** Whether it cannot be undone, or sends a mail. */
  isFinal: boolean;
}>;

/** What can be done with an event, and why the rest cannot. The table decides: the state may change at any time. */
export const eventActions = (event: EventItem, now: Date): readonly EventAction[] =>
  [enrichNow(event, now), refresh(event), mailAgain(event), redrive(event), discard(event), putOwner(event)].map(
    ({ whyNot, ...action }) => ({ ...action, ...(whyNot === undefined ? {} : { whyNot }) }),
  );

type Found = Omit<EventAction, 'whyNot'> & Readonly<{ whyNot: string | undefined }>;

const enrichNow = (event: EventItem, now: Date): Found => ({
  name: 'enrich-now',
  does:
    'Sends the message of this event once more, to be enriched at once instead of after the delay. ' +
    'Its owner is read now, and one mail is sent. The message that waits then changes nothing when it is due. ' +
    'If the enrichment fails, each of the two messages may leave a dead letter: one more than without this.',
  whyNot: whyNotNow(event, now),
  isFinal: true,
});

const whyNotNow = (event: EventItem, now: Date): string | undefined => {
  switch (event.state) {
    case 'RECEIVED':
      return undefined;
    case 'CLAIMED':
      return event.lease_until < now.toISOString()
        ? undefined
        : `A worker holds this event until ${event.lease_until}. Wait for it.`;
    case 'NOTIFIED':
      return 'This event is mailed. Refresh it, or mail it again.';
    case 'FAILED':
      return 'This event failed. Redrive it.';
    case 'DISCARDED':
      return 'This event was discarded. Mail it again to bring it back.';
  }
};

const refresh = (event: EventItem): Found => ({
  name: 'refresh',
  does:
    'Enriches this event again from its raw payload and the present file of its owner, without a mail. ' +
    'The enriched object and the lead change, the state does not.',
  whyNot: whyNotRefresh(event),
  isFinal: false,
});

const whyNotRefresh = (event: EventItem): string | undefined => {
  if (event.refresh_asked_at !== undefined) return `A refresh of ${event.refresh_asked_at} has not ended.`;
  if (event.state === 'FAILED') return 'This event failed. Redrive it: that enriches it, too.';
  return isSettled(event) ? undefined : 'This event is not enriched yet. Its enrichment reads the present owner.';
};

const mailAgain = (event: EventItem): Found => ({
  name: 'mail-again',
  does:
    event.state === 'DISCARDED'
      ? 'Brings this event back: enriches it from its raw payload, and sends one mail.'
      : 'Enriches this event again from its raw payload, and sends one more mail about it. A mail cannot be taken back.',
  whyNot:
    event.state === 'FAILED'
      ? 'This event failed. Redrive it: that mails it.'
      : isSettled(event)
        ? undefined
        : 'The pipeline is working on this event, and mails it.',
  isFinal: true,
});

const redrive = (event: EventItem): Found => ({
  name: 'redrive',
  does:
    'Sends the dead letter of this event to be enriched and mailed at once. If its dead letter has expired, a new ' +
    `message is sent.${mayBeMailed(event) ? ' A mail may have been sent before: this may send a second one.' : ''}`,
  whyNot: event.state === 'FAILED' ? undefined : 'Only an event that failed can be redriven.',
  isFinal: true,
});

const discard = (event: EventItem): Found => ({
  name: 'discard',
  does:
    'Gives this event up: it gets no mail, and its dead letter is removed for good. Its payload and its history stay, ' +
    'with your reason.',
  whyNot: event.state === 'FAILED' ? undefined : 'Only an event that failed can be discarded.',
  isFinal: true,
});

const putOwner = ({ lead_id }: EventItem): Found => ({
  name: 'put-owner',
  does:
    `Writes ${lead_id}.json into the lookup bucket. The next enrichment of the lead reads it: of an event that failed, ` +
    'after a redrive; of one that is mailed, after a refresh.',
  whyNot: undefined,
  isFinal: false,
});

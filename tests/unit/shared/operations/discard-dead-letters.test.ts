import { confirmedIds } from '../../../../shared/operations/choose-dead-letters';
import { discardDeadLetters } from '../../../../shared/operations/discard-dead-letters';
import { listDeadLetters } from '../../../../shared/operations/list-dead-letters';
import type { EventState } from '../../../../shared/stored/event-state';
import {
  all,
  failedEvent,
  messageAbout,
  operatorDouble,
  refreshOf,
  threeDeadLetters,
  unreadableMessage,
} from './operator-double';

describe('discarding a dead letter', () => {
  it.each<[EventState, string, number]>([
    ['FAILED', 'discarded', 0],
    ['NOTIFIED', 'stale', 0],
    ['DISCARDED', 'stale', 0],
    ['CLAIMED', 'moved', 1],
    ['RECEIVED', 'moved', 1],
  ])('of an event in state %s has the outcome %s', async (state, outcome, left) => {
    const event = failedEvent({ state });
    const { ports, visible, discardedEvents } = operatorDouble([event], [messageAbout(event)]);
    const { outcomes } = await discardDeadLetters(ports, { ids: [event.event_id] }, 'requested');
    expect(outcomes).toMatchObject([{ event, outcome }]);
    expect(visible.size).toBe(left);
    expect(discardedEvents).toStrictEqual(outcome === 'discarded' ? [event.event_id] : []);
  });

  it('without an event removes the message', async () => {
    const message = unreadableMessage();
    const { ports, removed } = operatorDouble([], [message]);
    const { outcomes } = await discardDeadLetters(ports, { ids: [message.messageId] }, 'garbage');
    expect(outcomes).toStrictEqual([{ message, event: undefined, outcome: 'message-only' }]);
    expect(removed).toStrictEqual(new Set([message]));
  });

  it('of a refresh ends the refresh, and leaves the event as it is', async () => {
    const event = failedEvent();
    const { ports, endedRefreshes, discardedEvents } = operatorDouble([event], [refreshOf(event)]);
    expect(await discardDeadLetters(ports, { ids: [event.event_id] }, 'given up')).toMatchObject({
      outcomes: [{ outcome: 'message-only' }],
    });
    expect(endedRefreshes).toStrictEqual([event.event_id]);
    expect(discardedEvents).toStrictEqual([]);
  });

  it.each([
    ['discards the event if it has failed', undefined, 'discarded', 0],
    ['changes nothing if the state is not known', 'unreadable' as const, 'unreadable', 1],
  ])('whose record cannot be decoded %s', async (_what, answer, outcome, left) => {
    const event = failedEvent();
    const { ports, visible } = operatorDouble([event], [messageAbout(event)]);
    const readEvents: typeof ports.readEvents = async (refs) =>
      new Map([...(await ports.readEvents(refs)).keys()].map((key) => [key, 'unreadable']));
    const discard = () => Promise.resolve(answer);
    const choice = { ids: [event.event_id] };
    expect(await discardDeadLetters({ ...ports, readEvents, discard }, choice, 'given up')).toMatchObject({
      outcomes: [{ outcome }],
    });
    expect(visible.size).toBe(left);
  });

  it('removes no message but those that the operator confirmed', async () => {
    const event = failedEvent();
    const [shown, later] = [messageAbout(event), messageAbout(event)];
    const { ports, visible, removed } = operatorDouble([event], [shown]);
    const { chosen } = await listDeadLetters(ports, { ids: [event.event_id] });
    visible.add(later);
    await discardDeadLetters(ports, { ids: [event.event_id], confirmed: confirmedIds(chosen) }, 'agreed');
    expect(removed).toStrictEqual(new Set([shown]));
    expect(visible).toStrictEqual(new Set([later]));
  });

  it('reports what was discarded before an error', async () => {
    const { ports, discardedEvents } = threeDeadLetters();
    const discard: typeof ports.discard = (event, reason) =>
      discardedEvents.length === 1 ? Promise.reject(new Error('down')) : ports.discard(event, reason);
    await expect(discardDeadLetters({ ...ports, discard }, all, 'all')).rejects.toMatchObject({
      message: 'down',
      done: { discarded: 1, chosen: 3 },
    });
  });
});

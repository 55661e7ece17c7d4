import { failedEvent, messageAbout } from '../../../shared/operations/operator-double';
import { dlqOn } from './stack-double';

describe('leadline dlq discard', () => {
  it('discards an event and removes its message', async () => {
    const event = failedEvent();
    const { run, discardedEvents, visible } = dlqOn([event], [messageAbout(event)]);
    const { lines, printed, outcome } = await run('discard', event.event_id, '--reason', 'a test', '--yes');
    expect(lines).toStrictEqual([`${event.event_id.slice(0, 12)}  discarded`]);
    expect(printed).toMatchObject([[{ id: event.event_id, outcome: 'discarded' }]]);
    expect(discardedEvents).toStrictEqual([event.event_id]);
    expect(visible.size).toBe(0);
    expect(outcome).toStrictEqual({ nothingMatched: false, leftAlone: false });
  });

  it('reports an event that it leaves unchanged', async () => {
    const event = failedEvent({ state: 'CLAIMED' });
    const { run, visible } = dlqOn([event], [messageAbout(event)]);
    const { lines, outcome } = await run('discard', event.event_id, '--reason', 'a test', '--yes');
    expect(lines.join()).toContain('unchanged, because the pipeline is working on its event');
    expect(visible.size).toBe(1);
    expect(outcome).toMatchObject({ leftAlone: true });
  });

  it('asks before it discards anything', async () => {
    const event = failedEvent();
    const { run, discardedEvents } = dlqOn([event], [messageAbout(event)]);
    const { error, notes } = await run('discard', event.event_id, '--reason', 'a test');
    expect(error).toMatchObject({ kind: 'nobody-to-ask' });
    expect(notes.join()).toContain(event.event_id.slice(0, 12));
    expect(discardedEvents).toStrictEqual([]);
  });

  it('does not ask if nothing matches', async () => {
    const { error, notes, outcome } = await dlqOn([], []).run('discard', 'no-such-id', '--reason', 'a test');
    expect(error).toBeUndefined();
    expect(notes).toStrictEqual([
      'There is no such dead letter: no-such-id',
      expect.stringMatching(/leadline dlq list .*column EVENT.*--lead ID/) as string,
      expect.stringContaining('leadline dlq missing --lead ID') as string,
    ]);
    expect(outcome).toMatchObject({ nothingMatched: true });
  });
});

import type { EventState } from '../../../../shared/stored/event-state';
import type { QueueMessage } from '../../../../shared/stored/queue-message';
import { replayCommand } from '../../../../cli/commands/replay';
import { arbitraryEvent } from '../../../support/arbitrary-event';
import { running } from './session-double';

const states = ['RECEIVED', 'CLAIMED', 'NOTIFIED', 'NOTIFIED', 'FAILED', 'DISCARDED'] as const;

/** A stack with an event in each state, and what a replay sends. */
const replaying = (found: readonly EventState[] = states) => {
  const events = found.map((state) => arbitraryEvent({ state }));
  const sent: QueueMessage[] = [];
  const run = running(
    {
      scanPages: async function* ({ state: wanted }) {
        for (const event of events) {
          const isWanted = wanted === undefined || event.state === wanted;
          yield await Promise.resolve({ events: isWanted ? [event] : [], unreadable: [] });
        }
      },
      reopen: () => Promise.resolve(undefined),
      askForRefresh: () => Promise.resolve(true),
      sendMessage: (message) => Promise.resolve(void sent.push(message)),
    },
    replayCommand,
  );
  const stateOf = ({ event_id }: QueueMessage) => events.find((event) => event.event_id === event_id)?.state;
  return {
    events,
    sentStates: () => sent.map(stateOf),
    run: (...more: readonly string[]) =>
      run('--source', 'ingest', '--since', '2026-01-01', '--until', '2026-02-01', ...more),
  };
};

describe('leadline replay', () => {
  it.each(['--mail', '--no-mail'])('leaves out discarded events, with %s, and notes it', async (mail) => {
    const { run, sentStates } = replaying();
    const { notes } = await run(mail, '--yes');
    expect(sentStates()).not.toContain('DISCARDED');
    expect(notes.join('\n')).toContain('1 DISCARDED');
  });

  it('includes discarded events if the operator names their state', async () => {
    const { run, sentStates } = replaying();
    await run('--mail', '--yes', '--state', 'DISCARDED');
    expect(sentStates()).toStrictEqual(['DISCARDED']);
  });

  it('notes what it will replay, by state, and does nothing without a terminal', async () => {
    const { run, sentStates } = replaying();
    const { notes, error } = await run('--mail');
    expect(notes.join('\n')).toContain('2 NOTIFIED');
    expect(notes.join('\n')).toContain('1 FAILED');
    expect(error).toMatchObject({ kind: 'nobody-to-ask', message: expect.stringContaining('--yes') as string });
    expect(sentStates()).toStrictEqual([]);
  });

  it('asks nothing for a dry run, which counts by state, nor if there is nothing to replay', async () => {
    const { run, sentStates } = replaying();
    const { printed, error } = await run('--mail', '--dry-run');
    expect(error).toBeUndefined();
    expect(printed).toMatchObject([
      { found: 5, would_replay: 3, skipped: 2, by_state: { NOTIFIED: 2, FAILED: 1 }, left_out: { DISCARDED: 1 } },
    ]);
    expect(sentStates()).toStrictEqual([]);
    expect((await replaying(['DISCARDED', 'RECEIVED']).run('--mail')).error).toBeUndefined();
  });

  it('sends no mail for an event that was finished after the operator saw the counts', async () => {
    const { run, sentStates, events } = replaying(['NOTIFIED', 'NOTIFIED']);
    Object.assign(events[1]!, { notified_at: '2999-01-01T00:00:00.000Z' });
    const { printed } = await run('--mail', '--yes');
    expect(printed).toMatchObject([{ found: 2, replayed: 1, skipped: 1 }]);
    expect(sentStates()).toStrictEqual(['NOTIFIED']);
  });

  it('refuses an unknown state, and names the states', async () => {
    const { error } = await replaying().run('--mail', '--yes', '--state', 'notified');
    expect(error).toMatchObject({ message: expect.stringContaining('RECEIVED, CLAIMED, NOTIFIED') as string });
  });
});

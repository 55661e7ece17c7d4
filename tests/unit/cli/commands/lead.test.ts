import { leadCommand } from '../../../../cli/commands/lead';
import { arbitraryEvent } from '../../../support/arbitrary-event';
import { running } from './session-double';

describe('leadline lead', () => {
  it('shows the warnings of an event under its receipt', async () => {
    const warnings = [{ path: 'occurred_at', message: 'was left out: must be a date' }];
    const event = arbitraryEvent({ state: 'NOTIFIED', received_at: '2026-05-01T00:00:00.000Z', warnings });
    const history = { events: [event], unreadable: [], leads: [], next: undefined };
    const run = running({ history: () => Promise.resolve(history) }, leadCommand);
    const { lines } = await run('L-7');
    expect(lines.slice(1, 3)).toStrictEqual([
      '  2026-05-01T00:00:00.000Z  received',
      '    warning: occurred_at was left out: must be a date',
    ]);
  });
});

import { dlqCommand } from '../../../../../cli/commands/dlq';
import { running } from '../session-double';

const run = running({}, dlqCommand);

describe('leadline dlq', () => {
  it.each([
    ['list', 'nonsense'],
    ['list', 'OWNER-MISSING'],
    ['redrive', 'nonsense'],
  ])('refuses %s --reason %s, and names the reasons', async (command, reason) => {
    const { error } = await run(command, '--reason', reason);
    expect(error).toMatchObject({
      code: 'commander.invalidArgument',
      message: expect.stringMatching(/owner-missing.*mail-refused.*refresh-failed/) as string,
    });
  });

  it.each([
    ['show', ['1234567']],
    ['redrive', ['12345678', '1234567']],
    ['discard', ['1234567', '--reason', 'a test']],
  ])('refuses %s with an id of fewer than 8 characters', async (command, args) => {
    expect((await run(command, ...args)).error).toMatchObject({
      message: expect.stringContaining('Give at least 8 characters') as string,
    });
  });
});

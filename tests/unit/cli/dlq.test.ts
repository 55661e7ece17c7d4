import { dlqCommand } from '../../../cli/dlq';
import { running } from './session-double';

const run = running({}, dlqCommand);

describe('an option of leadline dlq that knows only certain values', () => {
  it.each([
    ['list', 'nonsense'],
    ['list', 'OWNER-MISSING'],
    ['redrive', 'nonsense'],
  ])('refuses %s --reason %s, and says which there are', async (command, reason) => {
    const { error } = await run(command, '--reason', reason);
    expect(error).toMatchObject({
      code: 'commander.invalidArgument',
      message: expect.stringMatching(/owner-missing.*mail-refused.*refresh-failed/) as string,
    });
  });
});

import { consoleCommand } from '../../../../cli/commands/console';
import { running } from './session-double';

jest.mock('../../../../console/built-page', () => ({
  builtPage: () => Promise.resolve({ folder: '/nowhere', remove: () => Promise.resolve() }),
}));
jest.mock('../../../../console/server/start', () => ({
  startConsole: () => Promise.resolve({ address: () => 'http://127.0.0.1:1/', end: () => Promise.resolve() }),
}));

const terminal = Object.getOwnPropertyDescriptor(process.stdin, 'isTTY');
afterEach(() => Object.defineProperty(process.stdin, 'isTTY', terminal ?? { configurable: true, value: undefined }));

/** Runs the command until it has printed its note. */
const notesOf = async (isTerminal: boolean, isJson: boolean): Promise<readonly string[]> => {
  Object.defineProperty(process.stdin, 'isTTY', { configurable: true, value: isTerminal });
  const run = running({}, (session) =>
    consoleCommand({
      ...session,
      console: () => Promise.resolve({} as never),
      isJson: () => isJson,
      note: (line) => {
        session.note(line);
        setImmediate(session.interrupt);
      },
    }),
  );
  const { notes, error } = await run();
  expect(error).toBeUndefined();
  return notes;
};

it.each([
  ['at a terminal', true, false, 'Enter makes a new one.'],
  ['without a terminal', false, false, 'To get a new one, restart the command.'],
  ['for a program', false, true, 'Each line on standard input makes a new one.'],
])('leadline console says how to get another address %s', async (_where, isTerminal, isJson, how) => {
  expect(await notesOf(isTerminal, isJson)).toStrictEqual([`The address works once. ${how} Ctrl-C ends the console.`]);
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { bundle, type FunctionName } from '../../tests/support/bundle';
import { environmentOf } from '../../tests/support/fake-aws';

/** What one invocation returned, and the lines that it wrote to its log. */
export type Invocation = Readonly<{ result: unknown; lines: readonly string[] }>;

/** A deployed function in a process of its own, as in Lambda. */
export type FunctionProcess = Readonly<{ invoke: (event: object) => Promise<Invocation>; end: () => void }>;

/** Loads a bundle, and calls its handler with each event that comes as a line. All output is on one stream. */
const driver = `
  process.stderr.write = process.stdout.write.bind(process.stdout);
  const { handler } = require(process.argv[1]);
  require('node:readline').createInterface({ input: process.stdin }).on('line', async (line) => {
    const { event, context } = JSON.parse(line);
    let result;
    try {
      result = await handler(event, { ...context, getRemainingTimeInMillis: () => 25000 });
    } catch (error) {
      result = { thrown: String(error) };
    }
    process.stdout.write('ended ' + JSON.stringify(result ?? null) + '\\n');
  });
`;

/** The context of an invocation in Lambda. Its texts are as long as real ones, because log lines repeat them. */
const contextOf = (name: FunctionName) => ({
  awsRequestId: '6f7f0961-f834-4211-8a7a-f6fe80b88d56',
  functionName: `leadline-${name}`,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:leadline-${name}`,
  memoryLimitInMB: '512',
  callbackWaitsForEmptyEventLoop: true,
  logGroupName: `/aws/lambda/leadline-${name}`,
  logStreamName: '2026/11/26/[$LATEST]3f1a0c8e5b7d4f6a9c2e1d0b8a7f6e5d',
});

const traceHeader = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0';

const startedIn = (child: ChildProcess, name: FunctionName): FunctionProcess => {
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error(`${name} has no pipes`);
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const invoke = async (event: object): Promise<Invocation> => {
    stdin.write(`${JSON.stringify({ event, context: contextOf(name) })}\n`);
    const written: string[] = [];
    for (;;) {
      const next = await lines.next();
      if (next.done === true) throw new Error(`${name} ended:\n${written.join('\n')}`);
      if (next.value.startsWith('ended ')) return { result: JSON.parse(next.value.slice(6)), lines: written };
      written.push(next.value);
    }
  };
  return { invoke, end: () => stdin.end() };
};

/**
 * Bundles a function as SAM does, and starts it.
 *
 * @param folder an empty folder for the bundle
 * @param endpoint the server in place of AWS
 */
export const startFunction = async (name: FunctionName, folder: string, endpoint: string): Promise<FunctionProcess> => {
  const { file } = bundle(name, folder);
  const child = spawn(process.execPath, ['-e', driver, file], {
    env: { ...environmentOf(name, endpoint), _X_AMZN_TRACE_ID: traceHeader, HOME: folder },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child, 'spawn');
  return startedIn(child, name);
};

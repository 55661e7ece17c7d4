// Loads a function in a new process, calls it once, and prints what that took. Arguments: the bundle, and a file with
// the event.
import { readFileSync, writeSync } from 'node:fs';
import { context } from './context';

type Handler = (event: unknown, context: object) => Promise<{ statusCode?: number }>;

const [file = '', eventFile = ''] = process.argv.slice(2);
const event: unknown = JSON.parse(readFileSync(eventFile, 'utf8'));

const run = async (): Promise<void> => {
  const cpu = process.cpuUsage();
  const started = performance.now();
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the bundle is loaded as Lambda does it
  const { handler } = require(file) as Readonly<{ handler: Handler }>;
  const { statusCode } = await handler(event, context());
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  writeSync(1, `\nmeasured ${JSON.stringify({ statusCode, wall, cpu: (user + system) / 1000 })}\n`);
  process.exit();
};

void run();

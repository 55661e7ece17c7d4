import { argumentsOf, UsageError } from '../arguments';
import type { Settings } from './settings';

/** The text of `--help`, with the names that `--set` takes and their defaults. */
export const usageOf = (defaults: Settings): string => `npm run scale -- [--rate R] [--set NAME=VALUE]... [--json]
npm run scale -- --write

Says how much of each limit of AWS and of the template a rate of leads uses, and which limit is met first.

  --rate R          leads a second. Without it, the table is about rates from 1 to 5,000
  --set NAME=VALUE  another parameter, quota or assumption. Repeat it for each
  --json            prints JSON, for programs
  --write           writes docs/scale.md
  --help            this text

Names and their values:
${Object.entries(defaults)
  .map(([name, value]) => `  ${name}=${value}`)
  .join('\n')}

Exit code: 0 success, 1 failed, 2 wrong arguments.`;

export type Options = Readonly<{ rate: number | undefined; settings: Settings; json: boolean; write: boolean }>;

const numberFrom = (name: string, text: string): number => {
  const value = Number(text);
  // Nothing has a limit of zero, but a lead may wait for no batch.
  const least = name === 'EnrichmentBatchSeconds' ? 0 : Number.MIN_VALUE;
  if (!/^\d+(\.\d+)?$/.test(text) || value < least || value > 1_000_000)
    throw new UsageError(`${name} takes a number above 0, and up to 1000000, not "${text}".`);
  return value;
};

const changed = (settings: Settings, change: string): Settings => {
  const [, name = '', text = ''] = /^(\w+)=(.*)$/.exec(change) ?? [];
  if (!Object.hasOwn(settings, name))
    throw new UsageError(`--set takes NAME=VALUE, not "${change}". The names are ${Object.keys(settings).join(', ')}.`);
  return { ...settings, [name]: numberFrom(name, text) };
};

/** @throws a `UsageError` */
export const readOptions = (args: readonly string[], defaults: Settings): Options | 'help' => {
  const {
    rate,
    set = [],
    json = false,
    write = false,
    help = false,
  } = argumentsOf(args, {
    rate: { type: 'string' },
    set: { type: 'string', multiple: true },
    json: { type: 'boolean' },
    write: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  if (help) return 'help';
  if (write && (json || rate !== undefined || set.length > 0))
    throw new UsageError('--write takes no other option, because the page shows the defaults.');
  return {
    rate: rate === undefined ? undefined : numberFrom('--rate', rate),
    settings: set.reduce(changed, defaults),
    json,
    write,
  };
};

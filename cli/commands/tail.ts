import type { Command } from 'commander';
import * as t from 'io-ts';
import type { LeadId } from '../../shared/lead/lead-id';
import type { Clock } from '../../shared/operations/overview/overview-ports';
import { systemClock } from '../../shared/operations/overview/system-clock';
import { StoreError } from '../../shared/operations/store-error';
import { loggingFunctions, type LogLevel, type LogLine } from '../../shared/operations/tail/log-line';
import { tailLog } from '../../shared/operations/tail/tail-log';
import type { MatchedSecret } from '../../shared/sources/authenticate';
import { commandWith, type Manual } from '../manual/manual';
import type { Session } from '../session';
import { stoppedCloudAdvice } from '../stack/stopped-cloud';
import { exitCodes } from '../terminal/exit-codes';
import { logLineText } from '../terminal/log-line-text';
import { leadIdText, level, sourceIdText } from '../terminal/options';
import { since, sinceProblem } from '../terminal/since';

const manual: Manual = {
  details: [
    'The lines of all functions are printed in the order of their times, each once. A new line is printed about two ' +
      'seconds after it was written, because an older line of another function may still be on its way. A local cloud ' +
      'has the lines of an invocation only when it has ended.',
    'The field key_matched says which secret of its source a request had: the first or second one, or the previous one ' +
      'of a rotation. In the log, its name is secret.',
  ],
  examples: [
    ['What happens now', 'leadline tail'],
    ['All lines about a lead', 'leadline tail --lead test-2 --since 1d --no-follow'],
    ['Warnings and errors, one JSON object a line', 'leadline tail --level warn --json'],
  ],
  exitCodes: { 3: 'no line matched, with --no-follow and a filter' },
  seeAlso: ['status', 'lead', 'docs/operations.md'],
};

type TailOptions = Readonly<{
  lead?: LeadId;
  source?: string;
  level?: LogLevel;
  since?: (now: number) => number;
  follow: boolean;
}>;

/** `leadline tail` */
export const tailCommand = (session: Session, clock: Clock = systemClock): Command =>
  commandWith('tail', manual)
    .description('Prints the log lines of all functions as they are written')
    .option('--lead <id>', 'only lines about this lead', leadIdText)
    .option('--source <id>', 'only lines about this source', sourceIdText)
    .option('--level <level>', 'only lines of this level and above: debug, info, warn, error', level)
    .option('--since <time>', 'from when on: 30s, 10m, 2h, 1d, or a time; 10m if it is not given', since)
    .option('--follow', 'wait for new lines, until Ctrl-C; this is what it does if nothing is given', true)
    .option('--no-follow', 'end after the lines that exist')
    .action(async (options: TailOptions, command: Command) => {
      const now = clock.now().getTime();
      const from = options.since?.(now) ?? now - 600_000;
      const problem = sinceProblem(from, now);
      if (problem !== undefined) command.error(`error: ${problem}`, { exitCode: exitCodes.usage });
      const readLog = await session.logs();
      const filter = {
        ...(options.lead === undefined ? {} : { leadId: options.lead }),
        ...(options.source === undefined ? {} : { source: options.source }),
        ...(options.level === undefined ? {} : { level: options.level }),
      };
      const request = {
        functions: loggingFunctions,
        filter,
        since: from,
        isFollowed: options.follow,
      };
      let printed = 0;
      const ports = { readLog, clock, onFailure: noting(session) };
      for await (const lines of tailLog(ports, request, session.interruption))
        for (const line of lines) {
          printed += 1;
          const shown = { ...line, fields: withNamedSecret(line.fields) };
          session.emit({ function: shown.functionName, ...shown.fields }, [logLineText(shown)]);
        }
      const isFiltered = Object.keys(filter).length > 0;
      session.finish({ nothingMatched: printed === 0 && isFiltered && !options.follow });
    });

const matchedSecret = t.keyof({ first: null, second: null, previous: null } satisfies Record<MatchedSecret, null>);

/** The output masks a field whose name contains "secret". This one says only which secret of a source matched. */
const withNamedSecret = (fields: LogLine['fields']): LogLine['fields'] => {
  const { secret, ...rest } = fields;
  return matchedSecret.is(secret) ? { ...rest, key_matched: secret } : fields;
};

/** A failure of the cloud is noted once, until another one. A failure that stays, such as a missing permission, ends it. */
const noting = (session: Session): ((error: unknown) => void) => {
  let last = '';
  return (error) => {
    const isPassing =
      error instanceof StoreError &&
      error.failure.kind === 'unavailable' &&
      /^(E[A-Z]|Timeout|Abort|Throttl|TooMany|Service|Internal|Limit|Networking|Aggregate)/.test(error.failure.cause);
    if (!isPassing) throw error;
    const { message } = error;
    const stopped = stoppedCloudAdvice(message, process.env);
    const text = stopped === undefined ? message.replace(/ No data.*/, '') : `No new lines: ${stopped}`;
    if (message !== last) session.note(`${text} Trying again.`);
    last = message;
  };
};

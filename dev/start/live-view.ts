import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { setTimeout as wait } from 'node:timers/promises';
import { replaceUnprintable } from '../../shared/codecs/visible-text';
import type { LocalCloud } from './environment';

/** What the functions log of a lead (see their `observe.ts`). */
const logLine = t.intersection([
  t.type({ message: t.string, timestamp: t.string }),
  t.partial({
    lead_id: t.string,
    kind: t.string,
    due_at: t.string,
    reason: t.string,
    receive_count: t.number,
    source: t.string,
  }),
]);

type LogLine = t.TypeOf<typeof logLine>;

/** What each log message means to somebody who watches. */
const meanings: Readonly<Record<string, (line: LogLine) => string>> = {
  'lead accepted': ({ due_at = '', timestamp, source = '' }) =>
    `accepted from ${source}, due in ${Math.max(0, Math.round((Date.parse(due_at) - Date.parse(timestamp)) / 1000))} s`,
  'lead deduplicated': () => 'sent again, counted once',
  'lead notified': () => 'enriched and mailed',
  'lead refreshed': () => 'enriched again, without a mail',
  'message ignored': ({ kind = '' }) => `duplicate message ignored: ${kind}`,
  'attempt failed': ({ reason = '', receive_count = 0 }) => `not yet: ${reason} (try ${receive_count}), comes again`,
  'lead failed': ({ reason = '' }) => `failed: ${reason}; its message goes to the dead-letter queue`,
  'request failed': ({ kind = '' }) => `a lead could not be taken (${kind}); its sender was asked to try again`,
  'request refused': ({ kind = '' }) => `a request was refused: ${kind}`,
  'lead requeued': () => 'was stuck, queued again',
};

export type View = LocalCloud &
  Readonly<{
    stackName: string;
    signal: AbortSignal;
    say: (line: string) => void;
  }>;

/** Shows what happens to each lead as it happens, from the functions' logs, until the signal comes. */
export const showLeads = async ({ endpoint, region, credentials, stackName, signal, say }: View): Promise<void> => {
  const client = new CloudWatchLogsClient({ endpoint, region, credentials });
  const groups = ['IngestionFunction', 'EnrichmentFunction', 'ReconcileFunction'].map(
    (name) => `/aws/lambda/${stackName}-${name}`,
  );
  const seen = new Set<string>();
  while (!signal.aborted) {
    const lines = await Promise.all(groups.map((group) => newLines(client, group, seen)));
    for (const line of lines.flat().sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1))) {
      const meaning = meanings[line.message];
      if (meaning !== undefined)
        // A source's id may hold what a terminal would act on.
        say(
          replaceUnprintable(
            `${line.timestamp.slice(11, 19)}  ${(line.lead_id ?? '–').padEnd(16)} ${meaning(line)}`,
            () => '\u{fffd}',
          ),
        );
    }
    await wait(500, undefined, { signal }).catch(() => undefined);
  }
};

const newLines = async (
  client: CloudWatchLogsClient,
  group: string,
  seen: Set<string>,
): Promise<readonly LogLine[]> => {
  const lines: LogLine[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client
      .send(new FilterLogEventsCommand({ logGroupName: group, nextToken, startTime: Date.now() - 60_000 }))
      .catch(
        // The group comes into being with the function's first line.
        () => undefined,
      );
    for (const { message = '' } of page?.events ?? []) {
      const line = message.startsWith('{') && !seen.has(message) ? parse(message) : undefined;
      // MiniStack gives events no id; a line of ours tells its time and its request or message.
      seen.add(message);
      if (line !== undefined) lines.push(line);
    }
    nextToken = page?.nextToken;
  } while (nextToken !== undefined);
  return lines;
};

const parse = (message: string): LogLine | undefined => {
  const decoded = E.tryCatch(
    (): unknown => JSON.parse(message),
    () => undefined,
  );
  const line = E.isRight(decoded) ? logLine.decode(decoded.right) : undefined;
  return line !== undefined && E.isRight(line) ? line.right : undefined;
};

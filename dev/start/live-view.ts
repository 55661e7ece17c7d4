import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { setTimeout as wait } from 'node:timers/promises';
import { replaceUnprintable } from '../../shared/codecs/visible-text';
import type { LocalCloud } from './environment';

/** The fields of the functions' log lines about a lead (see their `observe.ts`). */
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

/** How the view describes each log message. */
const meanings: Readonly<Record<string, (line: LogLine) => string>> = {
  'lead accepted': ({ due_at = '', timestamp, source = '' }) =>
    `accepted from ${source}, due in ${Math.max(0, Math.round((Date.parse(due_at) - Date.parse(timestamp)) / 1000))} s`,
  'lead deduplicated': () => 'retried by its sender, deduplicated',
  'lead notified': () => 'enriched and mailed',
  'lead refreshed': () => 'enriched again, without a mail',
  'message ignored': ({ kind = '' }) => `duplicate message ignored: ${kind}`,
  'attempt failed': ({ reason = '', receive_count = 0 }) =>
    `not enriched: ${reason} (attempt ${receive_count}), will be retried`,
  'message resent': () => 'another worker holds the event, message sent again',
  'lead failed': ({ reason = '' }) => `failed: ${reason}; its message goes to the dead-letter queue`,
  'request failed': ({ kind = '' }) => `not accepted: ${kind}; its sender was asked to retry`,
  'request refused': ({ kind = '' }) => `a request was refused: ${kind}`,
  'lead requeued': () => 'was stuck, queued again',
};

type View = LocalCloud &
  Readonly<{
    stackName: string;
    signal: AbortSignal;
    say: (line: string) => void;
  }>;

/** Prints what happens to each lead, from the logs of the functions, until the signal aborts. */
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
        // The id of a source may contain control characters of a terminal.
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
        // The log group does not exist before the first line of its function.
        () => undefined,
      );
    for (const { message = '' } of page?.events ?? []) {
      const line = message.startsWith('{') && !seen.has(message) ? parse(message) : undefined;
      // Log events of MiniStack have no id. Lines of the functions differ by their time and their request or message.
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

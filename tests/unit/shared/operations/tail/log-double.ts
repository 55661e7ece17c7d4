import { StoreError } from '../../../../../shared/operations/store-error';
import type { LogEvent, LoggingFunction } from '../../../../../shared/operations/tail/log-line';
import type { ReadLog } from '../../../../../shared/operations/tail/tail-log';
import { unavailable } from '../../../../../shared/ports/store-failure';

/** Logs that a test writes. A line arrives when the test says, which may be later than its time. */
export const logDouble = (pageSize = 100) => {
  const groups = new Map<LoggingFunction, LogEvent[]>();
  const reads: (readonly [LoggingFunction, number, number | undefined])[] = [];
  let failure: string | undefined;
  let written = 0;

  async function* read(name: LoggingFunction, from: number, to = Infinity): AsyncGenerator<readonly LogEvent[]> {
    reads.push([name, from, to]);
    await Promise.resolve();
    if (failure !== undefined) throw new StoreError(unavailable('log')(Object.assign(new Error(), { name: failure })));
    const found = (groups.get(name) ?? []).filter(({ at }) => at >= from && at <= to).sort((a, b) => a.at - b.at);
    for (let start = 0; start < found.length; start += pageSize) yield found.slice(start, start + pageSize);
  }

  return {
    readLog: read as ReadLog,
    reads,
    fail: (name: string | undefined) => (failure = name),
    writeText: (name: LoggingFunction, at: number, text: string) => {
      written += 1;
      groups.set(name, [...(groups.get(name) ?? []), { id: String(written), at, text }]);
    },
    /** @param at when the log has the line; its own time, if there is no other */
    write(
      name: LoggingFunction,
      time: string,
      message: string,
      fields: Readonly<Record<string, unknown>> = {},
      at = Date.parse(time),
    ) {
      this.writeText(name, at, JSON.stringify({ level: 'INFO', message, timestamp: time, ...fields }));
    },
  };
};

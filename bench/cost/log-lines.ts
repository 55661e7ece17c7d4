/**
 * The lines that Lambda itself logs about an invocation at the system log level INFO (AWS Lambda Developer Guide, "Log
 * level filtering": platform.start and platform.report), with values as long as real ones.
 */
const platformLines = [
  {
    time: '2026-11-26T12:00:00.046Z',
    type: 'platform.start',
    record: { requestId: '6f7f0961-f834-4211-8a7a-f6fe80b88d56', version: '$LATEST' },
  },
  {
    time: '2026-11-26T12:00:00.151Z',
    type: 'platform.report',
    record: {
      requestId: '6f7f0961-f834-4211-8a7a-f6fe80b88d56',
      metrics: { durationMs: 104.123, billedDurationMs: 105, memorySizeMB: 512, maxMemoryUsedMB: 119 },
      tracing: {
        spanId: '7a7f6fe80b88d56a',
        type: 'X-Amzn-Trace-Id',
        value: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0',
      },
      status: 'success',
    },
  },
];

/** Bytes that Lambda logs for each invocation. */
export const platformBytes = platformLines.reduce((sum, line) => sum + JSON.stringify(line).length, 0);

/** A value of each variable of an access log, as long as a usual one. */
const accessValues: Readonly<Record<string, string>> = {
  '$context.requestId': 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
  '$context.requestTimeEpoch': '1795521600000',
  '$context.httpMethod': 'POST',
  '$context.resourcePath': '/webhook/{source}',
  '$context.status': '202',
  '$context.error.responseType': '-',
  '$context.responseLength': '240',
  '$context.responseLatency': '61',
  '$context.integrationLatency': '58',
  '$context.xrayTraceId': '1-5759e988-bd862e3fe1be46a994272793',
};

/**
 * Bytes of a line of the access log of the API.
 *
 * @param format the format in the template
 * @throws an Error if the format has a variable that is not known here
 */
export const accessLogBytes = (format: string): number =>
  format.replace(/\$context(\.\w+)+/g, (name) => {
    const value = accessValues[name];
    if (value === undefined) throw new Error(`bench/cost/log-lines.ts has no value for ${name}.`);
    return value;
  }).length;

import type { countMetric, measureTime, withMetrics } from '../../../../shared/lambda/metrics';
import { linesOf, setEnvironmentOf } from '../../../support/fake-aws';
import { failureReason } from '../../../../shared/lead/failure-reason';
import { metricNames, mostCustomMetrics, mostMetricSources, reasons, splitsOf } from '../../../../shared/lambda/names';

type Metrics = Readonly<{
  countMetric: typeof countMetric;
  measureTime: typeof measureTime;
  withMetrics: typeof withMetrics;
}>;
type Line = Readonly<Record<string, unknown>>;

/** The metrics module as it is loaded by a container of IngestionFunction. */
const loaded = async (listed = ''): Promise<Metrics> => {
  jest.resetModules();
  setEnvironmentOf('IngestionFunction', 'http://127.0.0.1:1');
  process.env.METRIC_SOURCES = listed;
  return import('../../../../shared/lambda/metrics');
};

type Directive = Readonly<{
  Dimensions: readonly (readonly string[])[];
  Metrics: readonly Readonly<{ Name: string }>[];
}>;

/** What CloudWatch reads from the lines: each metric with each set of dimensions, such as `A service=x source=y: 1`. */
const readFrom = (lines: readonly Line[]): readonly string[] =>
  lines
    .flatMap((line) => {
      const { CloudWatchMetrics = [] } = (line._aws ?? {}) as { CloudWatchMetrics?: readonly Directive[] };
      return CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) =>
        Metrics.flatMap(({ Name }) =>
          Dimensions.map((names) => {
            const values = names.map((name) => `${name}=${String(line[name])}`).join(' ');
            return `${Name} ${values}: ${String(line[Name])}`;
          }),
        ),
      );
    })
    .filter((one) => !one.startsWith('ColdStart'));

const published = async (module: Metrics, work: () => void): Promise<readonly string[]> =>
  readFrom(
    await linesOf(() =>
      module.withMetrics(() => {
        work();
        return Promise.resolve();
      })({}, {} as never),
    ),
  );

describe('metrics are counted', () => {
  it('by service only, if MetricSources lists no source', async () => {
    const module = await loaded();
    const work = () => {
      module.countMetric('LeadAccepted', 1, { source: 'crm' });
    };
    expect(await published(module, work)).toStrictEqual(['LeadAccepted service=ingestion: 1']);
  });

  it('by service, and again for each source that MetricSources lists, and for all others together', async () => {
    const module = await loaded('crm,form');
    const sources = ['crm', 'form', 'unlisted', 'of an attacker'];
    const read = await published(module, () => {
      for (const source of sources) module.countMetric('LeadAccepted', 1, { source });
    });
    expect(read).toStrictEqual([
      'LeadAccepted service=ingestion: 1',
      'LeadAccepted service=ingestion source=crm: 1',
      'LeadAccepted service=ingestion: 1',
      'LeadAccepted service=ingestion source=form: 1',
      'LeadAccepted service=ingestion: 2',
      'LeadAccepted service=ingestion source=other: 2',
    ]);
  });

  it('by reason, without a set of dimensions for each pair of reason and source', async () => {
    const module = await loaded('crm');
    const read = await published(module, () => {
      module.countMetric('FirstSecretMatched', 1, { source: 'crm' });
      module.countMetric('LeadRejected', 1, { source: 'crm', reason: 'not-a-lead' });
    });
    expect(read).toStrictEqual([
      'FirstSecretMatched service=ingestion: 1',
      'FirstSecretMatched service=ingestion source=crm: 1',
      'LeadRejected service=ingestion: 1',
      'LeadRejected service=ingestion source=crm: 1',
      'LeadRejected service=ingestion reason=not-a-lead: 1',
    ]);
  });

  it('and times are distributions, with every value, in lines of at most 100 values', async () => {
    const module = await loaded();
    const times = Array.from({ length: 250 }, (_, index) => index);
    const lines = await linesOf(() =>
      module.withMetrics(() => {
        for (const time of times) module.measureTime('ReceivedToQueued', time);
        return Promise.resolve();
      })({}, {} as never),
    );
    const values = lines.map(({ ReceivedToQueued = [] }) => [ReceivedToQueued].flat());
    expect(values.flat()).toStrictEqual(times);
    expect(Math.max(...values.map(({ length }) => length))).toBeLessThanOrEqual(100);
  });

  it('and a time of a clock that went back is 0', async () => {
    const module = await loaded();
    const work = () => {
      module.measureTime('ReceivedToQueued', -5);
    };
    expect(await published(module, work)).toStrictEqual(['ReceivedToQueued service=ingestion: 0']);
  });
});

it('counts the first invocation of a container as a cold start, and no other', async () => {
  const { withMetrics } = await loaded();
  const handler = withMetrics(() => Promise.resolve());
  const starts = (lines: readonly Line[]) => lines.filter(({ ColdStart }) => ColdStart === 1).length;
  expect(starts(await linesOf(() => handler({}, {} as never)))).toBe(1);
  expect(starts(await linesOf(() => handler({}, {} as never)))).toBe(0);
});

describe('what was counted is published', () => {
  it('if the handler throws', async () => {
    const { countMetric, withMetrics } = await loaded();
    const handler = withMetrics(() => {
      countMetric('LeadAccepted');
      return Promise.reject(new Error('thrown'));
    });
    const lines = await linesOf(() => expect(handler({}, {} as never)).rejects.toThrow('thrown'));
    expect(readFrom(lines)).toStrictEqual(['LeadAccepted service=ingestion: 1']);
  });

  it('without a time that is no number, because CloudWatch would drop the line', async () => {
    const { countMetric, measureTime, ...module } = await loaded();
    const counted = await published({ countMetric, measureTime, ...module }, () => {
      countMetric('LeadNotified');
      measureTime('DueToMailed', Date.parse('not a time'));
    });
    expect(counted).toStrictEqual(['LeadNotified service=ingestion: 1']);
  });

  it('half a second before Lambda ends an invocation, once', async () => {
    const { countMetric, withMetrics } = await loaded();
    jest.useFakeTimers();
    try {
      let finish = (): void => undefined;
      const handler = withMetrics(() => {
        countMetric('LeadAccepted');
        return new Promise<void>((resolve) => {
          finish = resolve;
        });
      });
      const lines = await linesOf(async () => {
        const running = handler({}, { getRemainingTimeInMillis: () => 29_000 } as never);
        jest.advanceTimersByTime(28_499);
        expect(jest.mocked(console.log).mock.calls).toHaveLength(0);
        jest.advanceTimersByTime(1);
        expect(jest.mocked(console.log).mock.calls).toHaveLength(1);
        finish();
        await running;
      });
      expect(readFrom(lines)).toStrictEqual(['LeadAccepted service=ingestion: 1']);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('the dimension `reason`', () => {
  it('has a value for every reason of a failed attempt', () => {
    // `leadline rebuild` gives the other reason, and counts nothing.
    const ofAttempts = Object.keys(failureReason.keys).filter((reason) => reason !== 'record-lost');
    expect(reasons.failed).toEqual(expect.arrayContaining(ofAttempts));
  });
});

test('the arithmetic of the most custom metrics: names by service, sources and reasons', () => {
  const bySource = metricNames.filter((name) => splitsOf(name).includes('source'));
  expect(bySource).toHaveLength(12);
  const without = mostCustomMetrics(0);
  // docs/decisions/0041: 25 names by service; 13 reasons of refusals, of retries, and of failures in two functions.
  expect(without).toBe(25 + 4 * 13);
  // LeadFailed is of two functions. Each listed source adds its metrics, and the first one also those of `other`.
  expect(mostCustomMetrics(1) - without).toBe(13 * 2);
  expect(mostCustomMetrics(mostMetricSources) - without).toBe(13 * 11);
});

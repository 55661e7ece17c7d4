import { QueryClient } from '@tanstack/react-query';
import { about } from '../../../../console/api/about';
import { tasks } from '../../../../console/api/task';
import { type Connection, followServer, type Source } from '../../../../console/page/app/live';

type Listener = (event: { data: string }) => void;

/** An `EventSource` whose server is the test. */
const sourceDouble = () => {
  const listeners = new Map<string, Listener>();
  const double = {
    readyState: 0,
    isClosed: false,
    addEventListener: (name: string, listener: Listener) => void listeners.set(name, listener),
    close: () => {
      double.isClosed = true;
    },
    says: (name: string, data = '') => listeners.get(name)?.({ data }),
  };
  return double;
};

const following = () => {
  const sources: ReturnType<typeof sourceDouble>[] = [];
  const states: boolean[] = [];
  const queries = new QueryClient();
  const end = followServer(
    queries,
    ({ isOpen }: Connection) => states.push(isOpen),
    () => {
      const made = sourceDouble();
      sources.push(made);
      return made as unknown as Source;
    },
  );
  return { sources, states, queries, end, latest: () => sources.at(-1)! };
};

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('the page that follows its server', () => {
  it('connects again if it hears nothing for 40 s, and says since when it is not live', () => {
    const { sources, states, latest } = following();
    latest().says('open');
    jest.advanceTimersByTime(39_000);
    expect([sources.length, states]).toStrictEqual([1, [true]]);
    jest.advanceTimersByTime(2_000);
    expect([sources.length, sources[0]!.isClosed, states]).toStrictEqual([2, true, [true, false]]);
    latest().says('open');
    expect(states).toStrictEqual([true, false, true]);
  });

  it('stays live as long as a line comes, also one that says only that the server is alive', () => {
    const { sources, states, latest } = following();
    latest().says('open');
    for (let line = 0; line < 20; line += 1) {
      jest.advanceTimersByTime(15_000);
      latest().says('alive');
    }
    expect([sources.length, states]).toStrictEqual([1, [true]]);
  });

  it('has its views ask once for the reason of a refusal, and tries again until it is let in', () => {
    const { sources, states, queries, latest } = following();
    queries.setQueryData([about.path, {}], 'known');
    const isAsked = () => queries.getQueryState([about.path, {}])?.isInvalidated;
    latest().readyState = 2;
    latest().says('error');
    expect([states, isAsked()]).toStrictEqual([[false], true]);
    queries.setQueryData([about.path, {}], 'refused');
    jest.advanceTimersByTime(4_999);
    expect(sources).toHaveLength(1);
    jest.advanceTimersByTime(1);
    latest().readyState = 2;
    latest().says('error');
    expect([sources.length, isAsked()]).toStrictEqual([2, false]);
    jest.advanceTimersByTime(5_000);
    latest().says('open');
    expect([sources.length, states.at(-1)]).toStrictEqual([3, true]);
  });

  it('leaves it to the browser to connect again after a lost connection, and ends', () => {
    const { sources, states, latest, end } = following();
    latest().says('open');
    latest().says('error');
    expect([sources.length, states]).toStrictEqual([1, [true, false]]);
    end();
    jest.advanceTimersByTime(600_000);
    expect([sources.length, sources[0]!.isClosed]).toStrictEqual([1, true]);
  });

  it('ignores what is no task', () => {
    const { queries, latest } = following();
    latest().says('task', '{"id":1}');
    expect(queries.getQueryData([tasks.path, {}])).toBeUndefined();
  });
});

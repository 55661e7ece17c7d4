import type { ReactNode } from 'react';
import type { Problem } from '../../api/problem';
import { Refused } from '../app/ask';
import { Button } from './button';
import { Icon, type IconName } from './icon';
import { LiveRegion } from './live-region';
import { Time } from './time';

/** What a view needs of a query. */
export type Asked<A> = Readonly<{
  data: A | undefined;
  error: Error | null;
  isPending: boolean;
  isFetching: boolean;
  dataUpdatedAt: number;
  refetch: () => unknown;
}>;

/**
 * Shows the answer of a request, or why there is none: loading, refused, offline. If a later request fails, the last
 * answer stays, with the time since when it is old.
 *
 * @param lines about how many lines the answer has, so that nothing moves when it comes
 * @param placeholder in place of such lines
 */
export const Answer = <A,>({
  of: { data, error, isPending, refetch, isFetching, dataUpdatedAt },
  lines = 3,
  placeholder,
  children,
}: Readonly<{
  of: Asked<A>;
  lines?: number;
  placeholder?: ReactNode;
  children: (answer: A) => ReactNode;
}>) => {
  if (data !== undefined)
    return (
      <>
        <LiveRegion>{error === null ? null : <Stale problem={problemOf(error)} since={dataUpdatedAt} />}</LiveRegion>
        {children(data)}
      </>
    );
  if (isPending) return placeholder ?? <Skeleton lines={lines} />;
  return <ProblemCard problem={problemOf(error)} onRetry={() => refetch()} isBusy={isFetching} />;
};

const problemOf = (error: Error | null): Problem =>
  error instanceof Refused ? error.problem : { kind: 'failed', message: 'The page failed. Reload it.' };

/** Grey lines in place of an answer that is on its way. */
export const Skeleton = ({ lines }: Readonly<{ lines: number }>) => (
  <div className="skeleton" role="status" aria-label="Loading">
    {Array.from({ length: lines }, (_, line) => (
      <i key={line} style={{ width: `${92 - ((line * 37) % 45)}%` }} />
    ))}
  </div>
);

/** That an answer is old, since when, and why. It belongs into a live region. */
export const Stale = ({ problem, since }: Readonly<{ problem: Problem; since: number }>) => (
  <p className="notice wait">
    <Icon name="offline" />
    <span>
      <b>
        Not current: read <Time at={new Date(since).toISOString()} />.
      </b>{' '}
      {problem.message}
    </span>
  </p>
);

const heads: Readonly<Record<string, readonly [IconName, string]>> = {
  'access-denied': ['key', 'Your credentials do not allow this'],
  'no-credentials': ['key', 'There are no credentials'],
  'no-session': ['key', 'This browser has no session'],
  'no-answer': ['offline', 'The cloud does not answer'],
  offline: ['offline', 'The console does not answer'],
  'bad-input': ['alert', 'The request cannot be answered'],
};

/** Why a request failed, and what to do. */
export const ProblemCard = ({
  problem: { kind, message },
  onRetry,
  isBusy = false,
}: Readonly<{ problem: Problem; onRetry?: () => void; isBusy?: boolean }>) => {
  const [icon, title] = heads[kind] ?? (['alert', 'The request failed'] as const);
  return (
    <div className="problem" role="alert">
      <Icon name={icon} />
      <div>
        <b>{title}</b>
        <p className="sub">{message}</p>
        {onRetry === undefined ? null : (
          <Button onClick={onRetry} isBusy={isBusy}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
};

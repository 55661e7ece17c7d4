import type { ReactNode } from 'react';
import type { Problem } from '../../api/problem';
import type { Task } from '../../api/task';
import { whole } from '../format/number';
import { ProblemCard } from './answer';
import { Button } from './button';
import { Time } from './time';

/**
 * Since when a list is as it is shown, and how to read it again.
 *
 * @param problem of the latest reading, if it failed
 * @param children what the list may lack
 */
export const ListAge = ({
  since,
  problem,
  task,
  isReading,
  onRead,
  children,
}: Readonly<{
  since: string | null;
  problem: Problem | null;
  task: Task | undefined;
  isReading: boolean;
  onRead: () => void;
  children?: ReactNode;
}>) => (
  <>
    <div className="list-age">
      <p className="sub" role="status">
        {isReading ? (
          <Reading task={task} />
        ) : since === null ? (
          'Not read yet.'
        ) : (
          <>
            Read <Time at={since} />.
          </>
        )}{' '}
        {children}
      </p>
      <Button isBusy={isReading} onClick={onRead}>
        {isReading ? 'Reading' : 'Read again'}
      </Button>
    </div>
    {problem === null || isReading ? null : <ProblemCard problem={problem} onRetry={onRead} />}
  </>
);

const Reading = ({ task }: Readonly<{ task: Task | undefined }>) => {
  if (task === undefined || task.done === 0) return <>Reading the list…</>;
  return (
    <span className="num">
      Reading the list: {whole(task.done)}
      {task.total > task.done ? ` of about ${whole(task.total)}` : ''} {task.step}.
    </span>
  );
};

import { stopTask, type Task, tasks } from '../../api/task';
import { useAct } from '../app/use-act';
import { useAsk } from '../app/use-ask';
import { whole } from '../format/number';
import { duration } from '../format/time';
import { useNow } from '../app/clock';
import { Button } from './button';
import { Badge } from './state-badge';
import { Time } from './time';

/** The progress of a piece of work, with a stop, and its report once it has ended. */
export const TaskCard = ({ task }: Readonly<{ task: Task }>) => {
  const stop = useAct(stopTask, () => undefined);
  const { state, title, step, done, total, endedAt, report, problem } = task;
  const isRunning = state === 'running' || state === 'stopping';
  return (
    <section className="card task" aria-label={title}>
      <div className="row between">
        <span aria-live="polite">
          <b>{title}</b>{' '}
          <span className="sub">
            {isRunning ? <Progress task={task} /> : endedAt === null ? null : <Time at={endedAt} />}
          </span>
        </span>
        {isRunning ? (
          <Button
            icon="stop"
            isBusy={state === 'stopping' || stop.isPending}
            onClick={() => stop.mutate({ id: task.id })}
          >
            {state === 'stopping' ? 'Stopping after this step' : 'Stop'}
          </Button>
        ) : (
          <Badge tone={endTones[state]}>{endWords[state]}</Badge>
        )}
      </div>
      {isRunning ? (
        <progress aria-label={step === '' ? title : step} max={total === 0 ? undefined : total} value={shown(task)} />
      ) : null}
      {isRunning && step !== '' && done === 0 ? <p className="dim">{step}</p> : null}
      {report.length === 0 ? null : (
        <ul className="report">
          {report.map((line, index) => (
            <li key={index}>{line}</li>
          ))}
        </ul>
      )}
      {problem === null ? null : <p className="bad-text">{problem.message}</p>}
    </section>
  );
};

/** A `progress` without a value shows that the end is not known. */
const shown = ({ done, total }: Task): number | undefined => (total === 0 ? undefined : done);

const endTones = { done: 'good', stopped: 'idle', failed: 'bad' } as const;
const endWords = { done: 'done', stopped: 'stopped', failed: 'failed' } as const;

const Progress = ({ task: { done, total, startedAt } }: Readonly<{ task: Task }>) => {
  const now = useNow(1_000);
  if (total === 0) return <>· {whole(done)} done</>;
  const passed = now - Date.parse(startedAt);
  const left = done > 0 && passed > 2_000 ? (passed / done) * (total - done) : undefined;
  return (
    <span className="num">
      · {whole(done)} of {whole(total)} done
      {left === undefined || left < 1_000 ? '' : `, about ${duration(Math.ceil(left / 1000) * 1000)} left`}
    </span>
  );
};

/**
 * The tasks of this console that the user should see: those that run, and those that ended after the page was opened.
 *
 * @param isWanted which tasks belong to the page
 */
export const TaskCards = ({ isWanted = () => true }: Readonly<{ isWanted?: (task: Task) => boolean }>) => {
  const { data = [] } = useAsk(tasks, {});
  const shownTasks = data.filter((task) => isWanted(task) && (task.endedAt === null || isRecent(task.endedAt)));
  return (
    <>
      {shownTasks.map((task) => (
        <TaskCard key={task.id} task={task} />
      ))}
    </>
  );
};

const openedAt = Date.now();
const isRecent = (endedAt: string): boolean => Date.parse(endedAt) > openedAt - 60_000;

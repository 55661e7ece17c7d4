import * as t from 'io-ts';
import { nullable } from '../../shared/codecs/nullable';
import { changes, reads } from './endpoint';
import { problem } from './problem';

/** What tasks work on. A reading has a kind of its own, because its progress is shown beside the age of its list. */
const taskKind = t.keyof({
  'dead-letters-reading': null,
  'dead-letters': null,
  'missing-dead-letters': null,
  'lead-event': null,
  'quarantine-reading': null,
  quarantine: null,
  owners: null,
});

/**
 * A piece of work on many things, which runs on the server: a redrive, a revalidation, an import. It goes on when the
 * page is closed.
 */
export const task = t.readonly(
  t.type({
    id: t.string,
    kind: taskKind,
    /**
     * The one thing that it works on, as its page identifies it: the message id of a dead letter, the key of a
     * quarantined request, the id of a lead. `null` if it works on several.
     */
    subject: nullable(t.string),
    /** What it does, as a sentence in the present: "Redriving 34 dead letters". */
    title: t.string,
    state: t.keyof({ running: null, stopping: null, done: null, stopped: null, failed: null }),
    /** The current step, and how far it is. `total` is 0 while it is not known. */
    step: t.string,
    done: t.number,
    total: t.number,
    startedAt: t.string,
    endedAt: nullable(t.string),
    /** What it did, in sentences. Empty until it has ended. */
    report: t.readonlyArray(t.string),
    /** Why it failed. `report` has what it had done until then. */
    problem: nullable(problem),
  }),
  'Task',
);

export type Task = t.TypeOf<typeof task>;

/** What a task is about. */
export type TaskAbout = Readonly<{ kind: Task['kind']; subject?: string | undefined; title: string }>;

/** The tasks of this console, newest first. */
export const tasks = reads('/api/tasks', t.type({}), t.readonlyArray(task));

/** Asks a task to stop after its current step. */
export const stopTask = changes('/api/tasks/stop', t.type({ id: t.string }), task);

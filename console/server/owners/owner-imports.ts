import { randomUUID } from 'node:crypto';
import { counted } from '../../../shared/operations/views/counted';
import {
  type ImportPlan,
  type ImportPorts,
  type Imported,
  type OwnerRows,
  planImport,
  writeImport,
} from '../../../shared/operations/owners/import-owners';
import type { ImportState } from '../../api/owners';
import type { Task } from '../../api/task';
import { Conflict, NotFound } from '../respond';
import type { TaskRunner, Work } from '../task-runner';

type Import = Readonly<{
  owners: OwnerRows['owners'];
  state: ImportState['state'];
  plan?: ImportPlan;
  imported?: Imported;
}>;

/** How many imports are remembered. A file may have 8 MiB. */
const kept = 3;

/**
 * The imports of this console: each is compared with the stored files first, then written when its user says so. Both are
 * tasks, which can be stopped. An import that was stopped while it wrote can be written again: what is written counts
 * as unchanged then.
 */
export const ownerImports = (files: ImportPorts['files'], runner: Pick<TaskRunner, 'start'>) => {
  const imports = new Map<string, Import>();

  const found = (id: string): Import => {
    const one = imports.get(id);
    if (one === undefined) throw new NotFound('The console no longer knows this import. Read the file again.');
    return one;
  };
  const change = (id: string, to: Partial<Import>): void => {
    const one = imports.get(id);
    if (one !== undefined) imports.set(id, { ...one, ...to });
  };

  const portsOf = ({ onProgress, isInterrupted }: Work, step: string): ImportPorts => ({
    files,
    isInterrupted,
    onProgress: (_, done, total) => onProgress(step, done, total),
  });

  const compare = async (id: string, work: Work): Promise<ImportPlan | undefined> => {
    change(id, { state: 'comparing' });
    const plan = await planImport(portsOf(work, 'Comparing with the stored files'), found(id).owners);
    if (work.isInterrupted()) {
      change(id, { state: 'stopped' });
      return undefined;
    }
    change(id, { state: 'ready', plan });
    return plan;
  };

  const write = async (id: string, work: Work): Promise<readonly string[]> => {
    // The plan that the user has seen. After a stop or an error, a part of it may be written, so that it is made again.
    const plan = found(id).state === 'ready' ? found(id).plan : await compare(id, work);
    if (plan === undefined) return ['Stopped before anything was written.'];
    change(id, { state: 'writing' });
    const imported = await writeImport(portsOf(work, 'Writing files'), plan);
    const { written, changed } = imported;
    const left = plan.toWrite.length - written - changed.length;
    change(id, { state: left > 0 ? 'stopped' : 'written', imported });
    return [
      `${counted(written, 'file')} written.`,
      ...(plan.unchanged === 0 ? [] : [`${counted(plan.unchanged, 'file')} said the same already.`]),
      ...(changed.length === 0
        ? []
        : [`${counted(changed.length, 'file')} left alone, because another user changed them: ${some(changed)}.`]),
      ...(left === 0 ? [] : [`${counted(left, 'file')} not written. Write again to go on.`]),
    ];
  };

  /** Runs a part of an import. An error leaves it `failed`; it can be written again. */
  const running =
    <A>(id: string, part: (work: Work) => Promise<A>) =>
    async (work: Work): Promise<A> => {
      try {
        return await part(work);
      } catch (error) {
        change(id, { state: 'failed' });
        throw error;
      }
    };

  return {
    /** Starts to compare the owners of a file with the stored ones. */
    compare: ({ owners }: OwnerRows): Readonly<{ id: string; task: Task }> => {
      const id = randomUUID();
      imports.set(id, { owners, state: 'comparing' });
      for (const old of [...imports.keys()].slice(0, -kept)) imports.delete(old);
      const part = async (work: Work): Promise<readonly string[]> => {
        const plan = await compare(id, work);
        return plan === undefined ? ['Stopped. Nothing was written.'] : [saysOf(plan)];
      };
      return { id, task: runner.start(`Comparing ${counted(owners.size, 'owner file')}`, running(id, part)) };
    },
    write: (id: string): Task => {
      const { state, owners } = found(id);
      if (state === 'comparing' || state === 'writing')
        throw new Conflict('The import is still running. Wait until it has ended, or stop it.');
      const title = `Writing ${counted(owners.size, 'owner file')}`;
      return runner.start(
        title,
        running(id, (work) => write(id, work)),
      );
    },
    state: (id: string): ImportState => {
      const { state, plan, imported } = found(id);
      return {
        ...{ id, state, added: plan?.added ?? null, replaced: plan?.replaced ?? null },
        ...{ unchanged: plan?.unchanged ?? null, changed: imported?.changed.slice(0, 100) ?? [] },
        written: imported?.written ?? null,
      };
    },
  };
};

const saysOf = ({ added, replaced, unchanged }: ImportPlan): string =>
  `${counted(added, 'new file')}, ${counted(replaced, 'file')} to replace, ${unchanged} unchanged. Nothing was written yet.`;

const some = (ids: readonly string[]): string => (ids.length > 5 ? `${ids.slice(0, 5).join(', ')}, …` : ids.join(', '));

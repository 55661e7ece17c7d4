import { randomUUID } from 'node:crypto';
import type { LeadId } from '../../../shared/lead/lead-id';
import { counted } from '../../../shared/operations/views/counted';
import {
  type ImportPlan,
  type ImportPorts,
  type OwnerRows,
  planImport,
  writeImport,
} from '../../../shared/operations/owners/import-owners';
import type { PlannedOwner } from '../../../shared/operations/owners/put-owner';
import type { ImportState } from '../../api/owners';
import type { Task } from '../../api/task';
import { Conflict, NotFound } from '../refusal';
import { puttingOwner } from '../rights';
import type { TaskRunner, Work } from '../task-runner';

type Import = Readonly<{
  owners: OwnerRows['owners'];
  state: ImportState['state'];
  /** What the user has seen and confirms. It is never made again once it is written from. */
  plan?: ImportPlan;
  /** The files of the plan that are neither written nor left alone, by lead. */
  left: Map<LeadId, PlannedOwner>;
  /** Leads whose files another user changed in the meantime. */
  changed: LeadId[];
}>;

/** How many imports are remembered of those that can be forgotten. A file may have 8 MiB. */
const kept = 3;

/**
 * Whether the console may forget an import: one that neither runs nor wrote a part of its files. A file that is read again
 * is compared with what is stored now, so that the rest of an import could not be written as its user confirmed it.
 */
const canBeForgotten = ({ state, plan, left }: Import): boolean => {
  switch (state) {
    case 'comparing':
    case 'writing':
      return false;
    case 'stopped':
    case 'failed':
      return plan === undefined || left.size === 0;
    case 'ready':
    case 'written':
      return true;
  }
};

/**
 * The imports of this console: each is compared with the stored files first, then written when its user says so. Both are
 * tasks, which can be stopped. A comparison that was stopped is made again before anything can be written. A writing that
 * was stopped goes on with the rest of the same plan, so that a file that another user changed since then is left alone.
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

  const compare = async (id: string, owners: Import['owners'], work: Work): Promise<readonly string[]> => {
    const plan = await planImport(portsOf(work, 'Comparing with the stored files'), owners);
    if (work.isInterrupted()) {
      change(id, { state: 'stopped' });
      return ['Stopped. Nothing was written.'];
    }
    const left = new Map(plan.toWrite.map((planned) => [planned.leadId, planned]));
    change(id, { state: 'ready', plan, left });
    return [saysOf(plan)];
  };

  const write = async (id: string, { left, changed, plan }: Import, work: Work): Promise<readonly string[]> => {
    const ports = portsOf(work, 'Writing files');
    const now = await writeImport(ports, { toWrite: [...left.values()] }, ({ leadId }, result) => {
      left.delete(leadId);
      if (result === 'changed') changed.push(leadId);
    });
    change(id, { state: left.size > 0 ? 'stopped' : 'written' });
    return [
      `${counted(now.written, 'file')} written.`,
      ...(plan === undefined || plan.unchanged === 0
        ? []
        : [`${counted(plan.unchanged, 'file')} said the same already.`]),
      ...(now.changed.length === 0
        ? []
        : [
            `${counted(now.changed.length, 'file')} left alone, because another user changed them: ` +
              `${some(now.changed)}.`,
          ]),
      ...(left.size === 0 ? [] : [`${counted(left.size, 'file')} not written. Go on to write the rest.`]),
    ];
  };

  /** Starts a part of an import. An error leaves it `failed`. */
  const start = (
    id: string,
    state: ImportState['state'],
    title: string,
    part: (work: Work) => Promise<readonly string[]>,
  ): Task => {
    // Before the task starts, so that a second request finds it running.
    change(id, { state });
    const work = async (given: Work): Promise<readonly string[]> => {
      try {
        return await part(given);
      } catch (error) {
        change(id, { state: 'failed' });
        throw error;
      }
    };
    return runner.start({ kind: 'owners', title }, work, puttingOwner);
  };
  const startComparing = (id: string, owners: Import['owners']): Task =>
    start(id, 'comparing', `Comparing ${counted(owners.size, 'owner file')}`, (work) => compare(id, owners, work));

  return {
    /** Starts to compare the owners of a file with the stored ones. */
    compare: ({ owners }: OwnerRows): Readonly<{ id: string; task: Task }> => {
      const id = randomUUID();
      imports.set(id, { owners, state: 'comparing', left: new Map(), changed: [] });
      const ended = [...imports].filter(([, one]) => canBeForgotten(one));
      for (const [old] of ended.slice(0, -kept)) imports.delete(old);
      return { id, task: startComparing(id, owners) };
    },
    /** Compares again what was stopped or failed before it could be confirmed. */
    compareAgain: (id: string): Task => {
      const { state, owners, plan } = found(id);
      requireEnded(state);
      if (plan !== undefined)
        throw new Conflict('The import was compared already. Write it, or check the rows again to start anew.');
      return startComparing(id, owners);
    },
    write: (id: string): Task => {
      const one = found(id);
      requireEnded(one.state);
      if (one.state === 'written')
        throw new Conflict('The import is written already. To compare the rows again, check them again.');
      if (one.plan === undefined)
        throw new Conflict(
          'The rows were not compared with the stored files. Compare them first. Nothing was written.',
        );
      return start(id, 'writing', `Writing ${counted(one.left.size, 'owner file')}`, (work) => write(id, one, work));
    },
    state: (id: string): ImportState => {
      const { state, plan, left, changed } = found(id);
      const isWritingBegun = plan !== undefined && state !== 'ready';
      return {
        ...{ id, state, added: plan?.added ?? null, replaced: plan?.replaced ?? null },
        ...{ unchanged: plan?.unchanged ?? null, changed: [...changed].sort().slice(0, 100) },
        written: isWritingBegun ? plan.toWrite.length - left.size - changed.length : null,
        left: plan === undefined ? null : left.size,
      };
    },
  };
};

const requireEnded = (state: ImportState['state']): void => {
  if (state === 'comparing' || state === 'writing')
    throw new Conflict('The import is still running. Wait until it has ended, or stop it.');
};

const saysOf = ({ added, replaced, unchanged }: ImportPlan): string =>
  `${counted(added, 'new file')}, ${counted(replaced, 'file')} to replace, ${unchanged} unchanged. Nothing was written yet.`;

const some = (ids: readonly string[]): string => (ids.length > 5 ? `${ids.slice(0, 5).join(', ')}, …` : ids.join(', '));

import { unmarshall } from '@aws-sdk/util-dynamodb';
import { stackClientSettings, stackPorts } from '../../shared/aws/operator-stack';
import { clientSettings } from '../../shared/aws/clients';
import { isLeadKey, quarantinePartition } from '../../shared/aws/table-keys';
import { rebuildQuarantine } from '../../shared/operations/rebuild/rebuild-quarantine';
import { type RebuildPorts, rebuildTable, type RebuildReport } from '../../shared/operations/rebuild/rebuild-table';
import { clientsOver } from './clients';
import { type Cloud, perform } from './cloud';
import { operatorOutputs } from './functions';
import { command } from './operator-command';
import { cloudOf } from './world-wire';
import type { World } from './world';

export type Item = Readonly<Record<string, unknown>>;

/** The items of a table, by what they are. The keys are those of the table. */
export type Items = Readonly<Record<'leads' | 'events' | 'quarantine', ReadonlyMap<string, Item>>>;

export const itemsOf = (world: World): Items => {
  const items = {
    leads: new Map<string, Item>(),
    events: new Map<string, Item>(),
    quarantine: new Map<string, Item>(),
  };
  for (const item of world.table.items) {
    const [pk = '', sk = ''] = [item.pk?.S, item.sk?.S];
    const kind = pk.startsWith(quarantinePartition('')) ? 'quarantine' : isLeadKey(sk) ? 'leads' : 'events';
    items[kind].set(`${pk} ${sk}`, unmarshall(item));
  }
  return items;
};

type Options = Readonly<{
  now: number;
  /** The order in which S3 lists the keys. */
  ordered?: (keys: readonly string[]) => readonly string[];
  mostRemembered?: number;
  isDryRun?: boolean;
  /** Throws, as a command that is killed stops, after this number of calls. */
  calls?: number;
}>;

/** Runs `leadline rebuild` over the stores of a story, without faults. */
export const rebuild = async (
  world: World,
  { now, ordered = (keys) => keys, mostRemembered = 50_000, isDryRun = false, calls = Infinity }: Options,
): Promise<RebuildReport> => {
  const cloud: Cloud = cloudOf(world);
  let left = calls;
  const send = (sent: object) => {
    left -= 1;
    return left < 0 ? Promise.reject(new Error('killed')) : Promise.resolve(perform(cloud, sent));
  };
  const settings = { ses: clientSettings, ...stackClientSettings };
  const clients = clientsOver(send, settings);
  const stack = stackPorts(clients, operatorOutputs, () => new Date(now), 'an operator');
  const ports = stack.rebuild();
  const listRaw: RebuildPorts['listRaw'] = async function* () {
    for await (const page of ports.listRaw()) yield ordered(page);
  };
  const problems: string[] = [];
  const report = await rebuildTable(
    { ...command, ...ports, listRaw, onProblem: (key, problem) => void problems.push(`${problem} ${key}`) },
    { ...stack.rebuildSettings(), total: 0, isDryRun, mostRemembered },
  );
  await rebuildQuarantine({ ...command, ...stack.rebuildQuarantine(isDryRun), onUnreadable: () => undefined });
  return report;
};

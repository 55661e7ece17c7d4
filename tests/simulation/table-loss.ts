import { isDeepStrictEqual } from 'node:util';
import { isLeadKey } from '../../shared/aws/table-keys';
import { rebuildQuarantine } from '../../shared/operations/rebuild/rebuild-quarantine';
import { rebuildTable } from '../../shared/operations/rebuild/rebuild-table';
import type { EventState } from '../../shared/stored/event-state';
import type { OperatorStack } from './functions';
import { eventOf } from './journal';
import type { Item } from './expressions';
import { command, rebuilds, runCommand } from './operator-command';
import { second, start } from './times';
import type { World } from './world';

/** How the table of a story loses items, and how soon an operator rebuilds them. */
export type Loss = Readonly<{
  atMs: number;
  /** The probability that an item is lost. */
  share: number;
  /**
   * When the backup was made from which the table is restored, which the functions use only after it was rebuilt. Absent:
   * there is no backup.
   */
  backupAtMs: number | undefined;
  /** Whether the functions cannot reach the table until it is rebuilt, as docs/recovery.md advises. */
  isUnreachable: boolean;
  /** When an operator runs `leadline rebuild`, in milliseconds after the loss. */
  rebuildsAfterMs: readonly number[];
}>;

/** In a story with `loss`: the table loses items, and an operator rebuilds them while leads arrive. */
export class TableLoss {
  readonly #world: World;
  /** The lost events, by their state at that moment. */
  readonly #lost = new Map<string, EventState>();
  /** When the items were lost, in milliseconds since 1970. `Infinity` before that. */
  atMs = Infinity;
  #backup: ReadonlyMap<string, Item> = new Map();
  /** Whether the functions can reach the table. */
  isReachable = true;
  /** Whether the last rebuild before the functions use the table must succeed. */
  isLastRebuild = false;

  constructor(world: World) {
    this.#world = world;
  }

  /** Schedules the loss and what operators do about it. */
  begin(): void {
    const { scenario, timeline } = this.#world;
    const { loss, stormMs } = scenario;
    if (loss === undefined) return;
    // Before a table is restored, no worker that uses the old one runs any more (docs/recovery.md).
    const stopMs = loss.backupAtMs === undefined ? 0 : 50 * second;
    timeline.after(loss.atMs, () => (this.isReachable = !loss.isUnreachable && loss.backupAtMs === undefined));
    timeline.after(loss.atMs + stopMs, () => this.#lose(loss));
    const leastMs = loss.backupAtMs === undefined ? 0 : stopMs + 10 * second;
    for (const afterMs of loss.rebuildsAfterMs)
      timeline.after(Math.min(loss.atMs + Math.max(leastMs, afterMs), stormMs - second), () => this.rebuild());
    if (loss.backupAtMs !== undefined) timeline.after(loss.backupAtMs, () => (this.#backup = this.#world.table.copy()));
    timeline.after(stormMs - 5 * second, () => {
      if (loss.backupAtMs === undefined || this.isReachable) return;
      this.isLastRebuild = true;
      this.rebuild();
    });
    timeline.after(stormMs - second / 2, () => (this.isReachable = true));
  }

  /** Whether a restored table is not rebuilt yet. Until then the functions and the operators use none. */
  get isUnused(): boolean {
    return this.#world.scenario.loss?.backupAtMs !== undefined && !this.isReachable;
  }

  /** The state of an event when its record was lost. */
  stateAtLoss(eventId: string): EventState | undefined {
    return this.#lost.get(eventId);
  }

  /** Whether there was a loss since a moment, in milliseconds since 1970, or shortly before it. */
  hasHappenedSince(moment: number): boolean {
    return this.atMs !== Infinity && this.atMs >= moment - 2 * second;
  }

  get hasHappened(): boolean {
    return this.hasHappenedSince(start);
  }

  /** Runs `leadline rebuild`. In the storm it may be killed after some of its writes. */
  rebuild(): void {
    const world = this.#world;
    const mayBeKilled = world.isStormy && !this.isLastRebuild;
    const writes = mayBeKilled && world.random.chance(0.3) ? world.random.whole(0, 2) : Infinity;
    const table = this.isUnused ? 'restored' : undefined;
    runCommand(world, rebuilds, async (stack) => {
      const report = await rebuildTable(
        { ...command, ...untilKilled(stack.rebuild(table), writes), onProblem: () => undefined },
        { ...stack.rebuildSettings(), total: 0, isDryRun: false },
      );
      await rebuildQuarantine({ ...command, ...stack.rebuildQuarantine(false), onUnreadable: () => undefined });
      // An event that could not be read may have been mailed.
      if (table === undefined || !mustRunAgain.some((problem) => problem in report.problems)) this.isReachable = true;
      world.count('rebuilds');
      world.count('rebuilt as NOTIFIED', report.notified);
      world.count('rebuilt as FAILED', report.failed + report.unconfirmed);
    });
  }

  /** Whether the backup has an item as it is, and the rebuild leaves it so: it may settle events that are not finished. */
  #isAsInBackup(item: Item, key: string): boolean {
    const isFinished = isLeadKey(item.sk?.S) || item.state?.S === 'NOTIFIED' || item.state?.S === 'DISCARDED';
    return isFinished && isDeepStrictEqual(item, this.#backup.get(key));
  }

  #lose({ share, backupAtMs }: Loss): void {
    const { table, random, journal, watch, timeline } = this.#world;
    const what = share === 1 ? 'all items' : 'some items';
    this.#world.say(() =>
      backupAtMs === undefined ? `the table loses ${what}` : 'the table is restored from a backup',
    );
    this.#world.count(backupAtMs === undefined ? 'tables lost' : 'tables restored');
    this.atMs = timeline.now;
    watch.forget();
    table.lose((item, key) => {
      if (backupAtMs === undefined ? !random.chance(share) : this.#isAsInBackup(item, key)) return false;
      if (isLeadKey(item.sk?.S)) return true;
      const { event_id, state } = eventOf(item);
      this.#lost.set(event_id, state);
      journal.lose(event_id);
      return true;
    });
    table.restore(this.#backup);
  }
}

/** The problems after which docs/recovery.md says to run the command again before the table is used. */
const mustRunAgain = ['raw-refused', 'enriched-refused'] as const;

type Ports = ReturnType<OperatorStack['rebuild']>;

/** The command is killed after a number of records. Writes that are in flight then still have their effect. */
const untilKilled = (ports: Ports, writes: number): Ports => {
  let left = writes;
  return {
    ...ports,
    writeEvent: (event) => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error('killed')) : ports.writeEvent(event);
    },
  };
};

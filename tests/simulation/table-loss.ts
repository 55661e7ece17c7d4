import { isLeadKey } from '../../shared/aws/table-keys';
import { rebuildQuarantine } from '../../shared/operations/rebuild/rebuild-quarantine';
import { rebuildTable } from '../../shared/operations/rebuild/rebuild-table';
import type { EventState } from '../../shared/stored/event-state';
import type { OperatorStack } from './functions';
import { eventOf } from './journal';
import { command, runCommand } from './operator-command';
import { second, start } from './times';
import type { World } from './world';

/** How the table of a story loses items, and how soon an operator rebuilds them. */
export type Loss = Readonly<{
  atMs: number;
  /** The probability that an item is lost. */
  share: number;
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
  #atMs = Infinity;
  /** Whether the functions can reach the table. */
  isReachable = true;

  constructor(world: World) {
    this.#world = world;
  }

  /** Schedules the loss and what operators do about it. */
  begin(): void {
    const { scenario, timeline } = this.#world;
    const { loss, stormMs } = scenario;
    if (loss === undefined) return;
    timeline.after(loss.atMs, () => this.#lose(loss));
    for (const afterMs of loss.rebuildsAfterMs)
      timeline.after(Math.min(loss.atMs + afterMs, stormMs - second), () => this.rebuild());
    timeline.after(stormMs - second / 2, () => void (this.isReachable = true));
  }

  /** The state of an event when its record was lost. */
  stateAtLoss(eventId: string): EventState | undefined {
    return this.#lost.get(eventId);
  }

  /** Whether there was a loss since a moment, in milliseconds since 1970, or shortly before it. */
  hasHappenedSince(moment: number): boolean {
    return this.#atMs !== Infinity && this.#atMs >= moment - 2 * second;
  }

  get hasHappened(): boolean {
    return this.hasHappenedSince(start);
  }

  /** Runs `leadline rebuild`. In the storm it may be killed after some of its writes. */
  rebuild(): void {
    const world = this.#world;
    const writes = world.isStormy && world.random.chance(0.3) ? world.random.whole(0, 2) : Infinity;
    runCommand(world, 'rebuilds', async (stack) => {
      const report = await rebuildTable(
        { ...command, ...untilKilled(stack.rebuild(), writes), onProblem: () => undefined },
        { ...stack.rebuildSettings(), total: 0, isDryRun: false },
      );
      await rebuildQuarantine({ ...command, ...stack.rebuildQuarantine(false), onUnreadable: () => undefined });
      this.isReachable = true;
      world.count('rebuilds');
      world.count('rebuilt as NOTIFIED', report.notified);
      world.count('rebuilt as FAILED', report.failed + report.unconfirmed);
    });
  }

  #lose({ share, isUnreachable }: Loss): void {
    const { table, random, journal, watch, timeline } = this.#world;
    this.#world.say(() => `the table loses ${share === 1 ? 'all items' : 'some items'}`);
    this.#world.count('tables lost');
    this.#atMs = timeline.now;
    this.isReachable = !isUnreachable;
    watch.forget();
    table.lose((item) => {
      if (!random.chance(share)) return false;
      if (isLeadKey(item.sk?.S)) return true;
      const { event_id, state } = eventOf(item);
      this.#lost.set(event_id, state);
      journal.lose(event_id);
      return true;
    });
  }
}

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

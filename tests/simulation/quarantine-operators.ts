import { discardQuarantined } from '../../shared/operations/quarantine/discard-quarantined';
import { findQuarantined } from '../../shared/operations/quarantine/find-quarantined';
import { revalidateQuarantined } from '../../shared/operations/quarantine/revalidate-quarantined';
import type { QuarantineItem } from '../../shared/stored/quarantine-item';
import type { OperatorStack } from './functions';
import { command, runCommand } from './operator-command';
import type { World } from './world';

/** What operators do about the settings of a source, and about what is in quarantine. */
export class QuarantineOperators {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** @param soon schedules something at any moment of the storm */
  actDuringStorm(soon: (what: () => void) => void): void {
    const { random } = this.#world;
    if (random.chance(0.7)) soon(() => this.correctSettings());
    for (let runs = random.whole(0, 3); runs > 0; runs -= 1) {
      soon(() => {
        this.revalidate();
        // Another operator does the same, or decides otherwise.
        if (random.chance(0.3)) this.revalidate();
        if (random.chance(0.1)) this.#discard();
      });
    }
    if (random.chance(0.15)) soon(() => this.#discard());
  }

  correctSettings(): void {
    this.#world.say(() => 'an operator corrects the settings of the source');
    this.#world.mistake = undefined;
  }

  /** Runs `leadline quarantine revalidate --all`. */
  revalidate(): void {
    const world = this.#world;
    runCommand(world, 'revalidates', async ({ quarantine, revalidate }) => {
      const chosen = await inQuarantine(quarantine);
      const done = await revalidateQuarantined({ ...command, store: quarantine, ingest: revalidate }, chosen);
      for (const { outcome, leads } of done) {
        world.count(`revalidation ${outcome}`);
        for (const lead of leads)
          if (lead.kind !== 'rejected') world.answered(lead.event.event_id, lead.kind === 'accepted' ? 202 : 200);
      }
    });
  }

  #discard(): void {
    const world = this.#world;
    runCommand(world, 'discards a quarantined request', async ({ quarantine }) => {
      const chosen = await inQuarantine(quarantine);
      if (chosen.length === 0) return;
      const some = [world.random.pick(chosen)];
      const done = await discardQuarantined({ ...command, store: quarantine }, some, 'a test');
      for (const { outcome } of done) world.count(`discard of a quarantined request: ${outcome}`);
    });
  }
}

const inQuarantine = async (store: OperatorStack['quarantine']): Promise<readonly QuarantineItem[]> => {
  const { chosen } = await findQuarantined({ ...command, store }, { ids: [], all: true, state: 'QUARANTINED' });
  return chosen;
};

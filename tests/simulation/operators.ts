import type { Choice } from '../../shared/operations/choose-dead-letters';
import { discardDeadLetters } from '../../shared/operations/discard-dead-letters';
import { isReplayable, planReplay } from '../../shared/operations/plan-replay';
import { redriveDeadLetters } from '../../shared/operations/redrive-dead-letters';
import { replayEvents } from '../../shared/operations/replay-events';
import type { EventItem } from '../../shared/stored/event-item';
import { putRawByHand, restoreRaw, sendByHand } from './by-hand';
import { names } from './cloud';
import type { OperatorStack } from './functions';
import { label, short } from './journal';
import { command, runCommand } from './operator-command';
import { QuarantineOperators } from './quarantine-operators';
import { bodyOf } from './queue';
import { start } from './times';
import type { World } from './world';

/** What operators do by hand, and with the code of `leadline`. */
export class Operators {
  readonly quarantine: QuarantineOperators;
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    this.quarantine = new QuarantineOperators(world);
  }

  ownersAppear(): void {
    const { random, timeline, scenario } = this.#world;
    const { leads, stormMs, ownersChange } = scenario;
    for (const leadId of leads) {
      const when =
        scenario.isPoisonAlone || scenario.farLease !== undefined
          ? 'early'
          : random.pick(['early', 'early', 'early', 'late', 'never'] as const);
      if (when === 'early') this.putOwner(leadId, 1);
      if (when === 'late') timeline.after(random.between(0, stormMs), () => this.putOwner(leadId, 1));
      if (when === 'early' && ownersChange) {
        timeline.after(random.between(0, stormMs), () => this.putOwner(leadId, 2));
      }
    }
  }

  putOwner(leadId: string, version: number): void {
    const { lookup, timeline } = this.#world;
    this.#world.say(() => `the owner of ${leadId} is there, version ${version}`);
    const body = JSON.stringify({ owner_name: `Owner ${version}`, owner_email: `owner${version}@example.com` });
    lookup.put({ Bucket: names.lookup, Key: `${leadId}.json`, Body: body }, timeline.now);
  }

  /** Schedules what operators do during the storm. */
  actDuringStorm(): void {
    const { random, timeline, scenario } = this.#world;
    const { stormMs, refreshes, restores, replays } = scenario;
    const soon = (what: () => void) => timeline.after(random.between(0, stormMs), what);
    if (random.chance(0.3)) soon(() => sendByHand(this.#world, random.chance(0.8)));
    if (random.chance(0.1) && scenario.loss === undefined) soon(() => putRawByHand(this.#world));
    if (random.chance(0.5)) soon(() => this.redrive());
    if (random.chance(0.2)) soon(() => this.redrive());
    if (random.chance(0.1)) soon(() => this.#discard());
    if (refreshes) soon(() => this.#refresh());
    if (refreshes && random.chance(0.5)) soon(() => this.#refresh());
    if (restores) soon(() => restoreRaw(this.#world, () => this.redrive()));
    if (replays) soon(() => this.#replay(refreshes ? random.chance(0.7) : true));
    if (scenario.batches.length > 0) this.quarantine.actDuringStorm(soon);
  }

  /** After the storm an operator adds missing owners, and redrives or discards all dead letters, some, or none. */
  clearUp(): boolean {
    const { random, scenario, lookup } = this.#world;
    if (random.chance(0.3)) return false;
    for (const leadId of scenario.leads) {
      if (!lookup.objects.has(`${leadId}.json`) && random.chance(0.7)) this.putOwner(leadId, 1);
    }
    if (random.chance(0.7)) this.#world.isPoisonous = false;
    if (random.chance(0.2)) this.#discard();
    else this.redrive(random.chance(0.5) ? this.#someLetter() : undefined);
    return true;
  }

  /** @param id of one event or message. Without it the operator redrives all letters. */
  redrive(id?: string): void {
    const { deadLetterQueue } = this.#world;
    for (const { body } of deadLetterQueue.messages.values()) this.#world.touch(bodyOf(body).s3_key);
    const choice: Choice = id === undefined ? { ids: [], all: true } : { ids: [id] };
    this.#run(`redrives ${id === undefined ? 'all' : label(id)}`, async ({ deadLetters, sendBody, noteRedrive }) => {
      const ports = { ...command, ...deadLetters, send: sendBody, noteRedrive };
      const { redriven } = await redriveDeadLetters(ports, choice);
      this.#world.count('redrives', redriven);
    });
  }

  #discard(): void {
    const id = this.#someLetter();
    if (id === undefined) return;
    this.#run(`discards ${label(id)}`, async ({ deadLetters, discard, giveUpRefresh }) => {
      const ports = { ...command, ...deadLetters, discard, giveUpRefresh };
      const { outcomes } = await discardDeadLetters(ports, { ids: [id] }, 'a test');
      this.#world.count('discards', outcomes.filter(({ outcome }) => outcome === 'discarded').length);
    });
  }

  /** Runs `leadline replay` for all events of a source, with new mails or as a refresh. */
  #replay(withMail: boolean): void {
    const source = this.#world.random.pick(['ingest', 'billing']);
    const since = new Date(start).toISOString();
    const until = new Date(this.#world.timeline.now).toISOString();
    this.#run(
      `replays ${source} ${withMail ? 'with mails' : 'without mails'}`,
      async ({ scan, reopen, sendMessage, askForRefresh, giveUpRefresh }) => {
        const { events } = await scan({ source, since, until });
        const { included } = planReplay(events, undefined);
        for (const { event_id } of included.filter(isReplayable(withMail))) this.#world.journal.touched.add(event_id);
        const ports = {
          ...command,
          reopen,
          send: sendMessage,
          giveUpRefresh,
          askForRefresh: (event: EventItem) => askForRefresh(event, false),
        };
        const { replayed } = await replayEvents(ports, included, withMail);
        this.#world.count(withMail ? 'replays' : 'refreshes', replayed);
      },
    );
  }

  #run(what: string, work: (stack: OperatorStack) => Promise<void>): void {
    runCommand(this.#world, what, work);
  }

  /** The id of an event in the dead-letter queue. A message that names no event is chosen by its own id. */
  #someLetter(): string | undefined {
    const { deadLetterQueue, random, table } = this.#world;
    const letters = [...deadLetterQueue.messages.values()];
    if (letters.length === 0) return undefined;
    const { id, body } = random.pick(letters);
    const item = [...table.items].find((one) => one.s3_key?.S === bodyOf(body).s3_key);
    return item?.event_id?.S ?? id;
  }

  #refresh(): void {
    const { random, queue } = this.#world;
    const events = this.#world.events();
    if (events.length === 0) return;
    const { s3_key, lead_id, event_id } = random.pick(events);
    this.#world.count('refreshes');
    this.#world.say(() => `an operator refreshes event ${short(event_id)}`);
    this.#world.sent(queue.send(JSON.stringify({ s3_key, lead_id, event_id, intent: 'refresh' }), 0));
  }
}

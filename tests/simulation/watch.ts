import { leadKey } from '../../shared/aws/table-keys';
import type { LeadId } from '../../shared/lead/lead-id';
import { namespaceOf } from '../../shared/lead/lead-namespace';
import { short } from './journal';
import { bodyOf, type Message } from './queue';
import { second } from './times';
import type { Worker } from './worker';
import type { World } from './world';

/** How many repeats of an unfinished event are queued (shared/aws/queue-again.ts). */
const mostRepeats = 3;

/**
 * One message of the sender, one for each of `mostRepeats` repeats, one of an operator, and those of the reconciler.
 */
const mostMessagesOfAnEvent = 8;

/** No hold of the deployed code lasts as long: the pause after an unconfirmed mail, and a lease. */
const longestHoldMs = 3600 * second;

/** How many times a held message is sent again (EnrichmentFunction/after-failure.ts). */
const mostResends = 4;

/** Checks each message when it is sent. The journal checks each write. */
export class Watch {
  readonly #world: World;
  /** The workers that have queued an event, by the key of its raw object. */
  readonly #queuedBy = new Map<string, Set<string>>();

  /** How many messages of a key the enrichment function sent, and how many all others. */
  readonly #sentOf = new Map<string, { again: number; anew: number }>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Items were lost, and with them how often an event was queued. */
  forget(): void {
    this.#queuedBy.clear();
  }

  /**
   * A message was sent. While nothing else goes wrong, the enrichment function moves each message once and sends it
   * again a few times, however long its event is held.
   */
  sent({ body }: Message, sender: string): void {
    const key = bodyOf(body).s3_key ?? '';
    const sentOf = this.#sentOf.get(key) ?? { again: 0, anew: 0 };
    this.#sentOf.set(key, sentOf);
    sentOf[sender === 'enrichment' ? 'again' : 'anew'] += 1;
    if (this.#world.scenario.farLease !== undefined && sentOf.again > (1 + mostResends) * sentOf.anew)
      this.#violate(`${sentOf.anew} messages of ${key} were sent again ${sentOf.again} times`);
  }

  /** Ingestion has sent a message: everything that the message names exists, and few messages name it. */
  ingested({ body }: Message, worker: Worker | undefined): void {
    const { s3_key: key, lead_id } = bodyOf(body);
    if (key !== undefined && !this.#world.raw.objects.has(key)) this.#violate(`${key} was queued before it was stored`);
    if (lead_id !== undefined && !this.#hasLead(key, lead_id)) {
      this.#violate(`${lead_id} was queued before its lead was saved`);
    }
    this.#checkRepeats(key ?? '', worker);
  }

  /** A sender was answered 2xx: a message of its event was sent, unless all its repeats were granted before. */
  accepted(eventId: string): void {
    const event = this.#world.events().find(({ event_id }) => event_id === eventId);
    if (event?.state !== 'RECEIVED' || this.#world.loss.hasHappened) return;
    if ((this.#sentOf.get(event.s3_key)?.anew ?? 0) === 0 && (event.repeats?.size ?? 0) < mostRepeats)
      this.#violate(`event ${short(eventId)} was answered 2xx, and no message of it was ever sent`);
  }

  /** The reconciler has sent a message: messages of one event must not pile up while no worker receives them. */
  requeued({ body }: Message): void {
    const { queue, retryQueue } = this.#world;
    const { s3_key } = bodyOf(body);
    const event = this.#world.events().find((one) => one.s3_key === s3_key);
    if (event?.state === 'CLAIMED' && Date.parse(event.lease_until) > this.#world.timeline.now + longestHoldMs)
      this.#violate(`${s3_key} was queued again while its lease holds it for hours`);
    const waiting = [...queue.messages.values(), ...retryQueue.messages.values()].filter(
      (other) => bodyOf(other.body).s3_key === s3_key,
    );
    if (waiting.length > mostMessagesOfAnEvent) this.#violate(`${waiting.length} messages of ${s3_key} wait at once`);
  }

  /** A message became a dead letter: a lead that kills its workers must not cost another lead more than one receive. */
  letter({ id, body }: Message): void {
    const { poison, isPoisonAlone } = this.#world.scenario;
    const { s3_key } = bodyOf(body);
    this.#world.farLease.letter(s3_key);
    const isOfPoison = (): boolean =>
      this.#world.events().some((event) => event.s3_key === s3_key && event.lead_id === poison?.leadId);
    if (isPoisonAlone && !isOfPoison()) this.#violate(`${id} of another lead than the poisonous one is a dead letter`);
  }

  #hasLead(s3Key: string | undefined, leadId: string): boolean {
    const event = this.#world.events().find(({ s3_key }) => s3_key === s3Key);
    if (event === undefined) return true;
    const { pk, sk } = leadKey({ leadId: leadId as LeadId, namespace: namespaceOf(event) });
    return this.#world.table.get(pk, sk) !== undefined || this.#world.loss.hasHappened;
  }

  /** Few messages of an event are sent, however often its sender repeats it. The SDK may send each of them twice. */
  #checkRepeats(key: string, worker: Worker | undefined): void {
    const queuedBy = (this.#queuedBy.get(key) ?? new Set()).add(worker?.name ?? '');
    this.#queuedBy.set(key, queuedBy);
    if (queuedBy.size > 1 + mostRepeats) this.#violate(`${key} was queued by ${queuedBy.size} requests`);
  }

  #violate(what: string): void {
    this.#world.journal.violate(what);
  }
}

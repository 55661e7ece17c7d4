import { marshall } from '@aws-sdk/util-dynamodb';
import { eventKey } from '../../shared/aws/table-keys';
import { eventRef } from '../../shared/lead/event-ref';
import type { ClaimedEvent, EventItem } from '../../shared/stored/event-item';
import { names } from './cloud';
import { short } from './journal';
import { bodyOf } from './queue';
import { day, second } from './times';
import type { Worker } from './worker';
import type { World } from './world';

/** How far in the future the lease ends: no message outlives it. */
const yearsMs = 5 * 365 * day;

/** An operator gets the message of the held event within this time, so that the alarm does not come after days. */
const mostHoursUntilLetter = 4;

/** In a story with `farLease`: events whose lease ends only in years, although their worker is dead. */
export class FarLease {
  readonly #world: World;
  /** Whether the next worker is the one whose clock is years ahead. */
  #isWrongClockNext: boolean;
  #sinceMs: number | undefined;
  /** The held events that have had a dead letter. */
  readonly #reported = new Set<string>();

  constructor(world: World) {
    this.#world = world;
    this.#isWrongClockNext = world.scenario.farLease === 'wrong-clock';
  }

  /** The error of the clock of the worker that starts now, in milliseconds. */
  clockErrorMs(): number {
    if (!this.#isWrongClockNext) return 0;
    this.#isWrongClockNext = false;
    return yearsMs;
  }

  /** A worker has claimed an event. The first one dies, or the one with the wrong clock. */
  claimed(worker: Worker, eventId: string): void {
    const { scenario, timeline, random } = this.#world;
    if (scenario.farLease === undefined || this.#sinceMs !== undefined) return;
    if (scenario.farLease === 'wrong-clock' && worker.skewMs < yearsMs / 2) return;
    this.#sinceMs = timeline.now;
    this.#world.count('leases of years');
    timeline.after(0, () => this.#world.kill(worker, 'the host fails'));
    if (scenario.farLease === 'wrong-clock') return;
    // Before the lease of the dead worker ends: later another worker may hold the event.
    timeline.after(random.between(second, 20 * second), () => {
      const event = this.#world.events().find(({ event_id }) => event_id === eventId);
      if (event !== undefined) this.#setLease(event, timeline.now + yearsMs);
    });
  }

  /** A message became a dead letter. */
  letter(s3Key: string | undefined): void {
    if (this.#sinceMs === undefined || s3Key === undefined || this.#reported.has(s3Key)) return;
    if (!this.#held().some(({ s3_key }) => s3_key === s3Key)) return;
    this.#reported.add(s3Key);
    const hours = (this.#world.timeline.now - this.#sinceMs) / (3600 * second);
    if (hours > mostHoursUntilLetter) {
      this.#world.journal.violate(`the message of a held event was a dead letter only after ${hours.toFixed(1)} hours`);
    }
  }

  /**
   * Nothing more happens without an operator: each held event has a dead letter. An event that was taken from a working
   * worker is not held in the end, because that worker marks it NOTIFIED.
   */
  check(): void {
    const letters = [...this.#world.deadLetterQueue.messages.values()].map(({ body }) => bodyOf(body).s3_key);
    const held = this.#held();
    const isEffectless = this.#sinceMs !== undefined && held.length === 0 && this.#world.journal.overtaken.size === 0;
    if (isEffectless) this.#world.journal.violate('a lease of years has no effect');
    for (const { event_id, s3_key } of held)
      if (!letters.includes(s3_key))
        this.#world.journal.violate(`event ${short(event_id)} is held for years, and not in the dead-letter queue`);
  }

  /** An operator ends the leases by hand, because no command of `leadline` does. */
  end(): void {
    for (const event of this.#held()) this.#setLease(event, this.#world.timeline.now - 3600 * second);
  }

  #held(): readonly ClaimedEvent[] {
    const { now } = this.#world.timeline;
    return this.#world
      .events()
      .flatMap((event) => (event.state === 'CLAIMED' && Date.parse(event.lease_until) > now + day ? [event] : []));
  }

  #setLease(event: EventItem, untilMs: number): void {
    const until = new Date(untilMs).toISOString();
    this.#world.say(() => `a person sets the lease of event ${short(event.event_id)} to ${until}`);
    this.#world.table.update({
      TableName: names.table,
      Key: marshall(eventKey(eventRef(event))),
      UpdateExpression: 'SET lease_until = :until',
      ConditionExpression: '#state = :claimed',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':until': { S: until }, ':claimed': { S: 'CLAIMED' } },
    });
  }
}

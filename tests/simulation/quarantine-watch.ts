import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { quarantineItem, type QuarantineItem } from '../../shared/stored/quarantine-item';
import type { QuarantinedObject } from '../../shared/stored/quarantined-object';
import { eventOfContact, type Contact } from './batches';
import { isQuarantineKey } from './calls';
import type { Change } from './table';
import type { World } from './world';

/** The decisions that an operator may take about a request. Its events are a fact, so that they count most. */
const allowed: readonly string[] = [
  'undefined QUARANTINED',
  'QUARANTINED REVALIDATED',
  'QUARANTINED DISCARDED',
  'DISCARDED REVALIDATED',
];

type Body = Readonly<{ contacts: readonly Contact[]; delivery: number }>;

/** Checks each write of a quarantined request. */
export class QuarantineWatch {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  changed({ before, after }: Change): void {
    const item = unmarshall(after) as QuarantineItem;
    const name = `request ${item.id.slice(0, 8)}`;
    if (E.isLeft(quarantineItem.decode(item))) this.#violate(`${name} lacks what its state needs`);
    if (!this.#world.raw.objects.has(item.s3_key)) this.#violate(`${name} has an item and no object`);
    if (!allowed.includes(`${before?.state?.S} ${item.state}`))
      this.#violate(`${name} went from ${before?.state?.S} to ${item.state}`);
    if (before !== undefined && before.received_at?.S !== item.received_at)
      this.#violate(`${name} has another time of receipt`);
    if (item.state === 'REVALIDATED') this.#checkEvents(name, item);
  }

  /**
   * Each lead of a revalidated request has an event, which can be enriched. An event that an operator discarded is not
   * ingested again (docs/decisions/0007), so that it may lack its raw object.
   */
  #checkEvents(name: string, item: Extract<QuarantineItem, { state: 'REVALIDATED' }>): void {
    const events = this.#world.events();
    for (const { lead_id, event_id } of item.events) {
      const event = events.find((one) => one.event_id === event_id && one.lead_id === lead_id);
      if (event === undefined) this.#violate(`${name} is REVALIDATED and has no event ${event_id.slice(0, 8)}`);
      else if (event.state !== 'DISCARDED' && !this.#world.raw.objects.has(event.s3_key))
        this.#violate(`${name} is REVALIDATED and its event has no raw object`);
    }
    const ids = item.events.map(({ event_id }) => event_id);
    for (const one of this.eventIdsOf(item))
      if (!ids.includes(one)) this.#violate(`${name} is REVALIDATED without its event ${one.slice(0, 8)}`);
  }

  items(): readonly QuarantineItem[] {
    return [...this.#world.table.items]
      .filter(({ pk }) => isQuarantineKey(pk?.S))
      .map((item) => unmarshall(item) as QuarantineItem);
  }

  /** The ids that the events of a kept request have, or would have. */
  eventIdsOf({ s3_key }: QuarantineItem): readonly string[] {
    return [...new Set(this.#bodyOf(s3_key).contacts.map(eventOfContact))];
  }

  #bodyOf(key: string): Body {
    const object = this.#world.raw.objects.get(key);
    if (object === undefined) return { contacts: [], delivery: 0 };
    const { body_base64 } = JSON.parse(object.body) as QuarantinedObject;
    return JSON.parse(Buffer.from(body_base64, 'base64').toString()) as Body;
  }

  #violate(what: string): void {
    this.#world.journal.violate(what);
  }
}

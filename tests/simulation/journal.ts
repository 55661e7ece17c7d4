// This file is long because all checks of mails and claims share the holds of the events.
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { isLeadKey } from '../../shared/aws/table-keys';
import { maxMails } from '../../shared/ports/claim-event';
import type { ClaimedEvent, EventItem } from '../../shared/stored/event-item';
import { leadItem, type LeadItem } from '../../shared/stored/lead-item';
import type { Item } from './expressions';
import type { Change } from './table';
import { type Fault, type FaultKind, lateMs, skewMs } from './faults';
import { day } from './times';
import type { Call } from './wire';
import type { Worker } from './worker';

/** The claim of one event by one worker, from its start to its end. */
export type Hold = Readonly<{ worker: Worker; claimId: string; leaseUntil: number }> & {
  /** A call for the mail or its mark had a fault during the hold. */
  isFaulty: boolean;
  /** What ended the hold first: its mark, or a failure that gave the event up. */
  end?: 'marked' | 'given-up';
};

/** `hold` is absent if the worker did not hold the event. `round` is the number of replays before the mail. */
export type Mail = Readonly<{ eventId: string; worker: Worker; hold: Hold | undefined; round: number }>;

/**
 * Checks every write and mail when it has its effect. `invariants.ts` checks what must hold at the end of a story.
 */
export class Journal {
  readonly violations: string[] = [];
  readonly mails: Mail[] = [];
  /** Events that an operator queued. A worker may enrich them before they are due. */
  readonly touched = new Set<string>();
  /** All versions of each enriched object, by key. */
  readonly enriched = new Map<string, Set<string>>();
  readonly #holds = new Map<string, Hold>();
  readonly #rounds = new Map<string, number>();
  /** The hold under which each NOTIFIED event was marked. */
  readonly #marked = new Map<string, Hold | undefined>();
  /** The hold of the last mail whose fate is unknown. No other worker may mail the event until its lease ends. */
  readonly #unconfirmed = new Map<string, Hold>();

  /** Events that a worker with a clock far ahead took from a worker that still worked on them. */
  readonly overtaken = new Set<string>();

  /** The number of an event's mails when an operator last allowed further ones. */
  readonly #mailsBefore = new Map<string, number>();

  /** Events whose record was lost, and the hold of the worker that held them at that moment, or had marked them. */
  readonly #lost = new Map<string, Hold | undefined>();

  /** @param isTableUnused whether the table was restored from a backup, and no function uses it yet */
  constructor(
    readonly now: () => number,
    readonly isTableUnused: () => boolean,
  ) {}

  violate(what: string): void {
    this.violations.push(what);
  }

  /** The hold of the call that has its effect now. */
  under: Hold | undefined;

  mail(eventId: string, worker: Worker): void {
    const hold = this.under;
    const what = `${worker.name} mailed event ${short(eventId)}`;
    const round = this.roundOf(eventId);
    const earlier = this.mails.filter((mail) => mail.eventId === eventId && mail.round === round);
    // A mail that is in flight when its event is given up may arrive after another worker has claimed the event.
    const isLate = hold?.end === 'given-up';
    if (hold === undefined) {
      if (!this.overtaken.has(eventId)) this.violate(`${what}, which it did not hold`);
    } else if (earlier.some((mail) => mail.hold?.claimId === hold.claimId)) this.violate(`${what} twice on one claim`);
    else if (!isLate && earlier.some((mail) => !this.isInWindow(mail))) {
      this.violate(`${what} again, and nothing went wrong with the mail before`);
    }
    const marked = this.#marked.get(eventId);
    // A worker of before the loss may repeat its mark on the new record (docs/testing/simulation.md).
    const isOfBefore = marked !== undefined && marked === this.#lost.get(eventId);
    if (this.#marked.has(eventId) && !isLate && marked?.end !== 'given-up' && !isOfBefore) {
      this.violate(`${what}, which was NOTIFIED`);
    }
    const unconfirmed = this.#unconfirmed.get(eventId);
    if (
      unconfirmed !== undefined &&
      unconfirmed.worker !== worker &&
      !isLate &&
      this.now() < unconfirmed.leaseUntil - 2 * skewMs
    ) {
      this.violate(`${what} while an unconfirmed mail's lease ran`);
    }
    this.mails.push({ eventId, worker, hold, round });
    // The record that the worker was to mark is lost, so that its mail is not counted.
    if (hold !== undefined && hold === this.#lost.get(eventId)) this.allowMails(eventId);
    const sinceAllowed = earlier.length + 1 - (this.#mailsBefore.get(eventId) ?? 0);
    if (sinceAllowed > maxMails) this.violate(`${what}: ${sinceAllowed} mails without an operator`);
  }

  /** The table loses the record of an event. Another mail may follow one whose mark finds no record. */
  lose(eventId: string): void {
    const hold = this.#holds.get(eventId);
    if (hold !== undefined) {
      hold.isFaulty = true;
      hold.end ??= 'given-up';
    }
    this.#lost.set(eventId, hold ?? this.#marked.get(eventId));
    this.#holds.delete(eventId);
    this.#marked.delete(eventId);
    this.#unconfirmed.delete(eventId);
    this.allowMails(eventId);
  }

  /** An operator allows further mails of an event, whatever happened to its earlier mails. */
  allowMails(eventId: string): void {
    this.#mailsBefore.set(eventId, this.mails.filter((mail) => mail.eventId === eventId).length);
  }

  /** The number of replays of an event with a mail. */
  roundOf(eventId: string): number {
    return this.#rounds.get(eventId) ?? 0;
  }

  /** A call has a fault. */
  fault(fault: Fault, { what, about, hold, requestTimeoutMs }: Call): void {
    if (what !== 'send-mail' && what !== 'mark') return;
    const isKnown =
      harmless.has(fault.kind) ||
      // A denied mail was certainly not sent. A denied mark is lost.
      (what === 'send-mail' && (fault.kind === 'denied' || fault.kind === 'throttled')) ||
      (fault.kind === 'mail-late' && fault.afterMs < Math.max(requestTimeoutMs, this.#affordableMs(hold)));
    if (isKnown) return;
    this.#mailFault(about, hold, what === 'send-mail' && fault.kind !== 'error-before' && fault.kind !== 'thrown');
  }

  /**
   * How long a worker can wait for SES and still mark the mail. An answer within this time does not excuse a second
   * mail.
   */
  #affordableMs(hold: Hold | undefined): number {
    return hold === undefined ? 0 : 20_000 - (this.now() - hold.worker.startedAt);
  }

  /** An error in the deployed code. The worker continues, and the mail may or may not be sent. */
  bug(port: string, about: string, worker: Worker): void {
    if (port !== 'sendMail' && port !== 'markNotified') return;
    const eventId = /"eventId":"([0-9a-f]{64})"/.exec(about)?.[1] ?? '';
    this.#mailFault(eventId, this.holdOf(eventId, worker), true);
  }

  /** A mail or a mark has no effect, or its caller gets no answer. */
  #mailFault(eventId: string, hold: Hold | undefined, mayBeSent: boolean): void {
    if (hold === undefined) return;
    hold.isFaulty = true;
    if (mayBeSent && hold !== this.#lost.get(eventId)) this.#unconfirmed.set(eventId, hold);
  }

  /** Whether a fault kept the mark from following the mail. Only then another mail is allowed. */
  isInWindow({ hold }: Mail): boolean {
    return hold !== undefined && hold.end !== 'marked' && (hold.worker.state === 'dead' || hold.isFaulty);
  }

  change({ before, after }: Change, worker: Worker | undefined): void {
    if (isLeadKey(after.sk?.S)) this.#leadChanged(before, after);
    else this.#eventChanged(before, after, worker);
  }

  holdOf(eventId: string, worker: Worker): Hold | undefined {
    const hold = this.#holds.get(eventId);
    if (hold?.worker === worker) return hold;
    const lost = this.#lost.get(eventId);
    return lost?.worker === worker ? lost : undefined;
  }

  #leadChanged(before: Item | undefined, after: Item): void {
    const [old, now] = [before?.version?.S ?? '', after.version?.S ?? ''];
    if (now < old) this.violate(`lead ${after.lead_id?.S ?? ''} went back from ${old} to ${now}`);
  }

  #eventChanged(before: Item | undefined, after: Item, worker: Worker | undefined): void {
    const { under } = this;
    const id = after.event_id?.S ?? '';
    const [from, to] = [before?.state?.S, after.state?.S];
    const hold = this.#holds.get(id);
    const isReplayed = after.replayed_at?.S !== before?.replayed_at?.S;
    const isSettled = this.isTableUnused() && settled.has(from ?? '') && to === 'NOTIFIED';
    if (before !== undefined && after.rebuilt_at?.S !== before.rebuilt_at?.S && !isSettled)
      this.violate(`rebuild overwrote the record of event ${short(id)}, which was ${from}`);
    if (isReplayed || this.#isAnew(id, before, after)) this.#rounds.set(id, this.roundOf(id) + 1);
    if (isReplayed || after.redriven_at?.S !== before?.redriven_at?.S) this.allowMails(id);
    const isAssumed = before !== undefined && isMailAssumed(before);
    if (
      from === 'NOTIFIED' &&
      to !== 'NOTIFIED' &&
      !isReplayed &&
      !(isAssumed && (to === 'FAILED' || to === 'DISCARDED'))
    ) {
      this.violate(`event ${short(id)} went from NOTIFIED to ${to}`);
    }
    if (to !== 'NOTIFIED') this.#marked.delete(id);
    else if (from !== 'NOTIFIED') this.#marked.set(id, under);
    if (to === 'NOTIFIED' && under !== undefined) under.end ??= 'marked';
    if (to === 'CLAIMED' && after.claim_id?.S !== before?.claim_id?.S) {
      this.#claimed(id, after, hold, worker);
      if (before?.pending !== undefined && placeOf(before) !== placeOf(after))
        this.violate(`the claim of event ${short(id)} moved it among the pending events`);
    } else if (from === 'CLAIMED' && to !== 'CLAIMED' && to !== 'NOTIFIED') {
      if (hold !== undefined && hold.worker !== worker && this.now() < hold.leaseUntil - 2 * skewMs) {
        this.violate(
          `${worker?.name ?? 'an operator'} took event ${short(id)} from ${hold.worker.name}, which held it`,
        );
      }
      // From now on only an operator can cause another mail.
      if (to === 'FAILED') {
        this.#unconfirmed.delete(id);
        if (hold !== undefined) hold.end ??= 'given-up';
      }
      this.#holds.delete(id);
    } else if (to === 'NOTIFIED' && hold?.worker === worker) {
      this.#holds.delete(id);
    }
  }

  /**
   * One mail more is allowed after a loss: if a sender or a message reaches the table before the rebuild, so that the
   * event is new again, or if an operator redrives an event whose mail was only assumed.
   */
  #isAnew(id: string, before: Item | undefined, after: Item): boolean {
    if (!this.#lost.has(id)) return false;
    if (before === undefined) {
      if (after.rebuilt_at !== undefined) return false;
      this.allowMails(id);
      // A message of before the loss is due before the new record is.
      this.touched.add(id);
      return true;
    }
    const { redriven_at: was, rebuilt_at } = before;
    const isFirstRedrive = after.redriven_at?.S !== was?.S && (was?.S ?? '') <= (rebuilt_at?.S ?? '');
    return isFirstRedrive && isMailAssumed(before);
  }

  #claimed(id: string, after: Item, hold: Hold | undefined, worker: Worker | undefined): void {
    const item = unmarshall(after) as ClaimedEvent;
    if (hold !== undefined && hold.worker !== worker && this.now() <= hold.worker.endedAt + lateMs) {
      // To a clock that is years ahead each lease has expired (docs/reliability.md, "Clocks are wrong").
      if (worker !== undefined && worker.skewMs > day) this.overtaken.add(id);
      else this.violate(`${worker?.name} claimed event ${short(id)} while ${hold.worker.name} still worked on it`);
    }
    const due = Date.parse(item.due_at ?? item.received_at);
    if (!this.touched.has(id) && this.now() < due - 2 * skewMs) {
      this.violate(`${worker?.name} claimed event ${short(id)} ${(due - this.now()) / 1000} s before it was due`);
    }
    if (worker !== undefined) {
      this.#holds.set(id, {
        worker,
        claimId: item.claim_id,
        leaseUntil: Date.parse(item.lease_until),
        isFaulty: false,
      });
    }
  }
}

/**
 * The rebuild assumed that the event was mailed, and says so by claims of its own (shared/aws/rebuild.ts). The reason
 * can be that of a later attempt.
 */
const isMailAssumed = ({ rebuilt_at, mail_claims }: Item): boolean =>
  rebuilt_at !== undefined && mail_claims?.SS?.some((claim) => claim.startsWith('unknown-')) === true;

/** The states from which a rebuild settles an event of a restored table. */
const settled: ReadonlySet<string> = new Set(['RECEIVED', 'CLAIMED', 'FAILED']);

/** The place of an event in the index of pending events. */
const placeOf = ({ pending, pending_since }: Item): string => `${pending?.S} ${pending_since?.S}`;

/** Faults after which the caller knows whether the mail was sent, or the mark written. */
const harmless: ReadonlySet<FaultKind> = new Set(['slow', 'stall', 'mail-refused', 'mail-throttled']);

export const short = (eventId: string): string => eventId.slice(0, 8);

/** The short form of an event id. Other texts stay as they are. */
export const label = (about: string): string => (/^[0-9a-f]{64}$/.test(about) ? short(about) : about);

export const eventOf = (item: Item): EventItem => unmarshall(item) as EventItem;

/** @throws an Error if the item is not a valid lead */
export const leadOf = (item: Item): LeadItem => {
  const decoded = leadItem.decode(unmarshall(item));
  if (E.isLeft(decoded)) throw new Error(`not a lead: ${JSON.stringify(item)}`);
  return decoded.right;
};

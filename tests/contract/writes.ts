import { claimEvent } from '../../shared/aws/claim-event';
import { markNotified } from '../../shared/aws/mark-notified';
import { noteQueuedAgain, queueAgain } from '../../shared/aws/queue-again';
import { recordEvent } from '../../shared/aws/record-event';
import { recordFailure } from '../../shared/aws/record-failure';
import { noteRetry } from '../../shared/aws/note-retry';
import { saveEnrichedLead, saveLead } from '../../shared/aws/lead-table';
import { discardEvent, redriveEvent, reopenEvent } from '../../shared/aws/operator-table';
import { giveUp, markRequeued } from '../../shared/aws/pending-events';
import { askForRefresh, endRefresh } from '../../shared/aws/refreshes';
import { recordRef } from '../../shared/lead/event-ref';
import type { RecordedEvent } from '../../shared/lead/recorded-event';
import { arbitraryAttempt } from '../support/arbitrary';
import { type Harness, skewMs } from './harness';
import { done } from './stores';
import { type Steps, stepsOf, type Write, type Writes } from './write-steps';
import type { PendingEvent, SettledEvent } from '../../shared/stored/event-item';

/** All writes of shared/aws, by name. */
export const writesOf = (on: Harness): Writes => {
  const steps = stepsOf(on);
  return {
    ...ingestionWrites(on, steps),
    ...workerWrites(on, steps),
    ...reconcilerWrites(on, steps),
    ...operatorWrites(on, steps),
    ...leadWrites(on),
  };
};

const attempt = arbitraryAttempt(2);

const ingestionWrites = ({ record, table }: Harness, { byAnother, queueAgainFor }: Steps): Writes => ({
  'that records an event': {
    prepare: () => Promise.resolve(),
    run: (on, one) => recordEvent(on, 600)(one),
    answers: { kind: 'new' },
    meanwhile: byAnother,
    refuse: (one) => record(one),
  },
  'that queues an event again for its sender': {
    prepare: record,
    run: (on, one) => queueAgain(on)(one),
    answers: true,
    meanwhile: byAnother,
    refuse: async (one) => {
      await record(one);
      await queueAgainFor(one);
      await done(noteQueuedAgain(table())(one));
    },
  },
});

const workerWrites = ({ record, claim }: Harness, { byAnother, finish, queueAgainFor }: Steps): Writes => ({
  'that claims an event': {
    prepare: record,
    run: (on, one) => claimEvent(on, skewMs)(one, attempt),
    answers: { kind: 'claimed' },
    meanwhile: queueAgainFor,
    refuse: byAnother,
  },
  'that marks an event as notified': {
    prepare: (one) => record(one).then(() => claim(one, attempt)),
    run: (on, one) => markNotified(on)(recordRef(one)),
    answers: undefined,
    meanwhile: queueAgainFor,
    refuse: () => Promise.resolve(),
  },
  ...Object.fromEntries(
    (['retry', 'hold', 'give-up'] as const).map((next): [string, Write] => [
      `that records a failure to ${next}`,
      {
        prepare: (one) => record(one).then(() => claim(one, attempt)),
        run: (on, one) =>
          recordFailure(on)(recordRef(one), attempt, { reason: 'owner-missing', detail: '', next }, one),
        answers: undefined,
        meanwhile: queueAgainFor,
        refuse: finish,
      },
    ]),
  ),
  'that ends a refresh': {
    prepare: record,
    run: (on, one) => endRefresh(on)(recordRef(one), undefined),
    answers: undefined,
    meanwhile: byAnother,
  },
  'that notes a receive': {
    prepare: record,
    run: (on, one) => noteRetry(on)(recordRef(one), attempt),
    answers: undefined,
    meanwhile: byAnother,
  },
});

const reconcilerWrites = ({ mark, tick, clock }: Harness, { byAnother, see, seenItem }: Steps): Writes => ({
  'that counts a requeue': {
    prepare: see,
    run: (on, one) => markRequeued(on)(seenItem(one) as PendingEvent, { isMessageLost: false, notBefore: clock() }),
    answers: undefined,
    meanwhile: byAnother,
    refuse: async (one) => {
      await see(one);
      tick(1);
      await byAnother(one);
    },
  },
  'that gives an event up': {
    prepare: see,
    run: (on, one) => giveUp(on)(seenItem(one) as PendingEvent),
    answers: true,
    meanwhile: byAnother,
    refuse: async (one) => {
      await see(one);
      await mark(one);
    },
  },
});

const operatorWrites = ({ table }: Harness, { byAnother, finish, see, seeFailed, seenItem }: Steps): Writes => ({
  'that discards an event': {
    prepare: seeFailed,
    run: (on, one) => discardEvent(on)(recordRef(one), 'asked to'),
    answers: undefined,
    refuse: finish,
  },
  'that notes a redrive': {
    prepare: seeFailed,
    run: (on, one) => redriveEvent(on)(recordRef(one)),
    answers: undefined,
    meanwhile: byAnother,
    refuse: finish,
  },
  'that asks for a refresh': {
    prepare: see,
    run: (on, one) => askForRefresh(on)(seenItem(one), false),
    answers: true,
    meanwhile: byAnother,
    refuse: async (one) => {
      await see(one);
      await done(askForRefresh(table())(seenItem(one), false));
    },
  },
  'that reopens an event': {
    prepare: seeFailed,
    run: (on, one) => reopenEvent(on)(seenItem(one) as SettledEvent),
    answers: undefined,
    meanwhile: byAnother,
    refuse: async (one) => {
      await seeFailed(one);
      await byAnother(one);
    },
  },
});

const newer = (one: RecordedEvent): RecordedEvent => ({ ...one, eventTime: '2030-01-01T00:00:00.000Z' });

const leadWrites = ({ table }: Harness): Writes => ({
  'that saves a lead': {
    prepare: () => Promise.resolve(),
    run: (on, one) => saveLead(on)(one),
    answers: undefined,
    meanwhile: (one) => done(saveLead(table())(newer(one))),
    refuse: (one) => done(saveLead(table())(newer(one))),
  },
  'that saves an enriched lead': {
    prepare: () => Promise.resolve(),
    run: (on, one) =>
      saveEnrichedLead(on)({ record: one, owner: { owner_name: 'Ada', owner_email: 'ada@example.com' } }),
    answers: undefined,
    meanwhile: (one) => done(saveLead(table())(newer(one))),
    refuse: (one) => done(saveLead(table())(newer(one))),
  },
});

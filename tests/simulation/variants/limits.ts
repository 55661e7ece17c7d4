import * as TE from 'fp-ts/TaskEither';
import { pipe } from 'fp-ts/function';
import { answerBatch } from '../../../EnrichmentFunction/sqs/answer-batch';
import type { PendingEvent } from '../../../shared/stored/event-item';
import type { Variant } from '../functions';
import { claimedThough, notByRecord } from './changes';

/** Protocols without one of the limits that keep a fault of one lead, or of one service, from growing. */
export const limitsVariants: readonly Variant[] = [
  {
    name: 'suspects-stay-in-their-batch',
    breaks: 'a retried message is processed in a batch, whose other messages are lost with its worker',
    within: 1_500,
    answer: (ports) => async (event, remainingMs) => {
      const answers = await Promise.all(
        event.Records.map((record) => answerBatch(ports)({ Records: [record] }, remainingMs)),
      );
      return { batchItemFailures: answers.flatMap(({ batchItemFailures }) => batchItemFailures) };
    },
  },
  {
    name: 'held-messages-become-dead-letters',
    breaks: 'a message whose event another worker held at each of its receives becomes a dead letter',
    within: 1_500,
    enrich: (ports) => ({
      ...ports,
      resend: () => TE.left({ kind: 'unavailable', store: 'queue', cause: 'not sent' }),
    }),
  },
  {
    name: 'resends-without-limit',
    breaks: 'a message whose event is held is sent again however often that happened before',
    within: 300,
    enrich: (ports) => ({ ...ports, resend: (message, until) => ports.resend({ ...message, resends: 0 }, until) }),
  },
  {
    name: 'requeues-what-a-lease-holds',
    breaks: 'ReconcileFunction sends messages for an event that a lease holds for years',
    within: 300,
    reconcile: (ports) => ({
      ...ports,
      findPending: (before, limit) =>
        pipe(
          ports.findPending(before, limit),
          TE.map((pending) => ({
            ...pending,
            events: pending.events.map((event): PendingEvent => ({ ...event, state: 'RECEIVED' })),
          })),
        ),
    }),
  },
  {
    name: 'mails-without-limit',
    breaks: 'an event is mailed again, however many of its mails may have been sent',
    within: 1_000,
    enrich: (ports) => ({ ...ports, claimEvent: claimedThough(ports.claimEvent, 'mail-limit-reached') }),
  },
  {
    name: 'impatient-with-ses',
    breaks: 'the worker waits 4 s for SES, although it has more time',
    within: 1_500,
    enrich: (ports) => ({ ...ports, sendMail: (enriched) => ports.sendMail(enriched, 4_000) }),
  },
  {
    name: 'gives-up-what-was-never-taken-up',
    breaks: 'an event whose messages no worker received is given up like one that kills its workers',
    within: 3_000,
    reconcile: (ports) => ({
      ...ports,
      readQueueLoad: TE.right({ waiting: 0, inFlight: 0 }),
      findPending: (before, limit) =>
        pipe(
          ports.findPending(before, limit),
          TE.map((pending) => ({
            ...pending,
            events: pending.events.map((event): PendingEvent => ({
              ...event,
              attempts: ports.maxReceives,
              taken_at: '',
            })),
          })),
        ),
    }),
  },
  {
    name: 'requeues-while-enrichment-is-behind',
    breaks: 'ReconcileFunction sends messages for events whose messages wait in the queue',
    within: 2_000,
    reconcile: (ports) => ({ ...ports, readQueueLoad: TE.right({ waiting: 0, inFlight: 0 }) }),
  },
  {
    name: 'every-repeat-is-queued',
    breaks: 'each repeat of an unfinished event is queued',
    within: 2_000,
    receive: (ports) => ({ ...ports, queueAgain: () => TE.right(true) }),
  },
  {
    name: 'repeats-count-before-they-are-sent',
    breaks: 'a repeat counts as queued before its message is sent',
    within: 3_000,
    receive: (ports) => ({
      ...ports,
      queueAgain: (record) =>
        pipe(
          ports.queueAgain(record),
          TE.tap(() => ports.noteQueuedAgain(record)),
        ),
    }),
  },
  {
    name: 'metadata-before-record',
    breaks: 'the metadata of a raw object decide its event, whatever is recorded',
    within: 200,
    enrich: (ports) => ({
      ...ports,
      findRecords: () => TE.right([]),
      claimEvent: notByRecord(ports.claimEvent),
    }),
  },
  {
    name: 'read-ahead-unguarded',
    breaks: 'an owner file is read ahead by a promise that nothing awaits',
    within: 600,
    around: (enrich, ports) => (delivery) => () => {
      const { lead_id } = delivery.message;
      if (lead_id !== undefined) void ports.readOwner(lead_id)();
      return enrich(delivery)();
    },
  },
];

import * as TE from 'fp-ts/TaskEither';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { PutObjectCommand } from '@aws-sdk/client-s3';
import { pipe } from 'fp-ts/function';
import { recordEvent } from '../../../shared/aws/record-event';
import { saveEnrichedLead, saveLead } from '../../../shared/aws/lead-table';
import { storeRaw } from '../../../shared/aws/store-raw';
import { names } from '../cloud';
import type { Variant } from '../functions';
import { changing, tableOf, unconditional } from './changes';

/** Reports CLAIMED and FAILED events as finished, except those with the reason `raw-missing`. */
const failedCountsAsIngested = (error: unknown): void => {
  if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined) return;
  const { state, reason } = error.Item;
  if (state?.S === 'CLAIMED' || (state?.S === 'FAILED' && reason?.S !== 'raw-missing')) {
    error.Item = { ...error.Item, state: { S: 'NOTIFIED' }, notified_at: { S: '2026-01-31T12:00:00.000Z' } };
  }
};

/** Broken steps of IngestionFunction and of the LEAD item. */
export const ingestionVariants: readonly Variant[] = [
  {
    name: 'dedup-before-queueing',
    breaks: 'IngestionFunction drops an event that exists, whatever became of its first attempt',
    within: 200,
    receive: (ports) => ({
      ...ports,
      recordEvent: (candidate) =>
        pipe(
          ports.recordEvent(candidate),
          TE.map((recorded) => (recorded.kind === 'unfinished' ? { ...recorded, kind: 'finished' } : recorded)),
        ),
    }),
  },
  {
    name: 'queue-before-raw',
    breaks: 'the message is sent before the raw object is stored',
    within: 20,
    receive: (ports) => ({
      ...ports,
      storeRaw: (record) =>
        pipe(
          ports.enqueue(record),
          TE.flatMap(() => ports.storeRaw(record)),
        ),
      enqueue: () => TE.right(undefined),
    }),
  },
  {
    name: 'record-overwrites',
    breaks: 'recording an event overwrites an existing record',
    within: 50,
    receive: (ports, parts) => ({
      ...ports,
      recordEvent: recordEvent(
        tableOf(
          parts,
          changing(
            parts.clients.dynamodb,
            ({ input }) => delete (input as { ConditionExpression?: string }).ConditionExpression,
          ),
        ),
        parts.settings.delaySeconds,
      ),
    }),
  },
  {
    name: 'duplicates-answered-as-new',
    breaks: 'a retry is answered as a new event',
    within: 100,
    receive: (ports) => ({
      ...ports,
      recordEvent: (candidate) =>
        pipe(
          ports.recordEvent(candidate),
          TE.map((recorded) => ({ ...recorded, kind: 'new' })),
        ),
    }),
  },
  {
    name: 'new-key-on-retry',
    breaks: 'each attempt of a sender makes its own raw object',
    within: 50,
    receive: (ports) => ({
      ...ports,
      recordEvent: (candidate) =>
        pipe(
          ports.recordEvent(candidate),
          TE.map((recorded) => ({ ...recorded, record: { ...recorded.record, s3Key: candidate.s3Key } })),
        ),
    }),
  },
  {
    name: 'raw-overwritten',
    breaks: 'a retry overwrites the raw object',
    within: 100,
    receive: (ports, { clients }) => ({
      ...ports,
      storeRaw: storeRaw(
        changing(clients.s3, ({ input }) => delete (input as PutObjectCommand['input']).IfNoneMatch),
        names.raw,
      ),
    }),
  },
  {
    name: 'lead-without-order',
    breaks: 'the last writer of a LEAD item wins, whichever event is newest',
    within: 30,
    receive: (ports, parts) => ({
      ...ports,
      saveLead: saveLead(tableOf(parts, changing(parts.clients.dynamodb, unconditional))),
    }),
    enrich: (ports, parts) => ({
      ...ports,
      saveEnrichedLead: saveEnrichedLead(tableOf(parts, changing(parts.clients.dynamodb, unconditional))),
    }),
  },
  {
    name: 'blank-status-indexed',
    breaks: 'a blank status is indexed, so that a search finds leads without a status',
    within: 400,
    receive: (ports) => ({
      ...ports,
      saveLead: (record) => {
        const { status } = record.event.payload;
        const isBlank = typeof status === 'string' && status !== '' && status.trim() === '';
        return ports.saveLead(isBlank ? { ...record, event: { ...record.event, status } } : record);
      },
    }),
  },
  {
    name: 'failed-counts-as-ingested',
    breaks: 'a retry of an event that has FAILED meanwhile is dropped',
    within: 6_000,
    receive: (ports, parts) => ({
      ...ports,
      recordEvent: recordEvent(
        tableOf(
          parts,
          changing(parts.clients.dynamodb, () => undefined, failedCountsAsIngested),
        ),
        parts.settings.delaySeconds,
      ),
    }),
  },
  {
    name: 'one-lead-for-all-sources',
    breaks: 'an event changes the lead of that id, whichever source it belongs to',
    within: 100,
    receive: (ports) => ({
      ...ports,
      saveLead: (record) => ports.saveLead({ ...record, namespace: 'ingest' }),
    }),
    enrich: (ports) => ({
      ...ports,
      saveEnrichedLead: ({ record, owner }) =>
        ports.saveEnrichedLead({ record: { ...record, namespace: 'ingest' }, owner }),
    }),
  },
];

import type { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { quarantine } from '../../../shared/aws/quarantine';
import { sha256 } from '../../../shared/codecs/sha-256';
import { batchSource } from '../batches';
import { names } from '../cloud';
import type { Parts, Variant } from '../functions';
import { changing, tableOf } from './changes';

const retentionDays = 90;

/** A bucket that drops what is written. */
const noBucket = { send: () => Promise.resolve({}) } as unknown as S3Client;

const quarantineWith = (parts: Parts, s3: S3Client, dynamodb = parts.clients.dynamodb) =>
  quarantine(s3, names.raw, tableOf(parts, dynamodb), retentionDays);

/** Broken steps of bodies with several leads, of the quarantine, and of its revalidation. */
export const quarantineVariants: readonly Variant[] = [
  {
    name: 'several-leads-answer-202-on-failure',
    breaks: 'a body with several leads is answered 2xx although a store failed for one of them',
    within: 2_000,
    receive: (ports) => ({
      ...ports,
      recordEvent: (candidate) =>
        pipe(
          ports.recordEvent(candidate),
          TE.orElse((failure) =>
            candidate.event.source === batchSource
              ? TE.right({ kind: 'finished' as const, record: candidate })
              : TE.left(failure),
          ),
        ),
      storeRaw: (record) =>
        pipe(
          ports.storeRaw(record),
          TE.orElse((failure) => (record.event.source === batchSource ? TE.right(undefined) : TE.left(failure))),
        ),
    }),
  },
  {
    name: 'quarantined-without-trace',
    breaks: 'a lead that cannot be read is answered 202 and not kept',
    within: 300,
    receive: (ports) => ({ ...ports, quarantine: () => TE.right('new') }),
  },
  {
    name: 'quarantine-item-before-object',
    breaks: 'the item of a quarantined request is written before its object',
    within: 300,
    receive: (ports, parts) => ({
      ...ports,
      quarantine: (request) =>
        pipe(
          quarantineWith(parts, noBucket)(request),
          TE.tap(() => ports.quarantine(request)),
        ),
    }),
  },
  {
    name: 'quarantine-overwrites-decisions',
    breaks: 'a request that is sent again is in quarantine again, whatever an operator decided',
    within: 300,
    receive: (ports, parts) => ({
      ...ports,
      quarantine: quarantineWith(
        parts,
        parts.clients.s3,
        changing(parts.clients.dynamodb, ({ input }) => {
          const put = input as PutItemCommand['input'];
          delete put.ConditionExpression;
          delete put.ExpressionAttributeValues;
        }),
      ),
    }),
  },
  {
    name: 'quarantined-by-time',
    breaks: 'each attempt of a sender is another request in quarantine',
    within: 1_500,
    receive: (ports) => ({
      ...ports,
      quarantine: (request) => ports.quarantine({ ...request, id: sha256(`${request.id} ${request.receivedAt}`) }),
    }),
  },
  {
    name: 'revalidate-forgets-the-item',
    breaks: 'a revalidated request stays in quarantine',
    within: 300,
    operate: (stack) => ({
      ...stack,
      quarantine: { ...stack.quarantine, finish: () => Promise.resolve('revalidated') },
    }),
  },
  {
    name: 'revalidate-finishes-first',
    breaks: 'a request is REVALIDATED before its events exist',
    within: 300,
    operate: (stack) => ({
      ...stack,
      revalidate: async (item, request) => {
        await stack.quarantine.finish(item, []);
        return stack.revalidate(item, request);
      },
    }),
  },
  {
    name: 'revalidate-skips-what-is-invalid',
    breaks: 'a request is REVALIDATED although one of its leads still has problems',
    within: 500,
    operate: (stack) => ({
      ...stack,
      revalidate: async (item, request) => {
        const read = await stack.revalidate(item, request);
        return read.kind === 'read' ? { ...read, leads: read.leads.filter(({ kind }) => kind !== 'rejected') } : read;
      },
    }),
  },
  {
    name: 'revalidated-with-its-own-id',
    breaks: 'a revalidated lead is another event than the same lead of its sender',
    within: 300,
    operate: (stack) => ({
      ...stack,
      revalidate: (item, request) => {
        const body = JSON.parse(Buffer.from(request.body_base64, 'base64').toString()) as object;
        const changed = Buffer.from(JSON.stringify({ ...body, revalidated: item.id })).toString('base64');
        return stack.revalidate(item, { ...request, body_base64: changed });
      },
    }),
  },
];

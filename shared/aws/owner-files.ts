import type { S3Client } from '@aws-sdk/client-s3';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { writeJson } from '../codecs/json-text';
import type { LeadId } from '../lead/lead-id';
import { owner, type Owner } from '../lead/owner';
import type { ReadFailure } from '../ports/read-failure';
import { type StoreFailure, unreadable } from '../ports/store-failure';
import { decodeStored } from './decode-item';
import { decodeJsonObject, readObject } from './json-objects';

/** The largest lookup file, as JSON without white space. The item of the lead has it, and DynamoDB allows 400 KB. */
const maxBytes = 256 * 1024;

/** Reads the owner of a lead from `<lead_id>.json` in the lookup bucket. */
export const readOwner =
  (client: S3Client, bucket: string) =>
  (leadId: LeadId): TE.TaskEither<ReadFailure, Owner> =>
    pipe(
      readObject(client, bucket, 'owner', ownerFileKey(leadId)),
      TE.flatMapEither(({ text }) => ownerIn(text)),
    );

export const ownerFileKey = (leadId: LeadId): string => `${leadId}.json`;

/** Decodes the text of a lookup file: a JSON object of at most 256 KiB, with the name or the address of an owner. */
export const ownerIn = (text: string): E.Either<StoreFailure, Owner> =>
  pipe(
    decodeJsonObject('owner', text),
    E.flatMap(decodeStored(owner, 'owner')),
    E.filterOrElse(
      (file) => Buffer.byteLength(writeJson(file)) <= maxBytes,
      (): StoreFailure =>
        unreadable('owner', `must have ${maxBytes} bytes at most, written as JSON without white space`),
    ),
  );

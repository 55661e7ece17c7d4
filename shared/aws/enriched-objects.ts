import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { enrichedJson, type EnrichedLead } from '../lead/enriched-lead';
import { enrichedKeyOf } from '../lead/raw-key';
import type { StoreFailure } from '../ports/store-failure';
import { call } from './call';

/** Writes the enriched lead to `enriched/`, under the name of its raw payload. A retry writes the same bytes. */
export const storeEnriched =
  (client: S3Client, bucket: string) =>
  (enriched: EnrichedLead): TE.TaskEither<StoreFailure, void> =>
    pipe(
      call('enriched', () =>
        client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: enrichedKeyOf(enriched.record.s3Key),
            Body: enrichedJson(enriched),
            ContentType: 'application/json',
          }),
        ),
      ),
      TE.asUnit,
    );

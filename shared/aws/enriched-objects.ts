import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { enrichedJson, type EnrichedLead } from '../lead/enriched-lead';
import { enrichedKeyOf } from '../lead/raw-key';
import { type StoreFailure, unavailable } from '../ports/store-failure';

/** Writes the enriched lead under the name of its raw payload; writing it again changes nothing. */
export const storeEnriched =
  (client: S3Client, bucket: string) =>
  (enriched: EnrichedLead): TE.TaskEither<StoreFailure, void> =>
    pipe(
      TE.tryCatch(
        () =>
          client.send(
            new PutObjectCommand({
              Bucket: bucket,
              Key: enrichedKeyOf(enriched.record.s3Key),
              Body: enrichedJson(enriched),
              ContentType: 'application/json',
            }),
          ),
        unavailable('enriched'),
      ),
      TE.asUnit,
    );

import type { S3Client } from '@aws-sdk/client-s3';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { mappedFieldsOf } from '../lead/mapped-fields';
import { orThrow } from '../operations/or-throw';
import type { PresentReading, RemapPorts } from '../operations/remap-event';
import { StoreError } from '../operations/store-error';
import { sourceIn } from '../sources/authenticate';
import { isMapped } from '../sources/payloads/payload-settings';
import { remapLead } from '../sources/payloads/read-leads';
import type { Source } from '../sources/source';
import type { EventItem } from '../stored/event-item';
import type { EventTable } from './event-table';
import { decodeJsonObject, readObject } from './json-objects';
import { remapEvent } from './operator-table';
import { presentSources } from './present-sources';

type Stores = Readonly<{
  s3: S3Client;
  rawBucket: string;
  secrets: SecretsManagerClient;
  secretName: string;
  table: EventTable;
}>;

/**
 * The ports of `remapEvent` over the stores of a stack.
 *
 * @throws (the ports) a StoreError if a store does not answer, or if the settings of the source are invalid
 */
export const remapPorts = ({ s3, rawBucket, secrets, secretName, table }: Stores): RemapPorts => {
  const sources = presentSources(secrets, secretName);
  return {
    readPresent: async (event) => {
      const source = await orThrow(TE.fromEither(sourceIn(await sources(), event.source)));
      const raw = await readObject(s3, rawBucket, 'raw', event.s3_key)();
      if (E.isRight(raw)) return readingOf(event, source, raw.right.text);
      if (raw.left.kind === 'unavailable') throw new StoreError(raw.left);
      return { kind: 'not-read' };
    },
    writeMapped: (event, mapped) => orThrow(remapEvent(table)(event, mapped)),
  };
};

const readingOf = (event: EventItem, source: Source | undefined, text: string): PresentReading => {
  const payload = decodeJsonObject('raw', text);
  if (source === undefined || E.isLeft(payload)) return { kind: 'not-read' };
  const fields = remapLead(event.source, source.payload)(payload.right)?.fields;
  if (fields === undefined || E.isLeft(fields)) return { kind: 'not-read' };
  const { lead_id, ...rest } = fields.right;
  const mapped = mappedFieldsOf({ ...rest, lead_id, source: event.source, payload: {} });
  return { kind: 'read', leadId: lead_id, mapped: isMapped(source.payload) ? mapped : undefined };
};

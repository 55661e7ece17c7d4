import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { leadEventFrom } from '../../shared/sources/payloads/lead-payload';
import type { LeadEvent } from '../../shared/lead/lead-event';
import { type BatchLead, batchSource } from './batches';

type Json = Readonly<Record<string, unknown>>;

/** What a raw object says about its lead, by the settings of its source. */
export const leadOfRaw = (source: string, payload: Json): E.Either<unknown, LeadEvent> => {
  if (source !== batchSource) return leadEventFrom(source)(payload);
  const [{ id, mail, address, stage }] = (payload as BatchLead['payload']).contacts;
  return pipe(
    leadEventFrom('webhook')({ lead_id: id, email: mail ?? address, status: stage }),
    E.map((event) => ({ ...event, source, payload })),
  );
};

import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { validationProblems, type ValidationProblem } from '../../codecs/validation-problem';
import type { LeadEvent } from '../../lead/lead-event';
import type { Payload } from '../sent-payload';
import { ingestFormat } from './ingest-payload';
import type { PayloadFormat } from './payload-format';
import { webhookFormat } from './webhook-payload';

/** The id of the source of `POST /ingest`. */
export const ingestSource = 'ingest';

/**
 * The format of a source's payloads. It depends on the id alone, because a raw object is read again when the settings
 * of its source are not at hand.
 */
const formatOf = (source: string): PayloadFormat => (source === ingestSource ? ingestFormat : webhookFormat);

/** The fields of a source's payload that say which lead it is about, and whose. */
export const identifyingFields = (source: string): readonly string[] => formatOf(source).identifyingFields;

/**
 * Reads a payload as a lead event. The same payload of the same source is always the same event, so that a raw object
 * can be read again at any time.
 *
 * @param source the id of the source
 * @returns the event, or the invalid fields, without their values
 */
export const leadEventFrom =
  (source: string) =>
  (payload: Payload): E.Either<readonly ValidationProblem[], LeadEvent> =>
    pipe(
      formatOf(source).read(payload),
      E.bimap(validationProblems, ({ lead_id, email, display_name, status, occurred_at }) => ({
        source,
        lead_id,
        email,
        payload,
        ...(display_name === undefined ? {} : { display_name }),
        ...(status === undefined ? {} : { status }),
        ...(occurred_at === undefined ? {} : { occurred_at }),
      })),
    );

/** The source of a raw object without metadata, by its payload: an object that was put into the bucket by hand. */
export const sourceOf = (payload: Payload): string =>
  typeof payload.webhook_id === 'string' ? payload.webhook_id : ingestSource;

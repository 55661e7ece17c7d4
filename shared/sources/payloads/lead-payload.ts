import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { ValidationProblem } from '../../codecs/validation-problem';
import type { LeadEvent } from '../../lead/lead-event';
import type { Payload } from '../sent-payload';
import { ingestSource, readDefaultFormat } from './default-format';

export { ingestSource } from './default-format';

/**
 * Reads a payload of an unmapped source as a lead event. The same payload of the same source is always the same event,
 * so that a raw object can be read again at any time.
 *
 * @param source the id of the source
 * @returns the event, or the invalid fields, without their values
 */
export const leadEventFrom =
  (source: string) =>
  (payload: Payload): E.Either<readonly ValidationProblem[], LeadEvent> =>
    pipe(
      readDefaultFormat(source)(payload).fields,
      E.map((fields) => ({ source, payload, ...fields })),
    );

/** The source of a raw object without metadata, by its payload: an object that was put into the bucket by hand. */
export const sourceOf = (payload: Payload): string =>
  typeof payload.webhook_id === 'string' ? payload.webhook_id : ingestSource;

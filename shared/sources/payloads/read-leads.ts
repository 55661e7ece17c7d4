import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { jsonObject } from '../../codecs/json-object';
import { validationProblems, type ValidationProblem } from '../../codecs/validation-problem';
import type { Payload } from '../sent-payload';
import { withoutVolatile } from '../sent-payload';
import type { LeadFields } from './lead-fields';
import { leadEventFrom } from './lead-payload';
import type { PayloadSettings } from './payload-settings';

/** What makes two deliveries the same event: their content, or a key of the provider. */
export type Identity =
  | Readonly<{ kind: 'content'; payload: Payload }>
  /** `ordinal` numbers the leads of one body that have the same lead id and the same key: 0, 1, … */
  | Readonly<{ kind: 'key'; key: string; ordinal: number }>;

/** What was read of one lead of a body. */
export type Reading = Readonly<{
  /** What is kept of the request about this lead: the raw object. */
  payload: Payload;
  identity: Identity;
  /** What was left out or cut. The path is the name of the lead's field. */
  warnings: readonly ValidationProblem[];
  fields: E.Either<readonly ValidationProblem[], LeadFields>;
}>;

/**
 * Reads all leads of an authentic body, which has no secret in it. Never throws.
 *
 * @returns nothing if the body has no lead, such as a provider's test request
 */
export const readLeads =
  (sourceId: string, settings: PayloadSettings) =>
  (body: unknown): readonly Reading[] => {
    const decoded = jsonObject.decode(body);
    if (E.isLeft(decoded)) return [unreadable(validationProblems(decoded.left))];
    const payload = decoded.right;
    return Object.keys(payload).length === 0 ? [] : [readPayload(sourceId, settings)(payload)];
  };

/** Reads a kept payload with the present settings, for `leadline replay --remap`. */
export const remapLead =
  (sourceId: string, settings: PayloadSettings) =>
  (payload: Payload): Reading | undefined =>
    readLeads(sourceId, settings)(payload)[0];

const readPayload =
  (sourceId: string, settings: PayloadSettings) =>
  (payload: Payload): Reading => ({
    payload,
    identity: { kind: 'content', payload: withoutVolatile(payload, settings.volatile_fields) },
    warnings: [],
    fields: pipe(
      leadEventFrom(sourceId)(payload),
      E.map(({ lead_id, email, display_name, status, occurred_at }) => ({
        lead_id,
        email,
        ...(display_name === undefined ? {} : { display_name }),
        ...(status === undefined ? {} : { status }),
        ...(occurred_at === undefined ? {} : { occurred_at }),
      })),
    ),
  });

const unreadable = (problems: readonly ValidationProblem[]): Reading => ({
  payload: {},
  identity: { kind: 'content', payload: {} },
  warnings: [],
  fields: E.left(problems),
});

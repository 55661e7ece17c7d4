import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { type SecretFilter, secretFilter } from '../../codecs/secret-filter';
import type { ValidationProblem } from '../../codecs/validation-problem';
import { bodyProblems } from '../../sources/payloads/body-problems';
import type { LeadFieldName, LeadFields } from '../../sources/payloads/lead-fields';
import { parseBody } from '../../sources/payloads/parse-body';
import { bodyFormatOf } from '../../sources/payloads/payload-settings';
import { type Reading, readLeads } from '../../sources/payloads/read-leads';
import { withoutSecretFields } from '../../sources/sent-payload';
import type { ValidSource } from './checked-source';
import { sampleOf } from './test-sample';

/** A lead as Leadline would read it. */
export type TriedLead = Readonly<{
  /** `undefined` if the lead is not valid. */
  fields: LeadFields | undefined;
  /** What was left out or cut, by the name of the field. */
  warnings: readonly ValidationProblem[];
  /** Why the lead is not valid, by the place in the payload or the name of the field. */
  problems: readonly ValidationProblem[];
  /** What `event_key` found. `undefined`: the content of the lead identifies the event. */
  key: string | undefined;
}>;

/**
 * What Leadline would make of a request of a source. `unreadable`: the bytes are no body of the format. `ignored`: an
 * authentic request without a lead, such as a test of the provider.
 */
type TriedPayload =
  | Readonly<{ kind: 'unreadable'; problems: readonly ValidationProblem[] }>
  | Readonly<{ kind: 'ignored' }>
  | Readonly<{ kind: 'leads'; leads: readonly TriedLead[] }>;

/**
 * Reads a payload as the functions read the body of an authentic request, and stores nothing.
 *
 * @param source need not be stored
 */
export const tryPayload = ({ id, auth, payload }: ValidSource, body: Uint8Array): TriedPayload =>
  pipe(
    parseBody(bodyFormatOf(payload), sampleOf(payload, body).contentType, body),
    E.match(
      (problem): TriedPayload =>
        problem.kind === 'empty' ? { kind: 'ignored' } : { kind: 'unreadable', problems: bodyProblems(problem) },
      (json): TriedPayload => {
        const readings = readLeads(id, payload)(withoutSecretFields(json));
        return readings.length === 0
          ? { kind: 'ignored' }
          : { kind: 'leads', leads: readings.map(triedLead(secretFilter(auth.secrets))) };
      },
    ),
  );

const triedLead =
  ({ isIn, takenFrom }: SecretFilter) =>
  ({ fields, warnings, identity }: Reading): TriedLead => {
    const key = identity.kind === 'key' ? identity.key : undefined;
    if (E.isLeft(fields)) return { fields: undefined, warnings, problems: fields.left, key };
    const problems = (['lead_id', 'email'] as const).filter((name) => isIn(fields.right[name])).map(secretProblem);
    return problems.length === 0
      ? { fields: takenFrom(fields.right) as LeadFields, warnings, problems, key }
      : { fields: undefined, warnings, problems, key };
  };

/** A field that contains the secret cannot identify a lead. In the other fields, the secret is replaced by `***`. */
const secretProblem = (path: LeadFieldName): ValidationProblem => ({ path, message: 'must not contain the secret' });

import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { jsonObject } from '../codecs/json-object';
import { withKnownFields } from '../codecs/known-fields';
import { leadNamespace } from '../lead/lead-namespace';
import { silenceHours } from '../stored/source-activity';
import { auth, type Auth } from './auth';
import { payloadSettings, type PayloadSettings } from './payloads/payload-settings';

/** A source that may send leads: how its senders authenticate, and how its payloads are read. */
export type Source = Readonly<{
  auth: Auth;
  payload: PayloadSettings;
  /** Sources with the same namespace share their lead ids: an event of one source changes the lead of another one. */
  lead_namespace?: string;
  /** An alarm rings if the source sends no new lead for longer. Without it there is no such alarm. */
  silence_hours?: number;
  /**
   * How senders authenticated by the previous version of the sources secret. `unknown` if that version could not be
   * read. Not a setting.
   */
  previous?: Auth | 'unknown';
}>;

/**
 * What becomes of an authentic payload that is no valid lead. By default it is kept, because a provider does not retry
 * after a 4xx. A sender of `body-secret` gets a 422, whose problems it can correct.
 */
export const onInvalidOf = ({ auth: { scheme }, payload }: Pick<Source, 'auth' | 'payload'>): 'quarantine' | 'reject' =>
  payload.on_invalid ?? (scheme === 'body-secret' ? 'reject' : 'quarantine');

type Entry = Readonly<Record<string, unknown>>;

/**
 * An entry of the sources secret: `{auth, payload, lead_namespace, silence_hours}`, or the earlier form
 * `{"kind": "shared-secret", "secrets": […]}`.
 */
export const source = new t.Type<Source, unknown, unknown>(
  'Source',
  (value): value is Source => E.isRight(source.decode(value)),
  (value, context) =>
    pipe(
      jsonObject.validate(value, context),
      E.flatMap((entry) => ('kind' in entry ? earlierForm(entry, context) : presentForm(entry, context))),
    ),
  t.identity,
);

const presentForm = (entry: Entry, context: t.Context): t.Validation<Source> => {
  const { auth: authOf, payload = {} } = entry;
  return sourceFrom(
    at('auth', auth, authOf, context),
    at('payload', payloadSettings, payload, context),
    at('', withKnownFields(['auth', 'payload', ...Object.keys(about.props)], about), entry, context),
  );
};

/** Senders of the earlier form send their secret in the body, or in the header X-Webhook-Secret. */
const earlierForm = (entry: Entry, context: t.Context): t.Validation<Source> => {
  const { kind, secrets, volatile_fields } = entry;
  const ofKind = at('kind', t.literal('shared-secret'), kind, context);
  return E.isLeft(ofKind)
    ? ofKind
    : sourceFrom(
        at('', auth, { scheme: 'body-secret', secrets }, context),
        at('', payloadSettings, volatile_fields === undefined ? {} : { volatile_fields }, context),
        at('', about, entry, context),
      );
};

const about = t.partial({ lead_namespace: leadNamespace, silence_hours: silenceHours });

/** Validates a field. With an empty key, the problems are those of the entry itself. */
const at = <A>(key: string, type: t.Decoder<unknown, A>, value: unknown, context: t.Context): t.Validation<A> =>
  type.validate(value, t.appendContext(context, key, type, value));

/** All problems of all parts, not only the first. */
const sourceFrom = (
  authOf: t.Validation<Auth>,
  payload: t.Validation<PayloadSettings>,
  rest: t.Validation<t.TypeOf<typeof about>>,
): t.Validation<Source> => {
  if (E.isRight(authOf) && E.isRight(payload) && E.isRight(rest)) {
    const { lead_namespace, silence_hours } = rest.right;
    return E.right({
      auth: authOf.right,
      payload: payload.right,
      ...(lead_namespace === undefined ? {} : { lead_namespace }),
      ...(silence_hours === undefined ? {} : { silence_hours }),
    });
  }
  return E.left([authOf, payload, rest].flatMap((part: t.Validation<unknown>) => (E.isLeft(part) ? part.left : [])));
};

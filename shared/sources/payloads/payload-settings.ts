import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { withKnownFields } from '../../codecs/known-fields';
import { volatileField } from '../volatile-field';
import { type BodyFormat, bodyFormat } from './body-format';
import { expression } from './expression';
import { payloadPreset } from './payload-preset';

const required = { lead_id: expression, email: expression };
const optional = { display_name: expression, status: expression, occurred_at: expression };
const fields = withKnownFields(Object.keys({ ...required, ...optional }), t.partial({ ...required, ...optional }));

const settings = {
  format: bodyFormat,
  preset: payloadPreset,
  /** Selects the leads of a body: one object, or an array of objects. */
  leads: expression,
  /** Where each field of a lead is, relative to what `leads` selects. */
  fields,
  /** The provider's id of the event. Deliveries with the same key and the same lead are one event. */
  event_key: expression,
  /** Fields that change from one delivery of the same event to the next. They do not identify the event. */
  volatile_fields: t.readonlyArray(volatileField),
  /** What happens to an authentic payload that is no valid lead. */
  on_invalid: t.keyof({ quarantine: null, reject: null }),
};

const anySettings = withKnownFields(
  Object.keys(settings),
  t.readonly(
    t.partial({
      ...settings,
      volatile_fields: t.refinement(settings.volatile_fields, (names) => names.length <= 50, 'at most 50 fields'),
    }),
    'PayloadSettings',
  ),
);

const withRequiredFields = t.type({ fields: t.type(required) });

/** The `payload` setting of a source: how its payloads become leads. */
export const payloadSettings = new t.Type<t.TypeOf<typeof anySettings>>(
  anySettings.name,
  anySettings.is,
  (value, context) =>
    pipe(
      anySettings.validate(value, context),
      E.flatMap((read) =>
        read.fields === undefined || read.preset !== undefined
          ? E.right(read)
          : pipe(
              // Only a preset has expressions for what `fields` leaves out.
              withRequiredFields.validate(read, context),
              E.map(() => read),
            ),
      ),
    ),
  t.identity,
);

export type PayloadSettings = t.TypeOf<typeof payloadSettings>;

/** The format of the bodies of a source. The setting of the source goes before that of its preset. */
export const bodyFormatOf = ({ format, preset }: PayloadSettings): BodyFormat =>
  format ?? (preset === 'form' ? 'form' : 'json');

/**
 * Whether the fields that were read must be kept with an event. Without a mapping, the payload alone says them, in the
 * formats of `POST /ingest` and `POST /webhook`.
 */
export const isMapped = ({ preset, leads, fields }: PayloadSettings): boolean =>
  preset !== undefined || leads !== undefined || fields !== undefined;

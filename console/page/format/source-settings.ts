import type { PresetChoice, SchemeChoice } from '../../api/sources';
import { prettyJson } from '../../../shared/codecs/pretty-json';
import { objectIn } from './typed-json';

/** The form of a new source. */
export type SourceForm = Readonly<{
  id: string;
  /** The name of a preset, or empty for a scheme and a mapping of its own. */
  preset: string;
  /** Used without a preset. */
  scheme: string;
  /** Settings of the scheme other than secrets, by their names. Empty ones are left out. */
  auth: Readonly<Record<string, string>>;
  /** The text of a JSON object: format, leads, fields, event_key, … */
  payload: string;
  namespace: string;
  silenceHours: string;
}>;

export const emptyForm: SourceForm = {
  ...{ id: '', preset: 'hubspot', scheme: 'hmac', auth: {}, payload: '', namespace: '', silenceHours: '' },
};

type Settings = Readonly<Record<string, unknown>>;

/** The form of a preset: what the preset sets can be changed. */
export const withPreset = (form: SourceForm, preset: PresetChoice | undefined): SourceForm => {
  const { auth = {}, payload } = (preset?.settings ?? {}) as Readonly<{ auth?: Settings; payload?: Settings }>;
  const { scheme, ...rest } = auth;
  return {
    ...form,
    preset: preset?.name ?? '',
    scheme: typeof scheme === 'string' ? scheme : form.scheme,
    auth: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])),
    payload: payload === undefined ? (preset === undefined ? mappingTemplate : '') : prettyJson(payload),
  };
};

/** Where a mapping of one's own begins. */
export const mappingTemplate = prettyJson({
  fields: { lead_id: 'contact.id', email: 'contact.email', display_name: 'contact.name' },
});

/**
 * The settings that a form makes, or what is wrong with it, by field. The server checks them again, because it knows all
 * rules.
 */
export const settingsOf = (
  form: SourceForm,
  scheme: SchemeChoice | undefined,
): Readonly<{ settings: Settings; problems: Readonly<Partial<Record<'payload' | 'silenceHours', string>>> }> => {
  const payload = objectIn(form.payload);
  const hours = form.silenceHours.trim();
  const known = [...(scheme?.required ?? []), ...(scheme?.optional ?? [])];
  const auth = Object.entries(form.auth).filter(([name, value]) => known.includes(name) && value !== '');
  return {
    settings: {
      auth: { scheme: form.scheme, ...Object.fromEntries(auth.map(([name, value]) => [name, typed(name, value)])) },
      ...(payload.kind === 'object' && Object.keys(payload.object).length > 0 ? { payload: payload.object } : {}),
      ...(form.namespace.trim() === '' ? {} : { lead_namespace: form.namespace.trim() }),
      ...(Number(hours) > 0 ? { silence_hours: Number(hours) } : {}),
    },
    problems: {
      ...(payload.kind === 'problem' ? { payload: payload.problem } : {}),
      ...(hours === '' || Number(hours) > 0 ? {} : { silenceHours: 'Give a number of hours, such as 24.' }),
    },
  };
};

/** How the payloads of a source become leads, in words: by a preset, by a mapping in its settings, or without one. */
export const payloadText = (preset: string | null, settings: Settings | null): string => {
  if (preset !== null) return preset;
  const { leads, fields } = (settings?.payload ?? {}) as Settings;
  return leads === undefined && fields === undefined ? 'the fields of POST /webhook' : 'a mapping of its own';
};

/** The name of a setting as the label of a field: `timestamp_header` is “Timestamp header”. */
export const settingLabel = (name: string): string => {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const typed = (name: string, value: string): string | number =>
  name === 'tolerance_seconds' && /^\d+$/.test(value) ? Number(value) : value;

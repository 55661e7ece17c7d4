import type { PayloadSettings } from './payload-settings';
import { presetMappings } from './presets/preset-mappings';

/** How a source's payloads become leads. Without `fields`, the names of `POST /ingest` and `POST /webhook` apply. */
export type Mapping = Readonly<{
  leads: string | undefined;
  fields: NonNullable<PayloadSettings['fields']> | undefined;
  event_key: string | undefined;
  volatile_fields: readonly string[];
}>;

/** The mapping of a source: its settings, and for the rest those of its preset. */
export const mappingOf = ({ preset, leads, fields, event_key, volatile_fields }: PayloadSettings): Mapping => {
  const given = preset === undefined ? undefined : presetMappings[preset];
  return {
    leads: leads ?? given?.leads,
    fields: given === undefined ? fields : { ...given.fields, ...fields },
    event_key: event_key ?? given?.event_key,
    volatile_fields: volatile_fields ?? given?.volatile_fields ?? [],
  };
};

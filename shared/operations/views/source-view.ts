import { onInvalidOf } from '../../sources/source';
import { bodyFormatOf } from '../../sources/payloads/payload-settings';
import type { CheckedSource } from '../sources/checked-source';

/**
 * A source as JSON for programs, without its secrets. `keys` is the number of its valid secrets: the output masks a
 * field whose name contains "secret". `problems` is empty for a source that the functions accept.
 */
export const sourceView = (source: CheckedSource) => {
  if (source.kind === 'invalid') {
    const { id, problems } = source;
    // A text that cannot be an id may be a secret in the wrong place. Its problems name the entry by its number.
    const isNamed = problems.some((problem) => problem.startsWith(id));
    return { id: isNamed ? id : null, scheme: null, problems };
  }
  const { id, auth, payload, leadNamespace, silenceHours } = source;
  return {
    id,
    scheme: auth.scheme,
    preset: payload.preset ?? null,
    format: bodyFormatOf(payload),
    keys: auth.secrets.length,
    on_invalid: onInvalidOf(source),
    lead_namespace: leadNamespace ?? null,
    silence_hours: silenceHours ?? null,
    problems: [],
  };
};

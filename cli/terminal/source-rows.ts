import type { sourceView } from '../../shared/operations/views/source-view';
import { tableRow } from './table-row';

const row = tableRow([20, 18, 20, 8, 12, 12, 0]);

export const sourceHeading = row(['SOURCE', 'SCHEME', 'PAYLOAD', 'SECRETS', 'ON INVALID', 'NAMESPACE', 'SILENT AFTER']);

/** A source as a row under `sourceHeading`. */
export const sourceRow = (view: ReturnType<typeof sourceView>): string =>
  view.scheme === null
    ? row([view.id ?? '–', 'invalid'])
    : row([
        view.id,
        view.scheme,
        view.preset ?? (view.format === 'json' ? 'JSON' : view.format),
        String(view.keys),
        view.on_invalid,
        view.lead_namespace ?? '–',
        view.silence_hours === null ? '–' : `${view.silence_hours} h`,
      ]);

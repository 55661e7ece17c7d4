import type { PayloadSettings } from '../sources/payloads/payload-settings';

/** The source of a request, with the settings that apply to the request. */
export type Sender = Readonly<{
  sourceId: string;
  leadNamespace: string;
  payload: PayloadSettings;
  /** What becomes of a request that is no lead. */
  onInvalid: 'quarantine' | 'reject';
  /** All texts that may be a secret of the sender. They are removed from what is kept of the request. */
  secrets: readonly string[];
}>;

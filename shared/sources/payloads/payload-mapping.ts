import type { PayloadSettings } from './payload-settings';

/** How a provider's payloads become leads. Each preset is one. */
export type PayloadMapping = Readonly<
  Required<Pick<PayloadSettings, 'fields'>> & Pick<PayloadSettings, 'leads' | 'event_key' | 'volatile_fields'>
>;

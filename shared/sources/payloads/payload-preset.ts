import * as t from 'io-ts';

/** The providers whose payloads Leadline can read without a mapping. */
export const payloadPreset = t.keyof({
  'hubspot-workflow': null,
  pipedrive: null,
  close: null,
  typeform: null,
  calendly: null,
  'stripe-customers': null,
  'shopify-customers': null,
  'meta-leads': null,
  form: null,
});

export type PayloadPreset = t.TypeOf<typeof payloadPreset>;

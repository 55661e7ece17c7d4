import type { PayloadMapping } from '../payload-mapping';
import type { PayloadPreset } from '../payload-preset';
import { calendly } from './calendly';
import { close } from './close';
import { form } from './form';
import { hubspotWorkflow } from './hubspot-workflow';
import { metaLeads } from './meta-leads';
import { pipedrive } from './pipedrive';
import { shopifyCustomers } from './shopify-customers';
import { stripeCustomers } from './stripe-customers';
import { typeform } from './typeform';

/** The mapping of each preset. */
export const presetMappings: Readonly<Record<PayloadPreset, PayloadMapping>> = {
  'hubspot-workflow': hubspotWorkflow,
  pipedrive,
  close,
  typeform,
  calendly,
  'stripe-customers': stripeCustomers,
  'shopify-customers': shopifyCustomers,
  'meta-leads': metaLeads,
  form,
};

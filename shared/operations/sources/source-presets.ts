import type { Scheme } from '../../sources/auth';
import type { PayloadPreset } from '../../sources/payloads/payload-preset';

/** What `leadline sources add` knows of a provider: how it signs, what it sends, and where to enter the URL. */
export type SourcePreset = Readonly<{
  auth: Readonly<{ scheme: Scheme }> & Readonly<Record<string, string>>;
  payload?: Readonly<{ preset: PayloadPreset }>;
  /** Who makes the secret: the provider shows its own, or the operator enters one at the provider. */
  secretFrom: 'provider' | 'operator';
  /** What the secret is called at the provider. */
  secretName: string;
  /** What to set at the provider, in order. `{url}` is the URL of the source, `{user}` the user of basic. */
  steps: readonly string[];
}>;

const presets = {
  hubspot: {
    auth: { scheme: 'hubspot-v3' },
    payload: { preset: 'hubspot-workflow' },
    secretFrom: 'provider',
    secretName: 'client secret of the HubSpot app',
    steps: [
      'In a contact-based workflow, add the action "Send a webhook" with method POST and the URL {url}',
      'Choose the authentication "Include request signature in header", and enter the id of the app.',
    ],
  },
  pipedrive: {
    auth: { scheme: 'basic', user: 'leads' },
    payload: { preset: 'pipedrive' },
    secretFrom: 'operator',
    secretName: 'HTTP auth password',
    steps: [
      'In Tools and apps > Webhooks, create a webhook of version 2 for the object person, with the URL {url}',
      'Enter the HTTP auth username {user} and the secret as the HTTP auth password.',
    ],
  },
  close: {
    auth: { scheme: 'close' },
    payload: { preset: 'close' },
    secretFrom: 'provider',
    secretName: 'signature_key of the webhook subscription',
    steps: [
      'Create a webhook subscription by POST /api/v1/webhook/ of the API of Close, with the URL {url}',
      'Subscribe to object_type contact, actions created and updated.',
      'The response has the signature_key. Close makes one for each subscription.',
    ],
  },
  typeform: {
    auth: { scheme: 'typeform' },
    payload: { preset: 'typeform' },
    secretFrom: 'operator',
    secretName: 'secret of the webhook',
    steps: [
      'In Connect > Webhooks of the form, add a webhook with the URL {url}',
      'Edit the webhook, and enter the secret. Then switch the webhook on.',
    ],
  },
  calendly: {
    auth: { scheme: 'calendly' },
    payload: { preset: 'calendly' },
    secretFrom: 'operator',
    secretName: 'signing_key of the webhook subscription',
    steps: [
      'Create a webhook subscription by POST /webhook_subscriptions of the API of Calendly, with the URL {url}',
      'Give the secret as signing_key, and the events invitee.created and invitee.canceled.',
    ],
  },
  stripe: {
    auth: { scheme: 'stripe' },
    payload: { preset: 'stripe-customers' },
    secretFrom: 'provider',
    secretName: 'signing secret of the endpoint (whsec_…)',
    steps: [
      'In Workbench > Webhooks, add an endpoint with the URL {url}',
      'Select the events customer.created and customer.updated. Then reveal the signing secret of the endpoint.',
    ],
  },
  shopify: {
    auth: { scheme: 'shopify' },
    payload: { preset: 'shopify-customers' },
    secretFrom: 'provider',
    secretName: 'client secret of the app, or the signing key that Settings > Notifications > Webhooks shows',
    steps: [
      'In Settings > Notifications > Webhooks, create webhooks in JSON with the URL {url}',
      'Choose the events customer creation and customer update.',
    ],
  },
  meta: {
    auth: { scheme: 'meta' },
    payload: { preset: 'meta-leads' },
    secretFrom: 'provider',
    secretName: 'app secret',
    steps: [
      'In the app dashboard, product Webhooks, object Page, enter the callback URL {url}',
      'Enter the verify token, and subscribe to the field leadgen.',
      'Meta sends no field_data. A relay must add it, otherwise the leads are kept in quarantine: see docs/sources.md.',
    ],
  },
  github: {
    auth: { scheme: 'github' },
    secretFrom: 'operator',
    secretName: 'secret of the webhook',
    steps: [
      'In Settings > Webhooks, add a webhook with the payload URL {url}',
      'Choose the content type application/json, and enter the secret.',
    ],
  },
  intercom: {
    auth: { scheme: 'intercom' },
    secretFrom: 'provider',
    secretName: 'client secret of the app',
    steps: ['In the Developer Hub, open Webhooks of the app, enter the endpoint URL {url} and choose topics.'],
  },
  'standard-webhooks': {
    auth: { scheme: 'standard-webhooks' },
    secretFrom: 'provider',
    secretName: 'signing secret of the endpoint (whsec_…)',
    steps: ['Add a webhook endpoint with the URL {url}'],
  },
  form: {
    auth: { scheme: 'header-secret', header: 'x-webhook-secret' },
    payload: { preset: 'form' },
    secretFrom: 'operator',
    secretName: 'value of the header',
    steps: [
      'Make the server of the form send each form by POST, in application/x-www-form-urlencoded, to {url}',
      'Send the secret in the header {header}. A page in a browser cannot keep a secret.',
    ],
  },
} as const satisfies Readonly<Record<string, SourcePreset>>;

export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as readonly PresetName[];

export const isPresetName = (name: string): name is PresetName => Object.hasOwn(presets, name);

export const presetOf = (name: PresetName): SourcePreset => presets[name];

/** Schemes whose secret the provider makes. For the others, the operator enters a secret at the provider. */
export const secretFromOf = (scheme: Scheme): SourcePreset['secretFrom'] =>
  scheme === 'hubspot-v2'
    ? 'provider'
    : (Object.values<SourcePreset>(presets).find(({ auth }) => auth.scheme === scheme)?.secretFrom ?? 'operator');

/** Steps of a preset for one source. */
export const stepsFor = (
  { steps }: SourcePreset,
  places: Readonly<{ url: string; user?: string | undefined; header?: string | undefined }>,
): readonly string[] =>
  steps.map((step) => step.replace(/\{(url|user|header)\}/g, (all, name: keyof typeof places) => places[name] ?? all));

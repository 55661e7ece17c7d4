import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { jsonObject } from '../../codecs/json-object';
import { ownField } from '../../codecs/own-fields';
import { basic } from './basic';
import { bodySecret } from './body-secret';
import { calendly } from './calendly';
import { close } from './close';
import { github } from './github';
import { headerSecret } from './header-secret';
import { hmac } from './hmac';
import { hubspotV2 } from './hubspot-v2';
import { hubspotV3 } from './hubspot-v3';
import { intercom } from './intercom';
import { meta } from './meta';
import { shopify } from './shopify';
import { standardWebhooks } from './standard-webhooks';
import { stripe } from './stripe';
import { typeform } from './typeform';

/** The ways to authenticate a sender, by the `scheme` of a source's `auth`. To add one, see CONTRIBUTING.md. */
const schemes = {
  'body-secret': bodySecret,
  'header-secret': headerSecret,
  basic,
  hmac,
  'standard-webhooks': standardWebhooks,
  'hubspot-v3': hubspotV3,
  'hubspot-v2': hubspotV2,
  close,
  stripe,
  github,
  shopify,
  intercom,
  typeform,
  calendly,
  meta,
} as const;

export type Scheme = keyof typeof schemes;

/** How the senders of a source are authenticated: a closed union by `scheme`. */
export type Auth = t.TypeOf<(typeof schemes)[Scheme]>;

export const schemeNames = Object.keys(schemes) as readonly Scheme[];

/** The names of a scheme's settings, without `scheme`. */
export const settingsOf = (scheme: Scheme): Readonly<{ required: readonly string[]; optional: readonly string[] }> => {
  const { required, optional } = schemes[scheme];
  return { required, optional };
};

const withScheme = t.type({ scheme: t.keyof(schemes) });

/** The `auth` setting of a source. A field that its scheme does not have is a problem. */
export const auth = new t.Type<Auth, unknown, unknown>(
  'a JSON object with the setting "scheme"',
  (value): value is Auth => Object.values(schemes).some((scheme) => scheme.is(value)),
  (value, context) =>
    pipe(
      jsonObject.validate(value, context),
      E.flatMap((object) => withScheme.validate({ scheme: ownField(object, 'scheme') }, context)),
      E.flatMap(({ scheme }): t.Validation<Auth> => {
        return schemes[scheme].validate(value, context);
      }),
    ),
  t.identity,
);

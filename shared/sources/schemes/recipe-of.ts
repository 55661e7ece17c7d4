import type { Auth } from './auth-settings';
import { calendlyRecipe } from './calendly';
import { closeRecipe } from './close';
import { githubRecipe } from './github';
import { hmacRecipe } from './hmac';
import { hubspotV2Recipe } from './hubspot-v2';
import { hubspotV3Recipe } from './hubspot-v3';
import { intercomRecipe } from './intercom';
import { metaRecipe } from './meta';
import type { Recipe } from './recipe';
import { shopifyRecipe } from './shopify';
import { standardWebhooksRecipe } from './standard-webhooks';
import { stripeRecipe } from './stripe';
import { typeformRecipe } from './typeform';

/** The schemes whose senders send their secret. */
export type UnsignedAuth = Extract<Auth, { scheme: 'body-secret' | 'header-secret' | 'basic' }>;

export type SignedAuth = Exclude<Auth, UnsignedAuth>;

/** How a source's senders sign. */
export const recipeOf = (auth: SignedAuth): Recipe => {
  switch (auth.scheme) {
    case 'hmac':
      return hmacRecipe(auth);
    case 'standard-webhooks':
      return standardWebhooksRecipe(auth);
    case 'hubspot-v3':
      return hubspotV3Recipe(auth);
    case 'hubspot-v2':
      return hubspotV2Recipe;
    case 'close':
      return closeRecipe(auth);
    case 'stripe':
      return stripeRecipe(auth);
    case 'github':
      return githubRecipe;
    case 'shopify':
      return shopifyRecipe;
    case 'intercom':
      return intercomRecipe;
    case 'typeform':
      return typeformRecipe;
    case 'calendly':
      return calendlyRecipe(auth);
    case 'meta':
      return metaRecipe;
  }
};

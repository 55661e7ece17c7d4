import type { ValidationProblem } from '../../shared/codecs/validation-problem';
import type { RawTaken } from '../../shared/ports/raw-taken';
import type { StoreFailure } from '../../shared/ports/store-failure';
import type { Route } from '../lead-request';

/** Why a request was not accepted. `errors` name places in the body, never values. */
export type Refusal =
  | { readonly kind: 'no-such-route' }
  | { readonly kind: 'not-json-type' }
  | { readonly kind: 'not-form-type' }
  | { readonly kind: 'not-utf8-charset' }
  /** The body has a content encoding, such as gzip. */
  | { readonly kind: 'encoded' }
  | { readonly kind: 'too-large'; readonly maxBytes: number }
  | { readonly kind: 'not-utf8' }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'not-authentic'; readonly route: Route['name'] }
  | { readonly kind: 'not-a-lead'; readonly errors: readonly ValidationProblem[] }
  | RawTaken
  | StoreFailure;

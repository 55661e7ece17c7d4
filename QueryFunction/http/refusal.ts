import type { StoreFailure } from '../../shared/ports/store-failure';
import type { ValidationProblem } from '../../shared/codecs/validation-problem';

/** Why a query was not answered. `errors` name parameters, never values. */
export type QueryRefusal =
  | { readonly kind: 'bad-query'; readonly errors: readonly ValidationProblem[] }
  | { readonly kind: 'bad-cursor' }
  | { readonly kind: 'no-such-lead' }
  | StoreFailure;

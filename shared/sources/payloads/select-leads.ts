import { ExactNumber } from '../../codecs/exact-number';
import { maxValues } from '../../codecs/json-scan';
import { search } from './find-value';
import { shownBy, viewOf } from './json-view';

/** At most this many leads in a body. */
export const maxLeads = 500;

/** What `leads` selects in a body. `value` is what the body has there, or an object that the expression made. */
export type Selection =
  | Readonly<{ kind: 'leads'; leads: readonly SelectedLead[] }>
  /** `message`: why the body has no leads that could be read. */
  | Readonly<{ kind: 'refused'; message: string }>;

/** `isPart`: the value is an object of the body itself, so that it can be found there. */
export type SelectedLead = Readonly<{ value: unknown; isPart: boolean }>;

/**
 * Selects the leads of a body. Without an expression the body is the only lead. `null`, `false`, `""`, `[]` and `{}`
 * mean that there is none, such as in a provider's test request.
 */
export const selectLeads = (expression: string | undefined, body: unknown): Selection => {
  if (expression === undefined) return { kind: 'leads', leads: isEmptyObject(body) ? [] : [whole(body)] };
  const { view, shown } = viewOf(body);
  const found = search(expression, { view, shown });
  if (found.kind === 'failed') return { kind: 'refused', message: 'the expression `leads` fails on this payload' };
  const results = Array.isArray(found.value)
    ? [...new Set<unknown>(found.value)].filter((one) => one !== null)
    : [found.value].filter(isTruthy);
  if (results.length > maxLeads) return { kind: 'refused', message: `must have at most ${maxLeads} leads` };
  const leads = results.map((result) => ({ value: shownBy(shown, result), isPart: shown.has(result as object) }));
  // Leads that contain each other multiply the work. Those of a provider never do.
  return sizeOf(leads.map(({ value }) => value)) > 2 * maxValues
    ? { kind: 'refused', message: `must have at most ${2 * maxValues} values in its leads` }
    : { kind: 'leads', leads };
};

const whole = (value: unknown): SelectedLead => ({ value, isPart: true });

const isEmptyObject = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !(value instanceof ExactNumber) &&
  !Array.isArray(value) &&
  Object.keys(value).length === 0;

/** Truth as JMESPath defines it, so that an expression can be `action != 'deleted' && data`. */
const isTruthy = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false && value !== '' && !isEmptyObject(value);

const sizeOf = (value: unknown): number =>
  typeof value !== 'object' || value === null
    ? 1
    : Object.values(value).reduce((size: number, one: unknown) => size + sizeOf(one), 1);

import type { QuarantineItem, QuarantineState } from '../../stored/quarantine-item';
import { minIdLength } from '../choose-dead-letters';

/** Which quarantined requests an operator chooses. A request must match each criterion that is present. */
export type QuarantineChoice = Readonly<{
  /** Ids, or their first characters. Empty for any id. */
  ids: readonly string[];
  source?: string;
  state?: QuarantineState;
  /** The place of a problem, such as `email`. */
  problem?: string;
  /** The ids that the operator confirmed. No other is chosen. */
  confirmed?: readonly string[];
  /** Chooses requests without any other criterion. */
  all?: boolean;
}>;

/** Whether a choice says which requests. A choice without ids and source chooses nothing without `all`. */
export const saysWhich = ({ ids, source, all = false }: QuarantineChoice): boolean =>
  all || ids.length > 0 || source !== undefined;

/** Whether a choice includes a request. */
export const includes =
  ({ ids, source, state, problem, confirmed }: QuarantineChoice) =>
  (item: QuarantineItem): boolean =>
    (confirmed === undefined || confirmed.includes(item.id)) &&
    (ids.length === 0 || ids.some((id) => isIdOf(id, item))) &&
    (source === undefined || item.source === source) &&
    (state === undefined || item.state === state) &&
    (problem === undefined || item.problems.some(({ path }) => path === problem));

/** The ids that match none of these requests. */
export const unmatchedQuarantineIds = (ids: readonly string[], items: readonly QuarantineItem[]): readonly string[] =>
  ids.filter((id) => !items.some((item) => isIdOf(id, item)));

const isIdOf = (id: string, item: QuarantineItem): boolean => id.length >= minIdLength && item.id.startsWith(id);

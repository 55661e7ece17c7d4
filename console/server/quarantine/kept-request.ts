import { problemText } from '../../../shared/codecs/validation-problem';
import { maskAddressesIn } from '../../../shared/codecs/mask-personal';
import type { QuarantineItem } from '../../../shared/stored/quarantine-item';
import type { QuarantineFilter, QuarantineGroup, QuarantineRow } from '../../api/quarantine';
import { problemWith } from '../problem-with';

/** A quarantined request, with what the latest action of this console did with it. */
export type KeptRequest = Readonly<{ item: QuarantineItem; outcome: QuarantineRow['outcome'] }>;

/** Identifies a request in lists: an id is unique within its source only. */
export const keyOf = ({ source, id }: Readonly<{ source: string; id: string }>): string => `${source}/${id}`;

/** @param isShown whether addresses in problems are shown as they are */
export const rowOf = ({ item, outcome }: KeptRequest, isShown = false): QuarantineRow => {
  const { id, source, state, kind, received_at } = item;
  const problems = problemsIn(item.problems, isShown);
  const shown = outcome === null ? null : { ...outcome, problems: problemsIn(outcome.problems, isShown) };
  return { id, source, state, kind, problems, received_at, outcome: shown };
};

/** The names of fields in problems are those of a sender, who may have put an address there. */
export const problemsIn = (problems: Problems, isShown = false): Problems =>
  isShown ? problems : problems.map((problem) => problemWith(maskAddressesIn, problem));

type Problems = QuarantineRow['problems'];

/** Whether a filter includes a request. */
export const includes = ({ state = 'QUARANTINED', source, kind, problem, search = '' }: QuarantineFilter) => {
  const wanted = search.trim().toLowerCase();
  return ({ item }: KeptRequest): boolean =>
    (state === 'all' || item.state === state) &&
    (source === undefined || item.source === source) &&
    (kind === undefined || item.kind === kind) &&
    // The page knows the problems as they are masked.
    (problem === undefined ||
      problemsIn(item.problems).some((one) => one.path === problem || problemText(one) === problem)) &&
    (wanted === '' ||
      [item.id, item.source, ...item.problems.map(problemText)].some((text) => text.toLowerCase().includes(wanted)));
};

/** The requests by source, kind and first problem, the largest group first. */
export const requestGroups = (requests: readonly KeptRequest[]): readonly QuarantineGroup[] => {
  const groups = new Map<string, QuarantineGroup>();
  for (const { item } of requests) {
    const { source, kind, received_at } = item;
    const [problem = { path: '', message: 'has no recorded problem' }] = problemsIn(item.problems.slice(0, 1));
    const key = [source, kind, problemText(problem)].join('\n');
    const known = groups.get(key) ?? { source, kind, problem, count: 0, oldest: received_at };
    const oldest = received_at < known.oldest ? received_at : known.oldest;
    groups.set(key, { ...known, oldest, count: known.count + 1 });
  }
  return [...groups.values()].sort((one, other) => other.count - one.count);
};

import { useState } from 'react';
import type { quarantine, QuarantineChoice, QuarantineFilter, QuarantineRow } from '../../../api/quarantine';
import { open } from '../../app/navigate';
import { useShortcut } from '../../app/shortcuts';
import { counted, whole } from '../../format/number';
import { badges } from '../../format/states';
import { visible } from '../../format/visible';
import { Button } from '../../parts/button';
import { DataTable } from '../../parts/data-table';
import { Empty } from '../../parts/empty';
import { Select } from '../../parts/field';
import { Link } from '../../parts/link';
import { SearchBox } from '../../parts/search-box';
import { DiscardRequests, RevalidateRequests } from './actions';
import { columns } from './columns';
import { quarantineStates } from '../../app/quarantine-search';

type List = (typeof quarantine)['answer']['_A'];

const revalidateId = 'revalidate-requests';
const discardId = 'discard-requests';

const keyOf = ({ source, id }: QuarantineRow): string => `${source}/${id}`;

/** The requests that match the filters, and the actions on those that are chosen, or on all of them. */
export const Requests = ({ list, filter }: Readonly<{ list: List; filter: QuarantineFilter }>) => {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const { rows, since, total } = list;
  const chosen = rows.filter((row) => marked.has(keyOf(row)));
  useShortcut('r', 'Revalidate the chosen requests (asks)', () => press(revalidateId));
  useShortcut('d', 'Discard the chosen requests (asks)', () => press(discardId));
  if (since === null) return null;
  if (total === 0)
    return (
      <section className="card" aria-label="Nothing in quarantine">
        <Empty title="Nothing in quarantine">
          If a request of an authentic sender cannot be read as a lead, it is kept here with its problems.
        </Empty>
      </section>
    );
  const choice = choiceOf(list, filter, chosen, since);
  return (
    <section className="card" aria-label="List of quarantined requests">
      <Filters list={list} filter={filter} />
      <div className="list-bar">
        <p className="sub num" role="status">
          {chosen.length > 0 ? `${counted(chosen.length, 'request')} chosen.` : found(list)}
        </p>
        <div className="row">
          {chosen.length > 0 ? (
            <Button look="quiet" onClick={() => setMarked(new Set())}>
              Choose none
            </Button>
          ) : null}
          <DiscardRequests choice={choice} id={discardId} />
          <RevalidateRequests choice={choice} id={revalidateId} />
        </div>
      </div>
      {rows.length === 0 ? (
        <Empty title="No request matches">
          <Link to="/quarantine" search={{ state: 'all' }}>
            Show all {whole(total)}
          </Link>
        </Empty>
      ) : (
        <DataTable
          label="Quarantined requests, oldest first"
          rows={rows}
          columns={columns}
          keyOf={keyOf}
          onOpen={({ source, id }) => open({ to: '/quarantine/request', search: { source, id } })}
          selection={{
            chosen: new Set(chosen.map(keyOf)),
            onChange: setMarked,
            nameOf: (key) => visible(key.slice(0, key.lastIndexOf('/') + 13)),
          }}
        />
      )}
    </section>
  );
};

const press = (id: string): void => document.getElementById(id)?.click();

/** The chosen rows, or all that match. Only those in state QUARANTINED can be decided on. */
const choiceOf = (
  { rows, matching }: List,
  filter: QuarantineFilter,
  chosen: readonly QuarantineRow[],
  since: string,
): QuarantineChoice => {
  const possible = chosen.filter(({ state }) => state === 'QUARANTINED');
  if (chosen.length > 0) return { since, count: possible.length, ids: possible.map(keyOf), filter: { state: 'all' } };
  const isOpen = filter.state === undefined || filter.state === 'QUARANTINED';
  const shown = rows.filter(({ state }) => state === 'QUARANTINED').length;
  return { since, count: isOpen ? matching : shown, filter };
};

const found = ({ matching, rows }: List): string =>
  rows.length < matching
    ? `${counted(matching, 'request')}. The oldest ${whole(rows.length)} are listed; the actions are for all.`
    : `${counted(matching, 'request')}, oldest first.`;

const Filters = ({ list, filter }: Readonly<{ list: List; filter: QuarantineFilter }>) => {
  const narrow = (name: keyof QuarantineFilter, value: string): void =>
    open({ to: '/quarantine', search: { ...filter, [name]: value } }, { replace: true });
  const words = (state: (typeof quarantineStates)[number]): string =>
    state === 'all' ? `All states (${whole(list.total)})` : `${badges[state].word} (${whole(list.states[state])})`;
  return (
    <div className="filters">
      <SearchBox
        label="Search by id, source or problem"
        value={filter.search ?? ''}
        onSearch={(text) => narrow('search', text)}
      />
      <Select
        label="State"
        isLabelHidden
        value={filter.state ?? 'QUARANTINED'}
        options={quarantineStates.map((state) => [state, words(state)] as const)}
        onChange={(event) => narrow('state', event.target.value)}
      />
      <Select
        label="Source"
        isLabelHidden
        value={filter.source ?? ''}
        options={[['', 'All sources'], ...list.sources.map((source) => [source, visible(source)] as const)]}
        onChange={(event) => narrow('source', event.target.value)}
      />
      {filter.problem === undefined && filter.kind === undefined ? null : (
        <Link to="/quarantine" className="btn quiet" replace>
          Not only “{visible(filter.problem ?? filter.kind ?? '')}”
        </Link>
      )}
    </div>
  );
};

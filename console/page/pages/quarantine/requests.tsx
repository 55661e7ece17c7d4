import { useState } from 'react';
import type { quarantine, QuarantineFilter } from '../../../api/quarantine';
import { open } from '../../app/navigate';
import { useShortcut } from '../../app/shortcuts';
import { chosenRows, chosenText, withoutActedOn } from '../../format/chosen-rows';
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
import { keyOf, requestChoice } from './request-choice';
import { quarantineStates } from '../../app/quarantine-search';

type List = (typeof quarantine)['answer']['_A'];

const revalidateId = 'revalidate-requests';
const discardId = 'discard-requests';

/** The requests that match the filters, and the actions on those that are chosen, or on all of them. */
export const Requests = ({ list, filter }: Readonly<{ list: List; filter: QuarantineFilter }>) => {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const { rows, since, total } = list;
  const chosen = chosenRows(rows, marked, keyOf);
  const isChosen = chosen !== 'all' && chosen.length > 0;
  useShortcut('r', 'Revalidate the chosen requests (asks)', () => press(revalidateId), isChosen || 'later');
  useShortcut('d', 'Discard the chosen requests (asks)', () => press(discardId), isChosen || 'later');
  if (since === null) return null;
  if (total === 0)
    return (
      <section className="card" aria-label="Nothing in quarantine">
        <Empty title="Nothing in quarantine">
          If a request of an authentic sender cannot be read as a lead, it is kept here with its problems.
        </Empty>
      </section>
    );
  const unmark = (): void => setMarked((now) => withoutActedOn(now, marked));
  const choice = requestChoice(list, filter, chosen, since);
  return (
    <section className="card" aria-label="List of quarantined requests">
      <Filters list={list} filter={filter} />
      <div className="list-bar">
        <p className="sub num" role="status">
          {chosen === 'all' ? found(list) : chosenText(chosen.length, counted(chosen.length, 'request'))}
        </p>
        <div className="row">
          {chosen === 'all' ? null : (
            <Button
              look="quiet"
              onClick={() => {
                // This button goes away, and would take the focus with it.
                document.getElementById(revalidateId)?.focus();
                setMarked(new Set());
              }}
            >
              Choose none
            </Button>
          )}
          <DiscardRequests choice={choice} id={discardId} onStarted={unmark} />
          <RevalidateRequests choice={choice} id={revalidateId} onStarted={unmark} />
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
            chosen: new Set(chosen === 'all' ? [] : chosen.map(keyOf)),
            onChange: setMarked,
            nameOf: (key) => visible(key.slice(0, key.lastIndexOf('/') + 13)),
          }}
        />
      )}
    </section>
  );
};

const press = (id: string): void => document.getElementById(id)?.click();

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

import { useState } from 'react';
import type { DeadLetterFilter, DeadLetterRow, deadLetters } from '../../../api/dead-letters';
import { open } from '../../app/navigate';
import { useShortcut } from '../../app/shortcuts';
import { counted, whole } from '../../format/number';
import { visible } from '../../format/visible';
import { Button } from '../../parts/button';
import { DataTable } from '../../parts/data-table';
import { Empty } from '../../parts/empty';
import { Select } from '../../parts/field';
import { Link } from '../../parts/link';
import { SearchBox } from '../../parts/search-box';
import { reasonTexts } from '../../../../shared/operations/views/reason-text';
import { type Chosen, DiscardLetters, RedriveLetters } from './actions';
import { columns } from './columns';
import { reasons } from '../../app/dead-letters-search';

type List = (typeof deadLetters)['answer']['_A'];

const redriveId = 'redrive-letters';
const discardId = 'discard-letters';

/** The dead letters that match the filters, and the actions on those that are chosen, or on all of them. */
export const Letters = ({ list, filter }: Readonly<{ list: List; filter: DeadLetterFilter }>) => {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const { rows, since } = list;
  const chosenRows = rows.filter(({ message }) => marked.has(message));
  useShortcut('r', 'Redrive the chosen dead letters (asks)', () => press(redriveId));
  useShortcut('d', 'Discard the chosen dead letters (asks)', () => press(discardId));
  if (since === null) return null;
  if (list.total === 0) return <NoLetters held={list.held} />;
  const choice = choiceOf(list, filter, chosenRows, since);
  return (
    <section className="card" aria-label="List of dead letters">
      <Filters list={list} filter={filter} />
      <div className="list-bar">
        <p className="sub num" role="status">
          {chosenRows.length > 0 ? `${counted(chosenRows.length, 'dead letter')} chosen.` : found(list, filter)}
        </p>
        <div className="row">
          {chosenRows.length > 0 ? (
            <Button look="quiet" onClick={() => setMarked(new Set())}>
              Choose none
            </Button>
          ) : null}
          <DiscardLetters of={choice} id={discardId} />
          <RedriveLetters of={choice} id={redriveId} />
        </div>
      </div>
      {rows.length === 0 ? (
        <Empty title="No dead letter matches">
          <Link to="/dead-letters">Show all {whole(list.total)}</Link>
        </Empty>
      ) : (
        <DataTable
          label="Dead letters, oldest first"
          rows={rows}
          columns={columns}
          keyOf={({ message }) => message}
          onOpen={({ message }) => open({ to: '/dead-letters/letter', search: { id: message } })}
          selection={{
            chosen: new Set(chosenRows.map(({ message }) => message)),
            onChange: setMarked,
            nameOf: (message) => visible(rows.find((row) => row.message === message)?.lead_id ?? message),
          }}
        />
      )}
    </section>
  );
};

const press = (id: string): void => document.getElementById(id)?.click();

/** The chosen rows, or all that match the filters, also those that the page does not have. */
const choiceOf = (
  { matching, rows, groups }: List,
  filter: DeadLetterFilter,
  chosen: readonly DeadLetterRow[],
  since: string,
): Chosen => {
  if (chosen.length > 0) {
    const messages = chosen.map(({ message }) => message);
    return { choice: { since, count: chosen.length, messages }, reasons: reasonsOf(chosen) };
  }
  // The page may not have all rows, but it has all groups.
  const occurring = rows.length < matching ? groups.map(({ reason }) => reason) : reasonsOf(rows);
  const known = filter.reason === undefined ? occurring : [filter.reason];
  return { choice: { since, count: matching, filter }, reasons: known };
};

const reasonsOf = (rows: readonly DeadLetterRow[]) => [...new Set(rows.map(({ reason }) => reason))];

const found = ({ matching, total, rows }: List, filter: DeadLetterFilter): string => {
  const isNarrowed = Object.keys(filter).length > 0;
  const all = isNarrowed ? `${whole(matching)} of ${counted(total, 'dead letter')}` : counted(total, 'dead letter');
  return rows.length < matching
    ? `${all}. The oldest ${whole(rows.length)} are listed; the actions are for all ${whole(matching)}.`
    : `${all}, oldest first.`;
};

const Filters = ({ list, filter }: Readonly<{ list: List; filter: DeadLetterFilter }>) => {
  const narrow = (name: keyof DeadLetterFilter, value: string): void =>
    open({ to: '/dead-letters', search: { ...filter, [name]: value } }, { replace: true });
  const sources = [...new Set([...list.sources.flatMap(({ source }) => source ?? []), ...asList(filter.source)])];
  const present = reasons.filter((code) => code === filter.reason || list.groups.some(({ reason }) => reason === code));
  return (
    <div className="filters">
      <SearchBox
        label="Search by id, source or reason"
        value={filter.search ?? ''}
        onSearch={(text) => narrow('search', text)}
      />
      <Select
        label="Reason"
        isLabelHidden
        value={filter.reason ?? ''}
        options={[['', 'All reasons'], ...present.map((code) => [code, reasonTexts[code].title] as const)]}
        onChange={(event) => narrow('reason', event.target.value)}
      />
      <Select
        label="Source"
        isLabelHidden
        value={filter.source ?? ''}
        options={[['', 'All sources'], ...sources.map((source) => [source, visible(source)] as const)]}
        onChange={(event) => narrow('source', event.target.value)}
      />
    </div>
  );
};

const asList = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);

const NoLetters = ({ held }: Readonly<{ held: number }>) => (
  <section className="card" aria-label="No dead letters">
    {held > 0 ? (
      <Empty title="Other consumers hold the dead letters">
        A command or another console works on about {whole(held)}. Read again in 5 minutes.
      </Empty>
    ) : (
      <Empty title="No dead letters">
        No lead waits for a person. If a lead fails three times, it appears here with its reason, and what fixes it.
      </Empty>
    )}
  </section>
);

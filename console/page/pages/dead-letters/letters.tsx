import { useState } from 'react';
import type { DeadLetterFilter, deadLetters } from '../../../api/dead-letters';
import { open } from '../../app/navigate';
import { useShortcut } from '../../app/shortcuts';
import { chosenRows, chosenText, withoutActedOn } from '../../format/chosen-rows';
import { counted, whole } from '../../format/number';
import { visible } from '../../format/visible';
import { Button } from '../../parts/button';
import { DataTable } from '../../parts/data-table';
import { Empty } from '../../parts/empty';
import { Select } from '../../parts/field';
import { Link } from '../../parts/link';
import { SearchBox } from '../../parts/search-box';
import { reasonTexts } from '../../../../shared/operations/views/reason-text';
import { DiscardLetters, RedriveLetters } from './actions';
import { columns } from './columns';
import { letterChoice } from './letter-choice';
import { reasons } from '../../app/dead-letters-search';

type List = (typeof deadLetters)['answer']['_A'];

const redriveId = 'redrive-letters';
const discardId = 'discard-letters';

/** The dead letters that match the filters, and the actions on those that are chosen, or on all of them. */
export const Letters = ({ list, filter }: Readonly<{ list: List; filter: DeadLetterFilter }>) => {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const { rows, since } = list;
  const chosen = chosenRows(rows, marked, keyOf);
  const isChosen = chosen !== 'all' && chosen.length > 0;
  useShortcut('r', 'Redrive the chosen dead letters (asks)', () => press(redriveId), isChosen || 'later');
  useShortcut('d', 'Discard the chosen dead letters (asks)', () => press(discardId), isChosen || 'later');
  if (since === null) return null;
  if (list.total === 0) return <NoLetters held={list.held} />;
  const unmark = (): void => setMarked((now) => withoutActedOn(now, marked));
  const choice = letterChoice(list, filter, chosen, since);
  return (
    <section className="card" aria-label="List of dead letters">
      <Filters list={list} filter={filter} />
      <div className="list-bar">
        <p className="sub num" role="status">
          {chosen === 'all' ? found(list, filter) : chosenText(chosen.length, counted(chosen.length, 'dead letter'))}
        </p>
        <div className="row">
          {chosen === 'all' ? null : (
            <Button
              look="quiet"
              onClick={() => {
                // This button goes away, and would take the focus with it.
                document.getElementById(redriveId)?.focus();
                setMarked(new Set());
              }}
            >
              Choose none
            </Button>
          )}
          <DiscardLetters of={choice} id={discardId} onStarted={unmark} />
          <RedriveLetters of={choice} id={redriveId} onStarted={unmark} />
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
          keyOf={keyOf}
          onOpen={({ message }) => open({ to: '/dead-letters/letter', search: { id: message } })}
          selection={{
            chosen: new Set(chosen === 'all' ? [] : chosen.map(keyOf)),
            onChange: setMarked,
            nameOf: (message) => visible(rows.find((row) => row.message === message)?.lead_id ?? message),
          }}
        />
      )}
    </section>
  );
};

const keyOf = ({ message }: Readonly<{ message: string }>): string => message;

const press = (id: string): void => document.getElementById(id)?.click();

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

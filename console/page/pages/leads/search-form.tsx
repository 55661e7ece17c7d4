import { type SubmitEvent, useState } from 'react';
import { overview } from '../../../api/overview';
import { eventStates, fieldOf, type LeadsSearch, type SearchField, searchFields } from '../../app/leads-search';
import { useAsk } from '../../app/use-ask';
import { badges } from '../../format/states';
import { visible } from '../../format/visible';
import { Button } from '../../parts/button';
import { Select, TextField } from '../../parts/field';
import { open } from '../../app/navigate';

const fieldNames: Readonly<Record<SearchField, string>> = {
  id: 'Lead id',
  email: 'E-mail',
  owner: 'Owner',
  status: 'Status',
};

const hints: Readonly<Record<SearchField, string>> = {
  id: 'LD-20418',
  email: 'ana@example.com',
  owner: 'e-mail address, or the name if there is none',
  status: 'demo requested',
};

/** The search of the list. What it finds is in the address, so that a search can be kept as a link. */
export const SearchForm = ({ search }: Readonly<{ search: LeadsSearch }>) => {
  const given = fieldOf(search);
  const [field, setField] = useState<SearchField>(given?.field ?? 'email');
  const [value, setValue] = useState(given?.value ?? '');
  const { data } = useAsk(overview, {});
  const sources = [...new Set([...(data?.sources.map(({ source }) => source) ?? []), ...asList(search.source)])].sort();

  const go = (changed: LeadsSearch): void => open({ to: '/leads', search: changed });
  const { sort, order, state, source, during, from, to } = search;
  const kept = { ...(sort === undefined ? {} : { sort }), ...(order === undefined ? {} : { order }) };
  const narrowed = {
    ...kept,
    ...(state === undefined ? {} : { state }),
    ...(source === undefined ? {} : { source }),
  };
  const period = during === undefined || from === undefined || to === undefined ? {} : { during, from, to };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = value.trim();
    // A search by a field finds leads of all times.
    go(text === '' ? { ...narrowed, ...period } : { ...narrowed, [field]: text });
  };
  const others = (name: 'state' | 'source'): LeadsSearch =>
    Object.fromEntries(Object.entries(search).filter(([key]) => key !== name));

  return (
    <form className="lead-search" role="search" aria-label="Search leads" onSubmit={submit}>
      <Select
        label="Search by"
        value={field}
        options={searchFields.map((name) => [name, fieldNames[name]])}
        onChange={(event) => setField(event.target.value as SearchField)}
      />
      <TextField
        label={fieldNames[field]}
        type="search"
        value={value}
        placeholder={hints[field]}
        onChange={(event) => setValue(event.target.value)}
      />
      <Button type="submit" icon="search">
        Search
      </Button>
      <Select
        label="State"
        value={state ?? ''}
        options={[['', 'All states'], ...eventStates.map((one) => [one, badges[one].word] as const)]}
        onChange={(event) =>
          go(
            event.target.value === ''
              ? others('state')
              : { ...search, state: event.target.value as (typeof eventStates)[number] },
          )
        }
      />
      <Select
        label="Source"
        value={source ?? ''}
        options={[['', 'All sources'], ...sources.map((one) => [one, visible(one)] as const)]}
        onChange={(event) =>
          go(event.target.value === '' ? others('source') : { ...search, source: event.target.value })
        }
      />
    </form>
  );
};

const asList = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);

import * as E from 'fp-ts/Either';
import { useMemo } from 'react';
import { notCountedText } from '../../../../shared/operations/views/not-counted';
import type { LeadRow } from '../../../api/leads';
import { leadsExportPath } from '../../../api/leads';
import { overview } from '../../../api/overview';
import { fieldOf, type LeadsSearch, oneOfSortColumns, periodIn, soughtIn, withoutPeriod } from '../../app/leads-search';
import { useNow } from '../../app/clock';
import { usePersonal } from '../../app/personal';
import { useAsk } from '../../app/use-ask';
import { nothingFoundText } from '../../format/nothing-found';
import { counted, whole } from '../../format/number';
import { periodText } from '../../format/period';
import { sortedLeads } from '../../format/sorted-leads';
import { ProblemCard, Skeleton, Stale } from '../../parts/answer';
import { Button } from '../../parts/button';
import { DataTable } from '../../parts/data-table';
import { Empty } from '../../parts/empty';
import { Icon } from '../../parts/icon';
import { Link } from '../../parts/link';
import { LiveRegion } from '../../parts/live-region';
import { focusTitle, PageHeader } from '../../parts/page-header';
import { PersonalSwitch } from '../../parts/personal';
import { columns } from './columns';
import { SearchForm } from './search-form';
import { useLeadPages } from './use-lead-pages';
import { open, useSearch } from '../../app/navigate';

/** Which leads are there? */
export const Leads = () => {
  const search = useSearch('/leads');
  const { sort, order } = search;
  const sought = soughtIn(search);
  const { personal } = usePersonal();
  const { data: pipeline } = useAsk(overview, {});
  const { query, rows, unreadable, isWhole, isOld, onFresh } = useLeadPages(sought, personal);
  const sorted = useMemo(
    () => (sort === undefined ? rows : sortedLeads(rows, sort, order !== 'up')),
    [rows, sort, order],
  );
  const { data, error, isPending, hasNextPage, isFetching, isFetchingNextPage, fetchNextPage, refetch } = query;
  const openRow = ({ lead_id, event_id }: LeadRow): void =>
    open({ to: '/leads/lead', search: { id: lead_id, event: event_id } });

  return (
    <>
      <PageHeader
        title="Leads"
        sub={<Found count={rows.length} hasMore={hasNextPage} isLoading={isPending} isSorted={sort !== undefined} />}
      >
        <PersonalSwitch />
        <Export search={sought} isShown={personal === 'shown'} />
      </PageHeader>
      <SearchForm key={keyOf(search)} search={search} />
      <PeriodNotice search={search} />
      <section className="card" aria-label="Leads found">
        <LiveRegion>
          {error !== null && data !== undefined ? <Stale problem={error.problem} since={query.dataUpdatedAt} /> : null}
          {isWhole ? null : (
            <p className="notice">
              <Icon name="system" />
              <span>
                {pipeline === undefined ? 'The leads are not all counted.' : notCountedText(pipeline)} Leads may be
                missing from this list until all are counted.
              </span>
            </p>
          )}
          {isOld ? (
            <div className="notice">
              <span>Leads have changed since this list was read.</span>
              <Button
                onClick={() => {
                  onFresh();
                  focusTitle();
                  void refetch();
                }}
              >
                Read it again
              </Button>
            </div>
          ) : null}
        </LiveRegion>
        {data === undefined && error !== null ? (
          <ProblemCard problem={error.problem} onRetry={() => void refetch()} isBusy={isFetching} />
        ) : isPending || (rows.length === 0 && (isFetching || hasNextPage)) ? (
          <Skeleton lines={12} />
        ) : rows.length === 0 ? (
          <NothingFound search={sought} isWhole={isWhole} />
        ) : (
          <DataTable
            label="Leads"
            rows={sorted}
            columns={columns}
            keyOf={({ lead_id, namespace, event_id }) => JSON.stringify([lead_id, namespace, event_id])}
            onOpen={openRow}
            {...(sort === undefined ? {} : { sort: { column: sort, isDown: order !== 'up' } })}
            onSort={({ column, isDown }) =>
              open({ to: '/leads', search: sortedBy(sought, column, isDown) }, { replace: true })
            }
            onMore={hasNextPage ? () => void fetchNextPage() : undefined}
            isLoadingMore={isFetchingNextPage}
          />
        )}
        {unreadable === 0 ? null : (
          <p className="foot sub">
            {counted(unreadable, 'item')} of the table cannot be read and {unreadable === 1 ? 'is' : 'are'} not listed.
          </p>
        )}
      </section>
    </>
  );
};

/** An event counts at its latest mail and its latest failure. */
const happenings = { received: 'were received', mailed: 'were last mailed', failed: 'last failed' } as const;

/** The period of the search, which only the links of the overview set, or why it is left out. */
const PeriodNotice = ({ search }: Readonly<{ search: LeadsSearch }>) => {
  const period = periodIn(search);
  const now = useNow(60_000);
  if (E.isRight(period) && period.right === undefined) return <LiveRegion />;
  return (
    <LiveRegion>
      <p className="notice">
        <Icon name={E.isLeft(period) ? 'alert' : 'search'} />
        <span>
          {E.isLeft(period) ? (
            <>The period in the address is left out: {period.left}</>
          ) : period.right === undefined ? null : (
            <>
              Only leads that {happenings[period.right.during]}: <b className="num">{periodText(period.right, now)}</b>.
              A search by id, e-mail, owner or status finds those of all times.
            </>
          )}
        </span>
        <Link to="/leads" search={withoutPeriod(search)} className="btn" onClick={focusTitle}>
          {E.isLeft(period) ? 'Remove the period' : 'Show all times'}
        </Link>
      </p>
    </LiveRegion>
  );
};

/** The form starts anew when the address has another search. */
const keyOf = (search: LeadsSearch): string => JSON.stringify(fieldOf(search) ?? null);

const sortedBy = (search: LeadsSearch, column: string, isDown: boolean): LeadsSearch => {
  const sort = oneOfSortColumns(column);
  return { ...search, ...(sort === undefined ? {} : { sort }), ...(isDown ? {} : { order: 'up' }) };
};

const Found = ({
  count,
  hasMore,
  isLoading,
  isSorted,
}: Readonly<{ count: number; hasMore: boolean; isLoading: boolean; isSorted: boolean }>) => (
  <span className="num" role="status">
    {isLoading
      ? 'Searching…'
      : hasMore
        ? `${whole(count)} loaded, more follow when you scroll${isSorted ? '. Only the loaded ones are sorted' : ', newest first'}.`
        : `${counted(count, 'lead')}${isSorted || count < 2 ? '' : ', newest first'}.`}
  </span>
);

const NothingFound = ({ search, isWhole }: Readonly<{ search: LeadsSearch; isWhole: boolean }>) => {
  if (isWhole && Object.keys(search).length === 0)
    return (
      <Empty title="No lead has arrived yet">
        Send one with the page Send a lead, or with <code className="mono">leadline send</code>.
      </Empty>
    );
  return <Empty title="No lead matches">{nothingFoundText(search)}</Empty>;
};

/** Downloads all leads that the search finds, not only those that are loaded. */
const Export = ({ search, isShown }: Readonly<{ search: LeadsSearch; isShown: boolean }>) => {
  const href = (format: string): string =>
    `${leadsExportPath}?${new URLSearchParams({ ...search, format, ...(isShown ? { personal: 'shown' } : {}) })}`;
  const about = isShown ? 'all leads of this search, with personal data' : 'all leads of this search, masked';
  return (
    <span className="row" role="group" aria-label="Export">
      <a className="btn" href={href('csv')} download title={`Download ${about}`}>
        <Icon name="download" />
        CSV
      </a>
      <a className="btn" href={href('json')} download title={`Download ${about}`}>
        <Icon name="download" />
        JSON
      </a>
    </span>
  );
};

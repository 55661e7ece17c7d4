import type { SourceOverview } from '../../../../shared/operations/views/overview';
import { type SourceRow, sources } from '../../../api/sources';
import { useAsk } from '../../app/use-ask';
import { visible } from '../../format/visible';
import { Answer } from '../../parts/answer';
import { Card } from '../../parts/card';
import { Empty } from '../../parts/empty';
import { LeftOutColumns } from '../../parts/left-out-columns';
import { Link } from '../../parts/link';
import { PageHeader } from '../../parts/page-header';
import { Badge } from '../../parts/state-badge';
import { Count, LastLead, Matched, useLiveFacts } from './live-facts';

/** Who may send leads, and do they? */
export const Sources = () => {
  const query = useAsk(sources, {});
  const facts = useLiveFacts();
  return (
    <>
      <PageHeader title="Sources" sub="Who may send leads, how they prove it, and how their payloads become leads.">
        <Link to="/sources/add" className="btn primary">
          Add a source
        </Link>
      </PageHeader>
      <Card label="Sources" isFlush>
        <Answer of={query} lines={6}>
          {({ sources: rows, is_ingest_open: isOpen }) =>
            rows.length === 0 ? (
              <Empty title="There is no source yet">
                <p>
                  A source is a system that sends leads: a CRM, a form, a script. Add one to get its URL and its secret.
                  {isOpen ? ' Source ingest sends without a secret on this stack.' : ''}
                </p>
              </Empty>
            ) : (
              <Rows rows={rows} facts={facts} isOpen={isOpen} />
            )
          }
        </Answer>
      </Card>
    </>
  );
};

const columns = [
  { title: 'how it signs and sends', hidden: 'phone' },
  { title: 'leads in 24 h', hidden: 'phone' },
  { title: 'rejected in 24 h', hidden: 'narrow' },
  { title: 'the secret that matched', hidden: 'narrow' },
] as const;

const Rows = ({
  rows,
  facts,
  isOpen,
}: Readonly<{ rows: readonly SourceRow[]; facts: ReadonlyMap<string, SourceOverview>; isOpen: boolean }>) => (
  <>
    <LeftOutColumns columns={columns} fields="The page of each source has all fields." />
    <div className="scroll">
      <table aria-label="Sources">
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col" className="hide-phone">
              How it signs and sends
            </th>
            <th scope="col">Last lead</th>
            <th scope="col" className="r hide-phone">
              Leads, 24 h
            </th>
            <th scope="col" className="r hide-narrow">
              Rejected, 24 h
            </th>
            <th scope="col" className="hide-narrow">
              Secret that matched
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.revision} row={row} facts={row.id === null ? undefined : facts.get(row.id)} />
          ))}
        </tbody>
      </table>
    </div>
    {isOpen && !rows.some(({ id }) => id === 'ingest') ? (
      <p className="foot sub">
        Source <code className="mono">ingest</code> needs no entry: this stack takes{' '}
        <code className="mono">POST /ingest</code> without a secret.
      </p>
    ) : null}
  </>
);

const Row = ({ row, facts }: Readonly<{ row: SourceRow; facts: SourceOverview | undefined }>) => {
  const { id, scheme, preset, format, keys, problems } = row;
  return (
    <tr>
      <th scope="row" className="source-name">
        {id === null ? (
          <span className="dim">(an entry with an invalid id)</span>
        ) : (
          <Link to="/sources/source" search={{ id }} className="link">
            {visible(id)}
          </Link>
        )}
      </th>
      {problems.length > 0 ? (
        <td colSpan={5}>
          <Badge tone="bad">invalid</Badge>{' '}
          <span className="sub wrap">Its senders are refused: {problems.map(visible).join('; ')}.</span>
        </td>
      ) : (
        <>
          <td className="hide-phone">
            <span className="row">
              <span>
                {preset ?? 'no preset'}{' '}
                <span className="dim">
                  · {scheme}
                  {format === 'json' ? '' : ` · ${format ?? ''}`}
                </span>
              </span>
              {keys === 2 ? <Badge tone="work">rotating</Badge> : null}
            </span>
          </td>
          <td className="nowrap">
            <LastLead facts={facts} />
          </td>
          <td className="r hide-phone">
            <Count value={facts?.last_day} />
          </td>
          <td className="r hide-narrow">
            <Count value={facts?.rejected} />
          </td>
          <td className="hide-narrow">
            <Matched facts={facts} />
          </td>
        </>
      )}
    </tr>
  );
};

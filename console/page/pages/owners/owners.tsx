import { owners, type OwnersPage } from '../../../api/owners';
import { useSearch } from '../../app/navigate';
import { usePersonal } from '../../app/personal';
import { useAsk } from '../../app/use-ask';
import { counted, whole } from '../../format/number';
import { visible } from '../../format/visible';
import { Answer } from '../../parts/answer';
import { Card } from '../../parts/card';
import { Empty } from '../../parts/empty';
import { Link } from '../../parts/link';
import { PageHeader } from '../../parts/page-header';
import { Personal, PersonalSwitch } from '../../parts/personal';
import { ImportOwners } from './import-owners';
import { MissingOwners } from './missing-owners';
import { PutOneOwner } from './put-one-owner';

/** Which leads has each owner, and which leads have none? */
export const Owners = () => {
  const { after, lead } = useSearch('/owners');
  const { personal } = usePersonal();
  const query = useAsk(owners, {
    ...(after === undefined ? {} : { after }),
    ...(personal === 'shown' ? { personal } : {}),
  });
  return (
    <>
      <PageHeader
        title="Owners"
        sub="The lookup bucket has a file for each lead, which names its owner. Without it, a lead is not mailed."
      >
        <PersonalSwitch />
      </PageHeader>
      <MissingOwners />
      <Card
        title="Owners and their leads"
        isFlush
        aside={query.data === undefined ? null : <Read page={query.data} after={after} />}
      >
        <Answer of={query} lines={6}>
          {(page) => <Rows page={page} after={after} />}
        </Answer>
      </Card>
      <div className="grid2 even top">
        <PutOneOwner key={lead} lead={lead ?? ''} />
        <ImportOwners />
      </div>
    </>
  );
};

const Read = ({ page: { files }, after }: Readonly<{ page: OwnersPage; after: string | undefined }>) => (
  <span className="dim">
    {after === undefined ? '' : 'more: '}
    {counted(files, 'file')} read
  </span>
);

const Rows = ({ page, after }: Readonly<{ page: OwnersPage; after: string | undefined }>) => {
  const { owners: rows, invalid, others, next } = page;
  if (rows.length + invalid.length + others.length === 0)
    return (
      <Empty title={after === undefined ? 'There is no owner yet' : 'There are no more owners'}>
        <p>Put the file of one lead below, or import the owners of many leads.</p>
      </Empty>
    );
  return (
    <>
      {rows.length === 0 ? null : (
        <div className="scroll">
          <table aria-label="Owners">
            <thead>
              <tr>
                <th scope="col">Owner</th>
                <th scope="col" className="r">
                  Leads
                </th>
                <th scope="col">Lead ids</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ owner, key, leads, lead_ids }, index) => (
                <tr key={index}>
                  <th scope="row" className="source-name">
                    {key === null ? (
                      <Personal value={owner} />
                    ) : (
                      <Link to="/leads" search={{ owner: key }} className="link">
                        <Personal value={owner} />
                      </Link>
                    )}
                  </th>
                  <td className="r">{whole(leads)}</td>
                  <td className="ids">
                    <div>
                      {lead_ids.map((id) => (
                        <Link key={id} to="/leads/lead" search={{ id }} className="link mono">
                          {visible(id)}
                        </Link>
                      ))}
                      {leads > lead_ids.length ? (
                        <span className="dim">and {whole(leads - lead_ids.length)} more</span>
                      ) : null}
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.some(({ key }) => key === null) ? (
        <p className="foot sub">
          The leads of an owner with an e-mail address are found by the address. “Show personal data” makes links of
          these owners, with the address in each link.
        </p>
      ) : null}
      {invalid.length === 0 ? null : (
        <div className="foot stack-of">
          <b>{counted(invalid.length, 'file')} that Leadline refuses</b>
          <ul className="places">
            {invalid.slice(0, 50).map(({ lead_id, problems }) => (
              <li key={lead_id} className="wrap">
                <Link to="/owners" search={{ lead: lead_id }} className="link mono">
                  {visible(lead_id)}
                </Link>{' '}
                <span className="bad-text">{problems.map(visible).join('; ')}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {others.length === 0 ? null : (
        <p className="foot sub wrap">
          {counted(others.length, 'object')} of the bucket {others.length === 1 ? 'is' : 'are'} no{' '}
          <code className="mono">lead_id.json</code>, and never read: {others.slice(0, 5).map(visible).join(', ')}
          {others.length > 5 ? ', …' : '.'}
        </p>
      )}
      {next === null && after === undefined ? null : (
        <p className="foot row">
          {after === undefined ? null : (
            <Link to="/owners" className="btn">
              First page
            </Link>
          )}
          {next === null ? null : (
            <Link to="/owners" search={{ after: next }} className="btn">
              Next page
            </Link>
          )}
        </p>
      )}
    </>
  );
};

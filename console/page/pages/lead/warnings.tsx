import type { LeadEventView, LeadHistory } from '../../../api/lead';
import { visible } from '../../format/visible';
import { Card } from '../../parts/card';
import { Icon } from '../../parts/icon';

/** What ingestion could not read as it was sent. */
export const Warnings = ({ warnings }: Pick<LeadEventView, 'warnings'>) =>
  warnings.length === 0 ? null : (
    <Card title="Warnings of the mapping">
      <ul className="warnings">
        {warnings.map(({ path, message }, place) => (
          <li key={place}>
            <code className="mono">{visible(path)}</code> <span className="sub">{visible(message)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );

/** Items of the lead that cannot be decoded. */
export const Unreadable = ({ history: { unreadable } }: Readonly<{ history: LeadHistory }>) => (
  <>
    {unreadable.map(({ item, problems }, place) => (
      <p key={place} className="notice bad" role="status">
        <Icon name="alert" />
        <span>
          <b>An item of this lead cannot be read</b>
          {item === null ? '' : ` (${visible(item)})`}: {visible(problems.join('; '))}
        </span>
      </p>
    ))}
  </>
);

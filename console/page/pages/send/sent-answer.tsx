import type { Sent, SentResult } from '../../../api/send';
import { counted } from '../../format/number';
import { visible } from '../../format/visible';
import { Link } from '../../parts/link';
import { Badge } from '../../parts/state-badge';
import { Places } from '../sources/tried';
import { FollowLead } from './follow-lead';

/** What the API answered, and what becomes of each lead. It belongs into a live region. */
export const SentAnswer = ({ sent }: Readonly<{ sent: Sent }>) => {
  const { status, results, refusal, owner } = sent;
  if (refusal !== null)
    return (
      <div className="stack-of">
        <p>
          <Badge tone="bad">refused</Badge> {visible(refusal.title)}
        </p>
        <Places tone="bad" items={refusal.errors} />
      </div>
    );
  return (
    <div className="stack-of">
      <p className="sub">
        The API answered <span className="num">{status}</span>
        {results.length === 0 ? '' : ` about ${counted(results.length, 'lead')}`}.
        {owner === null ? '' : ownerText(owner)}
      </p>
      {results.map((result, index) => (
        <OneResult key={index} result={result} />
      ))}
    </div>
  );
};

const ownerText = ({ put, kept, why_not }: NonNullable<Sent['owner']>): string => {
  const text = put > 0 ? ' A test owner was put.' : '';
  if (why_not !== null) return `${text} No owner was put: ${why_not}`;
  if (kept.length === 0) return text;
  return `${text} ${kept.map(visible).join(', ')}: has an owner already, whose file was left as it is.`;
};

const OneResult = ({ result }: Readonly<{ result: SentResult }>) => {
  const { status, lead_id, event_id, quarantine_id, errors, warnings } = result;
  return (
    <div className="tried">
      <p className="row">
        <b>{words[status] ?? visible(status)}</b>
        {lead_id === null ? null : (
          <Link
            to="/leads/lead"
            search={{ id: lead_id, ...(event_id === null ? {} : { event: event_id }) }}
            className="link mono wrap"
          >
            {visible(lead_id)}
          </Link>
        )}
        {lead_id === null || event_id === null ? null : <FollowLead leadId={lead_id} eventId={event_id} />}
        {quarantine_id === null ? null : <Badge tone="held">quarantined</Badge>}
      </p>
      {quarantine_id === null ? null : (
        <p className="sub">
          It is kept in quarantine as <code className="mono wrap">{quarantine_id}</code>.
        </p>
      )}
      <Places tone="bad" items={errors} />
      <Places tone="wait" items={warnings} />
    </div>
  );
};

/** What the API calls the outcome, in the words of docs/sources.md. */
const words: Readonly<Record<string, string>> = {
  accepted: 'Accepted',
  duplicate: 'Duplicate: Leadline has this event already',
  ignored: 'Ignored: the payload has no lead',
  quarantined: 'Not a lead',
  rejected: 'Not a lead',
};

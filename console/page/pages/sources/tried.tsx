import type { Placed, Tried as Result, TriedLead } from '../../../api/sources';
import { counted } from '../../format/number';
import { visible } from '../../format/visible';
import { Badge } from '../../parts/state-badge';

/** What Leadline would make of a payload: its leads, or why there are none. It belongs into a live region. */
export const Tried = ({ result }: Readonly<{ result: Result }>) => {
  const { problems, outcome, body_problems, leads, on_invalid } = result;
  if (problems.length > 0)
    return (
      <div className="notice bad">
        <span>
          <b>The settings are invalid.</b> Correct them first: {problems.map(visible).join('; ')}.
        </span>
      </div>
    );
  if (outcome === 'unreadable')
    return (
      <div className="notice bad">
        <span>
          <b>The payload cannot be read.</b> It {body_problems.map(({ message }) => message).join('; ')}.{' '}
          {becomes(on_invalid)}
        </span>
      </div>
    );
  if (outcome === 'ignored' || leads.length === 0)
    return (
      <div className="notice">
        <span>
          <b>The payload has no lead.</b> Leadline answers 200 and keeps nothing, as for a test of the provider.
        </span>
      </div>
    );
  const valid = leads.filter(({ fields }) => fields !== null).length;
  return (
    <div className="stack-of">
      <p>
        <b>
          {valid === leads.length
            ? `Leadline reads ${counted(leads.length, 'lead')}.`
            : `Leadline reads ${valid} of ${counted(leads.length, 'lead')}.`}
        </b>{' '}
        <span className="sub">{valid === leads.length ? 'Nothing was stored.' : becomes(on_invalid)}</span>
      </p>
      {leads.map((lead, index) => (
        <OneLead key={index} lead={lead} />
      ))}
    </div>
  );
};

const becomes = (onInvalid: string | null): string =>
  onInvalid === 'reject'
    ? 'Such a request is answered with 422, and its sender corrects it.'
    : 'Such a request is kept in quarantine, and can be brought in once the mapping reads it.';

const OneLead = ({ lead: { fields, warnings, problems, key } }: Readonly<{ lead: TriedLead }>) => (
  <div className="tried">
    {fields === null ? <Badge tone="held">no lead</Badge> : null}
    <dl className="facts">
      {Object.entries(fields ?? {}).map(([name, value]) => (
        <Fact key={name} name={name} value={value} />
      ))}
      {key === null ? null : <Fact name="event key" value={key} />}
    </dl>
    <Places tone="bad" items={problems} />
    <Places tone="wait" items={warnings} />
  </div>
);

const Fact = ({ name, value }: Readonly<{ name: string; value: string }>) => (
  <>
    <dt className="mono">{name}</dt>
    <dd>{visible(value)}</dd>
  </>
);

/** Places and what was expected there, or what was done. */
export const Places = ({ tone, items }: Readonly<{ tone: 'bad' | 'wait'; items: readonly Placed[] }>) =>
  items.length === 0 ? null : (
    <ul className="places">
      {items.map(({ path, message }, index) => (
        <li key={index} className={tone === 'bad' ? 'bad-text' : 'wait-text'}>
          <code className="mono">{path === '' ? 'payload' : visible(path)}</code> {visible(message)}
        </li>
      ))}
    </ul>
  );

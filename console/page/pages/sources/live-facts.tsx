import type { SourceOverview } from '../../../../shared/operations/views/overview';
import { overview } from '../../../api/overview';
import { useAsk } from '../../app/use-ask';
import { counted, whole } from '../../format/number';
import { Badge } from '../../parts/state-badge';
import { Time } from '../../parts/time';

/** What each source does at present. It comes live with the overview, and may not be known yet. */
export const useLiveFacts = (): ReadonlyMap<string, SourceOverview> => {
  const { data } = useAsk(overview, {});
  return new Map((data?.sources ?? []).map((one) => [one.source, one]));
};

export const LastLead = ({ facts }: Readonly<{ facts: SourceOverview | undefined }>) => (
  <span className="row">
    {facts === undefined || facts.last_at === null ? <span className="dim">never</span> : <Time at={facts.last_at} />}
    {facts?.is_silent === true ? (
      <Badge tone="wait">silent, expected every {counted(facts.silence_hours ?? 0, 'hour')}</Badge>
    ) : null}
  </span>
);

export const Count = ({ value }: Readonly<{ value: number | null | undefined }>) =>
  value === null || value === undefined ? <span className="dim">–</span> : <span className="num">{whole(value)}</span>;

/** Which secret the senders of the last 24 hours used. */
export const Matched = ({ facts }: Readonly<{ facts: SourceOverview | undefined }>) => {
  const matched = facts?.keys_matched;
  if (matched === undefined || matched === null) return <span className="dim">–</span>;
  const { first, second, previous } = matched;
  const old = second + previous;
  if (first + old === 0) return <span className="dim">no request</span>;
  return (
    <span className="num">
      {whole(first)} current{old === 0 ? '' : `, ${whole(old)} old`}
    </span>
  );
};

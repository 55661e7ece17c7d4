import { reasonTexts } from '../../../../shared/operations/views/reason-text';
import type { Overview } from '../../../../shared/operations/views/overview';
import { heldText, lettersText, needsOf } from '../../format/needs';
import { whole } from '../../format/number';
import { Icon } from '../../parts/icon';
import { Badge } from '../../parts/state-badge';
import { Time } from '../../parts/time';
import { Link } from '../../parts/link';

/** What waits for a person: dead letters, and requests in quarantine. */
export const Needs = ({ overview }: Readonly<{ overview: Overview }>) => {
  const { dead_letters, quarantine } = overview;
  const needs = needsOf(overview);
  const { failed, letters, held } = needs;
  const hasLetters = failed > 0 || letters > 0;
  if (!hasLetters && held === 0)
    return (
      <div className="needs one">
        <p className="sub">
          <Icon name="check" /> No dead letters and nothing in quarantine.
        </p>
      </div>
    );
  return (
    <div className={hasLetters && held > 0 ? 'needs' : 'needs one'}>
      {!hasLetters ? null : (
        <Link to="/dead-letters">
          <Badge tone="bad">{failed > 0 ? `${whole(failed)} failed` : lettersText(needs)}</Badge>
          <span>
            <b>{failed > 0 ? commonest(dead_letters.by_reason, failed) : 'Each waits for a person.'}</b>{' '}
            {failed === 0 || letters === 0 ? null : (
              <span className="sub">{lettersText(needs)}: of the same events, or of no failed event.</span>
            )}{' '}
            {dead_letters.oldest_failed_at === null ? null : (
              <span className="sub nowrap">
                Oldest <Time at={dead_letters.oldest_failed_at} />.
              </span>
            )}
          </span>
          <Icon name="arrow" />
        </Link>
      )}
      {held === 0 || quarantine === null ? null : (
        <Link to="/quarantine">
          <Badge tone="held">
            {whole(held)}
            {quarantine.is_whole ? '' : ' or more'} quarantined
          </Badge>
          <span>
            <b>{heldText(quarantine.by_kind)}</b>{' '}
            {quarantine.oldest_at === null ? null : (
              <span className="sub nowrap">
                Oldest <Time at={quarantine.oldest_at} />.
              </span>
            )}
          </span>
          <Icon name="arrow" />
        </Link>
      )}
    </div>
  );
};

const isReason = (code: string): code is keyof typeof reasonTexts => code in reasonTexts;

/** The commonest reason in plain words: "34 of 37: no owner." */
const commonest = (byReason: Readonly<Record<string, number>> | null, failed: number): string => {
  const [most] = Object.entries(byReason ?? {}).sort(([, one], [, other]) => other - one);
  if (most === undefined) return 'They wait for a person.';
  const [code, count] = most;
  const title = isReason(code) ? reasonTexts[code].title.toLowerCase() : code;
  return count === failed ? `${count === 1 ? '' : 'All: '}${title}.` : `${whole(count)} of ${whole(failed)}: ${title}.`;
};

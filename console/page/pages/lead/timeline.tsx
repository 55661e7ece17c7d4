import type { LeadEventView, LeadFailure, LeadStep } from '../../../api/lead';
import { stepName, stepTone } from '../../format/steps';
import { visible } from '../../format/visible';
import { Card } from '../../parts/card';
import { Time, Until } from '../../parts/time';

/** The steps of an event, from its receipt to what happens next. */
export const Timeline = ({ event, index, count }: Readonly<{ event: LeadEventView; index: number; count: number }>) => {
  const { timeline, failure, next, event_id } = event;
  const lastFailed = timeline.findLastIndex(({ what }) => what === 'failed' || what === 'refresh-failed');
  return (
    <Card
      title="What happened"
      aside={
        <span className="dim">
          event <span className="mono">{event_id.slice(0, 8)}</span>
          {count > 1 ? (
            <>
              {' '}
              · {index + 1} of {count} <kbd>j</kbd> <kbd>k</kbd>
            </>
          ) : null}
        </span>
      }
    >
      <ol className="timeline">
        {timeline.map((step, place) => (
          <Step key={`${step.at} ${step.what} ${place}`} step={step} failure={place === lastFailed ? failure : null} />
        ))}
        {next === null ? null : (
          <li>
            <span className="dot wait" aria-hidden="true" />
            <div>
              <b>Next</b>
              <p className="why">{next.says}</p>
            </div>
            <span className="at">
              {next.at === null ? null : (
                <>
                  in <Until at={next.at} passed="a moment" />
                </>
              )}
            </span>
          </li>
        )}
      </ol>
      {lastFailed < 0 && failure !== null ? <Remedy failure={failure} /> : null}
    </Card>
  );
};

const Step = ({
  step: { at, what, says, reason, by },
  failure,
}: Readonly<{ step: LeadStep; failure: LeadFailure | null }>) => (
  <li>
    <span className={`dot ${stepTone(what)}`} aria-hidden="true" />
    <div>
      <b>{stepName(what)}</b>
      {reason === null ? null : <code className="mono dim reason"> {visible(reason)}</code>}
      <p className="why">
        {failure === null ? visible(says.replace(/^Failed: /, '')) : null}
        {by === null ? null : (
          <>
            {' '}
            By <b>{visible(by)}</b>.
          </>
        )}
      </p>
      {failure === null ? null : <Remedy failure={failure} />}
    </div>
    <span className="at">
      <Time at={at} as="steps" />
    </span>
  </li>
);

/** Why an event failed, and what fixes it. */
const Remedy = ({ failure: { reason, title, why, fix, detail } }: Readonly<{ failure: LeadFailure }>) => (
  <div className="remedy">
    <b>{title}</b> <code className="mono dim">{reason}</code>
    <p>{why}</p>
    {detail === null ? null : <p className="mono dim">{visible(detail)}</p>}
    <p className="fix">{fix}</p>
  </div>
);

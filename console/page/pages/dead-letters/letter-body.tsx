import { visible, visibleLines } from '../../format/visible';
import { Card } from '../../parts/card';
import { JsonDoc, TextDoc } from '../../parts/json-doc';
import { Time } from '../../parts/time';
import type { FoundLetter } from './letter-facts';

/** The message as it is in the queue, and the steps of its event. */
export const LetterBody = ({ found }: Readonly<{ found: FoundLetter }>) => (
  <>
    <Card title="Message" isFlush>
      <Body {...found} />
    </Card>
    {found.event === null ? null : (
      <Card title="Steps of its event">
        <ol className="event-steps">
          {found.event.timeline.map(({ at, what, reason }, index) => (
            <li key={index} className="row between">
              <span>
                <b>{what}</b> {reason === null ? null : <span className="sub wrap">{visible(reason)}</span>}
              </span>
              <Time at={at} as="clock" />
            </li>
          ))}
        </ol>
      </Card>
    )}
  </>
);

const Body = ({ body, is_understood: isUnderstood, is_cut: isCut }: FoundLetter) => {
  if (body === null)
    return (
      <p className="sub foot">
        Leadline did not write this message, so it may hold personal data. “Show personal data” shows it.
      </p>
    );
  const json = parsed(body);
  return (
    <>
      {isUnderstood ? null : <p className="sub foot">Leadline did not write this message, and cannot process it.</p>}
      {json === undefined ? (
        <TextDoc label="Message" text={visibleLines(body)} />
      ) : (
        <JsonDoc label="Message" value={json} />
      )}
      {isCut ? <p className="sub foot">The rest of the message is not shown.</p> : null}
    </>
  );
};

const parsed = (text: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
};

import { visible, visibleLines } from '../../format/visible';
import { Card } from '../../parts/card';
import { TextDoc } from '../../parts/json-doc';
import type { FoundRequest } from './request';

type Request = FoundRequest['request'];

/** What the sender sent: the names and kinds of the values, and the values only if personal data is shown. */
export const RequestBody = ({ request }: Readonly<{ request: Request }>) => {
  if (typeof request === 'string')
    return (
      <Card title="What was sent">
        <p className="sub">
          {request === 'missing'
            ? 'The object with the request is missing.'
            : 'The object with the request cannot be read.'}
        </p>
      </Card>
    );
  const { body, shape, is_cut: isCut, method, url, headers } = request;
  return (
    <>
      <Card title={body === null ? 'Names and kinds of its values' : 'Body'} isFlush>
        {body === null ? (
          <>
            {shape === null ? (
              <p className="sub foot">The body is neither JSON nor a form.</p>
            ) : (
              <TextDoc label="Names and kinds of the values" text={visibleLines(shape.join('\n'))} />
            )}
            <p className="sub foot">“Show personal data” shows the values, with secrets masked.</p>
          </>
        ) : (
          <>
            <TextDoc label="Body" text={visibleLines(body)} />
            {isCut ? <p className="sub foot">The rest of the body is not shown.</p> : null}
          </>
        )}
      </Card>
      <Card title="Headers">
        <dl className="facts">
          <dt>{visible(method)}</dt>
          <dd className="mono">{visible(url)}</dd>
          {headers.map(({ name, value }, index) => (
            <Header key={index} name={name} value={value} />
          ))}
        </dl>
      </Card>
    </>
  );
};

const Header = ({ name, value }: Readonly<{ name: string; value: string }>) => (
  <>
    <dt className="mono">{visible(name)}</dt>
    <dd className="mono">{visible(value)}</dd>
  </>
);

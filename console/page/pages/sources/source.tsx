import { useState } from 'react';
import { type MadeSecrets as Made, type OneSource, source as readSource } from '../../../api/sources';
import { open, useSearch } from '../../app/navigate';
import { useAsk } from '../../app/use-ask';
import { payloadText } from '../../format/source-settings';
import { visible } from '../../format/visible';
import { Answer } from '../../parts/answer';
import { Card } from '../../parts/card';
import { CopyButton } from '../../parts/copy-button';
import { Link } from '../../parts/link';
import { PageHeader } from '../../parts/page-header';
import { Badge } from '../../parts/state-badge';
import { Count, LastLead, useLiveFacts } from './live-facts';
import { MadeSecrets } from './made-secrets';
import { RemoveSource } from './remove-source';
import { SecretsCard } from './secrets-card';
import { SettingsCard } from './settings-card';
import { TestSend } from './test-send';

/** How does one source send, and does it work? */
export const Source = () => {
  const { id = '' } = useSearch('/sources/source');
  return <OneSourceOf key={id} id={id} />;
};

const OneSourceOf = ({ id }: Readonly<{ id: string }>) => {
  const query = useAsk(readSource, { id });
  const [made, setMade] = useState<Made>();
  const row = query.data?.source;
  const isInvalid = row !== undefined && row.problems.length > 0;
  return (
    <>
      <PageHeader
        title={visible(id)}
        trail={
          <Link to="/sources" className="link">
            Sources
          </Link>
        }
        beside={
          isInvalid ? (
            <Badge tone="bad">invalid</Badge>
          ) : row?.keys === 2 ? (
            <Badge tone="work">rotating</Badge>
          ) : undefined
        }
      >
        {query.data === undefined ? null : (
          <RemoveSource source={query.data} onRemoved={() => open({ to: '/sources' })} />
        )}
      </PageHeader>
      {made === undefined ? null : <MadeSecrets made={made} onDone={() => setMade(undefined)} />}
      <Answer of={query} lines={10}>
        {(found) =>
          found.source.problems.length > 0 ? (
            <Invalid problems={found.source.problems} />
          ) : (
            <>
              <div className="grid2 even top">
                <About found={found} id={id} />
                <SecretsCard id={id} source={found} onMade={setMade} />
              </div>
              <SettingsCard id={id} source={found} />
              <div className="grid2 even top">
                <TestSend id={id} format={found.source.format} />
                <Steps steps={found.steps} />
              </div>
            </>
          )
        }
      </Answer>
    </>
  );
};

const Invalid = ({ problems }: Readonly<{ problems: readonly string[] }>) => (
  <Card title="The functions refuse this source">
    <div className="stack-of">
      <p className="sub">
        Its senders are answered with 401. Its settings are not shown, because they may hold a secret in the wrong
        place. Correct the entry in Secrets Manager, or remove the source and add it again.
      </p>
      <ul className="places">
        {problems.map((problem) => (
          <li key={problem} className="bad-text wrap">
            {visible(problem)}
          </li>
        ))}
      </ul>
    </div>
  </Card>
);

const About = ({ found: { source, settings }, id }: Readonly<{ found: OneSource; id: string }>) => {
  const facts = useLiveFacts().get(id);
  const { url, scheme, preset, format, on_invalid, lead_namespace, silence_hours } = source;
  return (
    <Card title="What it sends">
      <dl className="facts">
        <dt>URL for the sender</dt>
        <dd>
          <span className="address">
            <code className="mono wrap">{url}</code>
            <CopyButton text={url ?? ''} label="Copy the URL" />
          </span>
        </dd>
        <dt>Signs by</dt>
        <dd className="mono">{scheme}</dd>
        <dt>Payload</dt>
        <dd>
          {payloadText(preset, settings)} <span className="dim">· {format}</span>
        </dd>
        <dt>If it is no lead</dt>
        <dd>{on_invalid === 'reject' ? 'answered with 422, so that the sender corrects it' : 'kept in quarantine'}</dd>
        {lead_namespace === null ? null : (
          <>
            <dt>Shares lead ids</dt>
            <dd>with sources of namespace {visible(lead_namespace)}</dd>
          </>
        )}
        {silence_hours === null ? null : (
          <>
            <dt>Alarm</dt>
            <dd>after {silence_hours} h without a new lead</dd>
          </>
        )}
        <dt>Last lead</dt>
        <dd>
          <LastLead facts={facts} />
        </dd>
        <dt>Leads</dt>
        <dd>
          <Link to="/leads" search={{ source: id }} className="link">
            <Count value={facts?.last_day} />
          </Link>{' '}
          in 24 h, <Count value={facts?.last_hour} /> in the last hour
        </dd>
        <dt>Rejected</dt>
        <dd>
          <Count value={facts?.rejected} /> in 24 h
          {facts?.rejected_by_reason === null || facts === undefined
            ? ''
            : Object.entries(facts.rejected_by_reason).map(([reason, count]) => ` · ${count} ${reason}`)}
        </dd>
        <dt>In quarantine</dt>
        <dd>
          <Count value={facts?.quarantined} />
        </dd>
      </dl>
    </Card>
  );
};

const Steps = ({ steps }: Readonly<{ steps: readonly string[] }>) => (
  <Card title="What to set at the sender">
    <ol className="todo">
      {steps.map((step) => (
        <li key={step} className="wrap">
          {step}
        </li>
      ))}
    </ol>
  </Card>
);

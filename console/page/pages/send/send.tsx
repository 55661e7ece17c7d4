import { useState } from 'react';
import { requestOf, samples, sampleOfSource, send } from '../../../api/send';
import { sources } from '../../../api/sources';
import { ask } from '../../app/ask';
import { open, useSearch } from '../../app/navigate';
import { toast } from '../../app/toasts';
import { useAct } from '../../app/use-act';
import { useAsk } from '../../app/use-ask';
import { prettyJson } from '../../../../shared/codecs/pretty-json';
import { jsonProblem } from '../../format/typed-json';
import { emptyLead, type LeadForm, leadPayload } from '../../format/lead-payload';
import { Answer, Skeleton } from '../../parts/answer';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Checkbox, Select, TextArea, TextField } from '../../parts/field';
import { Link } from '../../parts/link';
import { LiveRegion } from '../../parts/live-region';
import { PageHeader } from '../../parts/page-header';
import { CurlCard } from './curl-card';
import { SentAnswer } from './sent-answer';

/** Sends a lead as one of the sources does, and follows it to its mail. */
export const Send = () => {
  const { source: wanted } = useSearch('/send');
  const query = useAsk(sources, {});
  return (
    <>
      <PageHeader
        title="Send a lead"
        sub="As its sender does, signed by the secret of the source. The secret stays on the server of the console."
      />
      <Answer of={query} lines={10}>
        {({ sources: rows, is_ingest_open: isOpen }) => {
          const valid = rows
            .filter(({ id, problems }) => id !== null && problems.length === 0)
            .map(({ id }) => id ?? '');
          const ids = [...new Set([...(isOpen ? ['ingest'] : []), ...valid])];
          const [first] = ids;
          if (first === undefined)
            return (
              <Card title="There is no source to send as">
                <p className="sub">
                  <Link to="/sources/add">Add a source</Link> first.
                </p>
              </Card>
            );
          // A source that was added just now is not in the list yet, and the lead must not go to another one.
          if (wanted !== undefined && !ids.includes(wanted) && query.isFetching) return <Skeleton lines={10} />;
          const source = ids.find((id) => id === wanted) ?? first;
          return (
            <Sending
              ids={ids}
              source={source}
              isMapped={rows.some(({ id, preset }) => id === source && preset !== null)}
            />
          );
        }}
      </Answer>
    </>
  );
};

type Given = Readonly<{ ids: readonly string[]; source: string; isMapped: boolean }>;

const Sending = ({ ids, source, isMapped }: Given) => {
  const [form, setForm] = useState<LeadForm>(emptyLead);
  /** What was typed or chosen for a source is not sent as another one. */
  const [typed, setTyped] = useState<Readonly<{ source: string; text: string }>>();
  const text = typed?.source === source ? typed.text : undefined;
  const setText = (edited: string): void => setTyped({ source, text: edited });
  const [withOwner, setWithOwner] = useState(true);
  const { data: request } = useAsk(requestOf, { source });
  const sending = useAct(send, () => undefined);
  const made = leadPayload(form, source);
  const payload = text ?? (made.kind === 'object' ? prettyJson(made.object) : '');
  const isJson = request?.content_type === 'application/json';
  const isEmpty = payload.trim() === '' || payload === '{}';
  const change = (to: Partial<LeadForm>): void => {
    setForm((known) => ({ ...known, ...to }));
    setTyped(undefined);
  };
  const field = (name: keyof LeadForm) => ({
    value: form[name],
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
  });
  const problem = made.kind === 'problem' ? made.problem : undefined;
  return (
    <div className="grid2 even top">
      <Card title="The lead">
        <form
          className="stack-of"
          onSubmit={(event) => {
            event.preventDefault();
            if (!isEmpty) sending.mutate({ source, payload, with_owner: withOwner });
          }}
        >
          <Select
            label="Send as source"
            value={source}
            options={ids.map((id) => [id, id] as const)}
            onChange={(event) => open({ to: '/send', search: { source: event.target.value } }, { replace: true })}
          />
          {isMapped ? (
            <p className="sub">This source sends the payload of its provider. Use a sample, or paste one.</p>
          ) : (
            <>
              <div className="fields two">
                <TextField label="Lead id" {...field('id')} placeholder="test-1" />
                <TextField label="E-mail" type="email" {...field('email')} placeholder="carol@example.com" />
                <TextField label="Name" {...field('name')} />
                <TextField label="Status" {...field('status')} />
              </div>
              <TextArea label="Further fields (JSON, optional)" error={problem} isCode rows={2} {...field('more')} />
            </>
          )}
          <Samples source={source} onChoose={setText} />
          <TextArea
            label="Payload that is sent"
            hint="You can edit it."
            error={isEmpty || !isJson ? undefined : jsonProblem(payload)}
            isCode
            rows={10}
            value={payload}
            onChange={(event) => setText(event.target.value)}
          />
          <Checkbox
            label="Put a test owner for the lead, without which it fails as owner-missing"
            checked={withOwner}
            onChange={(event) => setWithOwner(event.target.checked)}
          />
          <div className="row end">
            <Button type="submit" look="primary" isBusy={sending.isPending} disabled={isEmpty}>
              Send the lead
            </Button>
          </div>
        </form>
      </Card>
      <div className="stacked">
        <LiveRegion label="Answer of the API">
          {sending.data === undefined || sending.variables.source !== source ? null : (
            <Card title="Answer">
              <SentAnswer sent={sending.data} />
            </Card>
          )}
        </LiveRegion>
        {request === undefined ? null : <CurlCard request={request} payload={payload} source={source} />}
      </div>
    </div>
  );
};

/** The samples of the presets, and a new lead that the source reads. */
const Samples = ({ source, onChoose }: Readonly<{ source: string; onChoose: (body: string) => void }>) => {
  const { data = [] } = useAsk(samples, {});
  const fresh = (): void =>
    void ask(sampleOfSource, { source }).then(
      (sample) =>
        sample === null
          ? toast(
              'failed',
              'Leadline has no sample that the mapping of this source reads. Paste a payload of its sender.',
            )
          : onChoose(sample.body),
      (error: unknown) => toast('failed', error instanceof Error ? error.message : 'There is no sample.'),
    );
  return (
    <div className="row samples">
      <Button onClick={fresh}>New sample of this source</Button>
      <Select
        label="Sample payload of a preset"
        isLabelHidden
        value=""
        options={[['', 'Sample payload of…'], ...data.map(({ preset }) => [preset ?? '', preset ?? ''] as const)]}
        onChange={(event) => {
          const sample = data.find(({ preset }) => preset === event.target.value);
          if (sample !== undefined) onChoose(sample.body);
        }}
      />
    </div>
  );
};

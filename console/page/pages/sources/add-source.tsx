import { useState } from 'react';
import {
  addSource,
  choices,
  type MadeSecrets as Made,
  type OneSource,
  type PresetChoice,
  type SchemeChoice,
} from '../../../api/sources';
import { useAct } from '../../app/use-act';
import { useAsk } from '../../app/use-ask';
import { emptyForm, settingLabel, settingsOf, type SourceForm, withPreset } from '../../format/source-settings';
import { visible } from '../../format/visible';
import { Answer } from '../../parts/answer';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { CopyButton } from '../../parts/copy-button';
import { Select, TextArea, TextField } from '../../parts/field';
import { Link } from '../../parts/link';
import { PageHeader } from '../../parts/page-header';
import { MadeSecrets } from './made-secrets';
import { type SecretChoice, SecretChoiceFields, sentSecret } from './secret-choice';
import { TestSend } from './test-send';
import { TryMapping } from './try-mapping';

/** What sends leads, how does it prove it, and how does its payload become a lead? */
export const AddSource = () => {
  const query = useAsk(choices, {});
  return (
    <>
      <PageHeader
        title="Add a source"
        trail={
          <Link to="/sources" className="link">
            Sources
          </Link>
        }
        sub="Try the mapping on a payload before you add it. Nothing is stored until then."
      />
      <Answer of={query} lines={10}>
        {({ presets, schemes }) => <Adding presets={presets} schemes={schemes} />}
      </Answer>
    </>
  );
};

type Choices = Readonly<{ presets: readonly PresetChoice[]; schemes: readonly SchemeChoice[] }>;

const Adding = ({ presets, schemes }: Choices) => {
  const presetOf = (name: string) => presets.find((one) => one.name === name);
  const schemeOf = (name: string) => schemes.find((one) => one.name === name);
  const [form, setForm] = useState(() => withPreset(emptyForm, presetOf(emptyForm.preset)));
  const preset = presetOf(form.preset);
  const scheme = schemeOf(form.scheme);
  const isMadeHere = (preset ?? scheme)?.secret_from === 'operator';
  const [chosen, setChosen] = useState<SecretChoice>();
  const secret = chosen ?? { isMade: isMadeHere, text: '' };
  const add = useAct(addSource, ({ source }) => `Source ${source.source.id ?? ''} was added.`);
  const change = (to: Partial<SourceForm>): void => setForm((known) => ({ ...known, ...to }));
  const { settings, problems } = settingsOf(form, scheme);
  const isWhole = form.id.trim() !== '' && Object.keys(problems).length === 0;
  if (add.data !== undefined) return <Added source={add.data.source} made={add.data.made} />;
  return (
    <div className="grid2 even top">
      <Card title="The source">
        <form
          className="stack-of"
          onSubmit={(event) => {
            event.preventDefault();
            if (isWhole) add.mutate({ id: form.id.trim(), settings, secret: sentSecret(secret) });
          }}
        >
          <TextField
            label="Id"
            hint="1 to 64 characters. It becomes part of the URL, and cannot be changed."
            maxLength={64}
            required
            value={form.id}
            onChange={(event) => change({ id: event.target.value })}
          />
          <Select
            label="Provider"
            value={form.preset}
            options={[...presets.map(({ name }) => [name, name] as const), ['', 'another one, with its own mapping']]}
            onChange={(event) => {
              setForm((known) => withPreset(known, presetOf(event.target.value)));
              setChosen(undefined);
            }}
          />
          <Select
            label="How it proves who sends"
            value={form.scheme}
            options={schemes.map(({ name }) => [name, name] as const)}
            onChange={(event) => {
              change({ scheme: event.target.value });
              setChosen(undefined);
            }}
          />
          <AuthFields form={form} scheme={scheme} onChange={(auth) => change({ auth })} />
          <TextArea
            label="Payload: how it becomes a lead (JSON)"
            hint="preset, format, leads, fields, event_key, volatile_fields, on_invalid. Empty: the fields of POST /webhook."
            error={problems.payload}
            isCode
            rows={form.payload === '' ? 3 : 8}
            value={form.payload}
            onChange={(event) => change({ payload: event.target.value })}
          />
          <div className="fields two">
            <TextField
              label="Namespace (optional)"
              hint="Sources with the same one share lead ids."
              value={form.namespace}
              onChange={(event) => change({ namespace: event.target.value })}
            />
            <TextField
              label="Alarm after hours of silence (optional)"
              inputMode="numeric"
              error={problems.silenceHours}
              value={form.silenceHours}
              onChange={(event) => change({ silenceHours: event.target.value })}
            />
          </div>
          <SecretChoiceFields
            value={secret}
            onChange={setChosen}
            {...(preset === undefined ? {} : { name: `The ${preset.secret_name}` })}
          />
          {add.error === null ? null : (
            <p className="bad-text wrap" role="alert">
              {add.error.problem.message}
            </p>
          )}
          <div className="row end">
            <Button
              type="submit"
              look="primary"
              isBusy={add.isPending}
              disabled={!isWhole || (!secret.isMade && secret.text.trim() === '')}
            >
              Add the source
            </Button>
          </div>
        </form>
      </Card>
      <TryMapping
        id={form.id.trim()}
        settings={problems.payload === undefined ? settings : undefined}
        preset={payloadPreset(settings)}
      />
    </div>
  );
};

const payloadPreset = ({ payload }: Readonly<Record<string, unknown>>): string | undefined => {
  const { preset } = (payload ?? {}) as Readonly<{ preset?: unknown }>;
  return typeof preset === 'string' ? preset : undefined;
};

/** The settings of a scheme: those that it needs, then those that it may have. */
const AuthFields = ({
  form: { auth },
  scheme,
  onChange,
}: Readonly<{
  form: SourceForm;
  scheme: SchemeChoice | undefined;
  onChange: (auth: Readonly<Record<string, string>>) => void;
}>) => {
  const field = (name: string, isRequired: boolean) => (
    <TextField
      key={name}
      label={settingLabel(name)}
      required={isRequired}
      value={auth[name] ?? ''}
      onChange={(event) => onChange({ ...auth, [name]: event.target.value })}
    />
  );
  if (scheme === undefined) return null;
  return (
    <>
      {scheme.required.length === 0 ? null : (
        <div className="fields two">{scheme.required.map((name) => field(name, true))}</div>
      )}
      {scheme.optional.length === 0 ? null : (
        <details>
          <summary>More settings of {scheme.name}</summary>
          <div className="fields two">{scheme.optional.map((name) => field(name, false))}</div>
        </details>
      )}
    </>
  );
};

/** What to do at the sender, with the secret that is shown once, and a signed test. */
const Added = ({ source: { source, steps }, made }: Readonly<{ source: OneSource; made: Made }>) => {
  const [isCopied, setIsCopied] = useState(false);
  const id = source.id ?? '';
  return (
    <>
      {isCopied ? null : <MadeSecrets made={made} onDone={() => setIsCopied(true)} />}
      <div className="grid2 even top">
        <Card title={`Source ${visible(id)} was added`}>
          <div className="stack-of">
            <div className="secret-line">
              <span className="dim">URL</span>
              <code className="mono wrap">{source.url}</code>
              <CopyButton text={source.url ?? ''} label="Copy the URL" />
            </div>
            <ol className="todo">
              {steps.map((step) => (
                <li key={step} className="wrap">
                  {step}
                </li>
              ))}
            </ol>
            <Link to="/sources/source" search={{ id }} className="link">
              Open the source
            </Link>
          </div>
        </Card>
        <TestSend id={id} format={source.format} />
      </div>
    </>
  );
};

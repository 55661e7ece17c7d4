import { useState } from 'react';
import { configureSource, type OneSource } from '../../../api/sources';
import { useAct } from '../../app/use-act';
import { prettyJson } from '../../../../shared/codecs/pretty-json';
import { objectIn } from '../../format/typed-json';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { TextArea } from '../../parts/field';
import { JsonDoc } from '../../parts/json-doc';
import { TryMapping } from './try-mapping';

/** The settings of a source. They can be edited, tried on a payload, and saved. */
export const SettingsCard = ({ id, source }: Readonly<{ id: string; source: OneSource }>) => {
  const { source: row, settings } = source;
  const [text, setText] = useState<string>();
  // The revision that was edited. The source may be read again meanwhile.
  const [revision, setRevision] = useState(row.revision);
  const save = useAct(configureSource, () => `Source ${id} has new settings. The functions use them within 5 minutes.`);
  const read = objectIn(text ?? '');
  const edited = text === undefined ? (settings ?? undefined) : read.kind === 'object' ? read.object : undefined;
  const isMoved = text !== undefined && row.revision !== revision;
  const edit = (): void => {
    setText(prettyJson(settings));
    setRevision(row.revision);
  };
  return (
    <div className="grid2 even top">
      <Card
        title="Settings"
        isFlush={text === undefined}
        aside={text === undefined ? <Button onClick={edit}>Edit the settings</Button> : null}
      >
        {text === undefined ? (
          <JsonDoc label="Settings of the source, without its secrets" value={settings} />
        ) : (
          <form
            className="stack-of"
            onSubmit={(event) => {
              event.preventDefault();
              if (edited !== undefined)
                save.mutate({ id, revision, settings: edited }, { onSuccess: () => setText(undefined) });
            }}
          >
            <TextArea
              label="Settings as JSON"
              hint="auth, payload, lead_namespace and silence_hours. The secrets stay as they are."
              error={read.kind === 'problem' ? read.problem : undefined}
              isCode
              rows={16}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            {isMoved || save.error?.problem.kind === 'conflict' ? (
              <p className="notice wait" role="alert">
                <span>
                  <b>Another user has changed this source.</b> Copy your text, cancel, and edit its present settings.
                </span>
              </p>
            ) : null}
            {save.error === null ? null : (
              <p className="bad-text wrap" role="alert">
                {save.error.problem.message}
              </p>
            )}
            <div className="row end">
              <Button onClick={() => setText(undefined)}>Cancel</Button>
              <Button type="submit" look="primary" isBusy={save.isPending} disabled={edited === undefined || isMoved}>
                Save the settings
              </Button>
            </div>
          </form>
        )}
      </Card>
      <TryMapping id={id} settings={edited} preset={presetIn(edited)} />
    </div>
  );
};

/** The preset of a payload, if the settings name one. */
const presetIn = (settings: Readonly<Record<string, unknown>> | undefined): string | undefined => {
  const payload = settings?.payload as Readonly<Record<string, unknown>> | undefined;
  return typeof payload?.preset === 'string' ? payload.preset : undefined;
};

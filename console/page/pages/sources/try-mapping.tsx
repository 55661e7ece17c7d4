import { useState } from 'react';
import { samples } from '../../../api/send';
import { trySettings } from '../../../api/sources';
import { useAct } from '../../app/use-act';
import { useAsk } from '../../app/use-ask';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { TextArea } from '../../parts/field';
import { LiveRegion } from '../../parts/live-region';
import { Tried } from './tried';

/**
 * Tries settings on a payload, before they are saved.
 *
 * @param settings `undefined` while they are no JSON
 */
export const TryMapping = ({
  id,
  settings,
  preset,
}: Readonly<{ id: string; settings: Readonly<Record<string, unknown>> | undefined; preset: string | undefined }>) => {
  const [payload, setPayload] = useState('');
  const attempt = useAct(trySettings, () => undefined);
  const { data = [] } = useAsk(samples, {});
  const sample = data.find((one) => one.preset === preset);
  return (
    <Card title="Try it on a payload">
      <form
        className="stack-of"
        onSubmit={(event) => {
          event.preventDefault();
          if (settings !== undefined) attempt.mutate({ id, settings, payload });
        }}
      >
        <TextArea
          label="Payload of the sender"
          hint="Paste a request body as the sender sends it. Nothing is stored."
          isCode
          rows={8}
          value={payload}
          onChange={(event) => setPayload(event.target.value)}
        />
        <div className="row">
          <Button type="submit" isBusy={attempt.isPending} disabled={settings === undefined || payload.trim() === ''}>
            Try the mapping
          </Button>
          {sample === undefined ? null : (
            <Button look="quiet" onClick={() => setPayload(sample.body)}>
              Use the sample of the preset
            </Button>
          )}
        </div>
        <LiveRegion label="Leads as Leadline reads them">
          {attempt.data === undefined ? null : <Tried result={attempt.data} />}
        </LiveRegion>
      </form>
    </Card>
  );
};

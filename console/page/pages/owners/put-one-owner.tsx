import { useState } from 'react';
import { useOwnerFile } from '../../app/use-owner-file';
import { objectIn } from '../../format/typed-json';
import { ownerText } from '../../format/owner-text';
import { visible } from '../../format/visible';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { TextArea, TextField } from '../../parts/field';
import { Link } from '../../parts/link';
import { LiveRegion } from '../../parts/live-region';
import { OwnerPlanNotice } from '../../parts/owner-plan-notice';

/** Puts the file of one lead's owner: checked first, written when the user has seen what it replaces. */
export const PutOneOwner = ({ lead }: Readonly<{ lead: string }>) => {
  const [id, setId] = useState(lead);
  const [fields, setFields] = useState({ owner_name: '', owner_email: '' });
  const [json, setJson] = useState('');
  const { plan, put, problem, reset, check, write } = useOwnerFile();
  const more = objectIn(json);
  const file = more.kind === 'problem' ? undefined : ownerText(fields, more.object);
  const isEmpty = id.trim() === '' || file === undefined || file === '{}';
  const edited =
    <A,>(set: (value: A) => void) =>
    (value: A) => {
      reset();
      set(value);
    };
  const planned = plan.data;
  return (
    <Card title="Put one owner">
      <form
        className="stack-of"
        onSubmit={(event) => {
          event.preventDefault();
          if (isEmpty) return;
          check({ lead_id: id.trim(), file });
        }}
      >
        <TextField label="Lead id" required value={id} onChange={(event) => edited(setId)(event.target.value)} />
        <div className="fields two">
          <TextField
            label="Name of the owner"
            value={fields.owner_name}
            onChange={(event) => edited(setFields)({ ...fields, owner_name: event.target.value })}
          />
          <TextField
            label="E-mail of the owner"
            type="email"
            value={fields.owner_email}
            onChange={(event) => edited(setFields)({ ...fields, owner_email: event.target.value })}
          />
        </div>
        <TextArea
          label="Further fields (JSON, optional)"
          hint="A whole file can be pasted here, too."
          error={more.kind === 'problem' ? more.problem : undefined}
          isCode
          rows={3}
          value={json}
          onChange={(event) => edited(setJson)(event.target.value)}
        />
        <LiveRegion>
          {planned === undefined || put.data !== undefined ? null : <OwnerPlanNotice plan={planned} />}
          {put.data === undefined ? null : (
            <p>
              {put.data.result === 'written' ? 'Written.' : 'The stored file says the same.'}{' '}
              <Link to="/leads/lead" search={{ id: put.data.lead_id }} className="link">
                Open lead {visible(put.data.lead_id)}
              </Link>
            </p>
          )}
        </LiveRegion>
        {problem === undefined ? null : (
          <p className="bad-text wrap" role="alert">
            {problem.message}
          </p>
        )}
        <div className="row end">
          <Button type="submit" isBusy={plan.isPending} disabled={isEmpty}>
            Check the file
          </Button>
          <Button
            look="primary"
            isBusy={put.isPending}
            disabled={isEmpty || planned?.change === undefined || planned.change === null || put.data !== undefined}
            onClick={() => {
              if (planned !== undefined && file !== undefined) write({ lead_id: id.trim(), file }, planned);
            }}
          >
            {planned?.change === 'replaces' ? 'Replace the file' : 'Write the file'}
          </Button>
        </div>
      </form>
    </Card>
  );
};

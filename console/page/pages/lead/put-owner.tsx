import { Dialog } from 'radix-ui';
import { type SubmitEvent, useState } from 'react';
import type { OwnerPlan } from '../../../api/owners';
import { useOwnerFile } from '../../app/use-owner-file';
import { ownerText } from '../../format/owner-text';
import { Button } from '../../parts/button';
import { TextField } from '../../parts/field';
import { LiveRegion } from '../../parts/live-region';
import { OwnerPlanNotice } from '../../parts/owner-plan-notice';

/**
 * Writes the file of the lead's owner. If the lead has another file, the dialog says what changes and asks first. It
 * stays open if the server refuses, with what it said.
 */
export const PutOwner = ({ lead, name, does }: Readonly<{ lead: string; name: string; does: string }>) => {
  const [isOpen, setIsOpen] = useState(false);
  const [owner, setOwner] = useState({ owner_name: '', owner_email: '', team: '' });
  const { plan, put, problem, reset, check, write } = useOwnerFile();
  const planned = plan.data;
  const isReplacing = planned?.change === 'replaces';
  const isEmpty = owner.owner_name.trim() === '' && owner.owner_email.trim() === '';
  const show = (toBeOpen: boolean): void => {
    reset();
    setIsOpen(toBeOpen);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isEmpty) return;
    const file = { lead_id: lead, file: ownerText(owner) };
    const writePlanned = (found: OwnerPlan): void => write(file, found, () => show(false));
    if (planned !== undefined && isReplacing) writePlanned(planned);
    else
      check(file, (found) => {
        if (found.change === 'new' || found.change === 'same') writePlanned(found);
      });
  };
  const field = (key: keyof typeof owner) => ({
    value: owner[key],
    onChange: (event: { target: { value: string } }) => {
      reset();
      setOwner((known) => ({ ...known, [key]: event.target.value }));
    },
  });
  return (
    <Dialog.Root open={isOpen} onOpenChange={show}>
      <Dialog.Trigger asChild>
        <Button>{name}…</Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="dialog">
          <form onSubmit={submit}>
            <Dialog.Title asChild>
              <h2>{name}</h2>
            </Dialog.Title>
            <Dialog.Description asChild>
              <p className="sub">{does}</p>
            </Dialog.Description>
            <TextField label="Name of the owner" {...field('owner_name')} />
            <TextField
              label="E-mail of the owner"
              type="email"
              {...field('owner_email')}
              hint="A name or an address is enough."
            />
            <TextField label="Team" {...field('team')} />
            <LiveRegion>
              {planned !== undefined && (isReplacing || planned.change === null) ? (
                <OwnerPlanNotice plan={planned} />
              ) : null}
            </LiveRegion>
            {problem === undefined ? null : (
              <p className="bad-text" role="alert">
                {problem.message}
              </p>
            )}
            <div className="row end">
              <Dialog.Close asChild>
                <Button>Cancel</Button>
              </Dialog.Close>
              <Button type="submit" look="primary" isBusy={plan.isPending || put.isPending} disabled={isEmpty}>
                {isReplacing ? 'Replace the file' : name}
              </Button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};

import { Dialog } from 'radix-ui';
import { type SubmitEvent, useState } from 'react';
import { putOwner } from '../../../api/lead';
import { useAct } from '../../app/use-act';
import { ownerText } from '../../format/owner-text';
import { Button } from '../../parts/button';
import { Checkbox, TextField } from '../../parts/field';

/** Writes the file of the lead's owner. The dialog stays open if the server refuses, with what it said. */
export const PutOwner = ({ lead, name, does }: Readonly<{ lead: string; name: string; does: string }>) => {
  const [isOpen, setIsOpen] = useState(false);
  const [owner, setOwner] = useState({ owner_name: '', owner_email: '', team: '' });
  const [replaces, setReplaces] = useState(false);
  const put = useAct(putOwner, ({ says }) => says ?? 'The owner was put.');
  const problem = put.error?.problem;
  const isEmpty = owner.owner_name.trim() === '' && owner.owner_email.trim() === '';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isEmpty) return;
    const input = { id: lead, owner: ownerText(owner), ...(replaces ? { replaces } : {}) };
    put.mutate(input, { onSuccess: () => setIsOpen(false) });
  };
  const field = (key: keyof typeof owner) => ({
    value: owner[key],
    onChange: (event: { target: { value: string } }) => setOwner((known) => ({ ...known, [key]: event.target.value })),
  });
  return (
    <Dialog.Root open={isOpen} onOpenChange={setIsOpen}>
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
            {problem?.kind === 'conflict' ? (
              <Checkbox
                label="Replace the file that is there"
                checked={replaces}
                onChange={(event) => setReplaces(event.target.checked)}
              />
            ) : null}
            {problem === undefined ? null : (
              <p className="bad-text" role="alert">
                {problem.message}
              </p>
            )}
            <div className="row end">
              <Dialog.Close asChild>
                <Button>Cancel</Button>
              </Dialog.Close>
              <Button type="submit" look="primary" isBusy={put.isPending} disabled={isEmpty}>
                {name}
              </Button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};

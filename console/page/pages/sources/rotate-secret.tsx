import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { Button } from '../../parts/button';
import { type SecretChoice, SecretChoiceFields, sentSecret } from './secret-choice';

/** Asks where the new secret comes from, and rotates. */
export const RotateSecret = ({
  isMadeHere,
  isBusy,
  onRotate,
}: Readonly<{ isMadeHere: boolean; isBusy: boolean; onRotate: (secret: string | null) => void }>) => {
  const [isOpen, setIsOpen] = useState(false);
  const [choice, setChoice] = useState<SecretChoice>({ isMade: isMadeHere, text: '' });
  return (
    <Dialog.Root open={isOpen} onOpenChange={setIsOpen}>
      <Dialog.Trigger asChild>
        <Button isBusy={isBusy}>Rotate…</Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="dialog">
          <form
            onSubmit={(event) => {
              event.preventDefault();
              setIsOpen(false);
              setChoice({ isMade: isMadeHere, text: '' });
              onRotate(sentSecret(choice));
            }}
          >
            <Dialog.Title asChild>
              <h2>Rotate the secret?</h2>
            </Dialog.Title>
            <Dialog.Description asChild>
              <p className="sub">
                The functions accept the new secret after at most 30 seconds. The present one stays valid until you
                retire it.
              </p>
            </Dialog.Description>
            <SecretChoiceFields value={choice} onChange={setChoice} />
            <div className="row end">
              <Dialog.Close asChild>
                <Button>Cancel</Button>
              </Dialog.Close>
              <Button type="submit" look="primary" disabled={!choice.isMade && choice.text.trim() === ''}>
                Rotate the secret
              </Button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};

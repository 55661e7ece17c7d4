import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { useShortcuts } from '../app/shortcuts';
import { Button } from './button';

/** The list of the shortcuts that are valid on the page. Loaded when it is asked for. */
export const ShortcutList = ({ onClose }: Readonly<{ onClose: () => void }>) => {
  const shortcuts = useShortcuts();
  // No button opened the list, so that the dialog itself does not know where to give the focus back.
  const [before] = useState(() => document.activeElement);
  const giveFocusBack = (event: Event): void => {
    event.preventDefault();
    if (before instanceof HTMLElement) before.focus();
  };
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="dialog" aria-describedby={undefined} onCloseAutoFocus={giveFocusBack}>
          <Dialog.Title asChild>
            <h2>Keyboard shortcuts</h2>
          </Dialog.Title>
          <dl className="keys">
            {shortcuts.map(({ keys, does }) => (
              <div key={keys}>
                <dt>{does}</dt>
                <dd>
                  <Keys keys={keys} />
                </dd>
              </div>
            ))}
          </dl>
          <div className="row end">
            <Dialog.Close asChild>
              <Button>Close</Button>
            </Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};

/** The keys of a shortcut. */
export const Keys = ({ keys }: Readonly<{ keys: string }>) => (
  <>
    {keys.split(' ').map((key, place) => (
      <kbd key={place}>{key}</kbd>
    ))}
  </>
);

import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { listedShortcuts, type Shortcut, useShortcuts } from '../app/shortcuts';
import { Button } from './button';

/** The list of the shortcuts of the page, and of those that each page has. Loaded when it is asked for. */
export const ShortcutList = ({ onClose }: Readonly<{ onClose: () => void }>) => {
  const { ofPage, ofEachPage } = listedShortcuts(useShortcuts());
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
        <Dialog.Content className="dialog shortcuts" aria-describedby={undefined} onCloseAutoFocus={giveFocusBack}>
          <Dialog.Title asChild>
            <h2>Keyboard shortcuts</h2>
          </Dialog.Title>
          <div className="columns" tabIndex={0} role="group" aria-label="Keys">
            {ofPage.length === 0 ? null : <Part title="On this page" shortcuts={ofPage} />}
            <Part title="On each page" shortcuts={ofEachPage} />
          </div>
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

const Part = ({ title, shortcuts }: Readonly<{ title: string; shortcuts: readonly Shortcut[] }>) => (
  <section aria-label={title}>
    <h3>{title}</h3>
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
  </section>
);

/** The keys of a shortcut. */
export const Keys = ({ keys }: Readonly<{ keys: string }>) => (
  <>
    {keys.split(' ').map((key, place) => (
      <kbd key={place}>{key}</kbd>
    ))}
  </>
);

import { type SubmitEvent, useRef, useState } from 'react';
import { targetOf } from '../app/find';
import { open } from '../app/navigate';
import { useShortcut } from '../app/shortcuts';
import { Icon } from './icon';

/**
 * Finds a lead from any page: an address leads to the leads that have it, any other text to the lead of that id.
 *
 * @param onShow makes the box visible where a narrow window hides it
 */
export const FindBox = ({ onShow, onGo }: Readonly<{ onShow: () => void; onGo: () => void }>) => {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  useShortcut('/', 'Search a lead by id or e-mail', () => {
    onShow();
    requestAnimationFrame(() => field.current?.focus());
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const sought = text.trim();
    if (sought === '') return;
    setText('');
    // The keys are those of the page from now on.
    document.getElementById('content')?.focus({ preventScroll: true });
    onGo();
    open(targetOf(sought));
  };
  return (
    <form className="search" role="search" aria-label="Find a lead" onSubmit={submit}>
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        aria-label="Lead id or e-mail"
        placeholder="Id or e-mail"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
};

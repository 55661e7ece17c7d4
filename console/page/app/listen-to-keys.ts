import { keyReader } from './shortcuts';

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** A checkbox takes the space key only. */
const isTextField = (target: EventTarget | null): boolean =>
  isField(target) && !(target instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(target.type));

/** Listens to the keys of the page. @returns a function that ends it */
export const listenToKeys = (): (() => void) => {
  const read = keyReader();
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    // A dialog has the keys to itself.
    const isTyping = isTextField(event.target) || document.querySelector('[role=dialog],[role=alertdialog]') !== null;
    const isModified = event.ctrlKey || event.metaKey || event.altKey;
    const found = read({ key: event.key, at: event.timeStamp, isModified, isTyping });
    if (found === undefined) return;
    event.preventDefault();
    found.run();
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
};

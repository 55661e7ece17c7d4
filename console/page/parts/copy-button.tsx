import { useState } from 'react';
import { toast } from '../app/toasts';
import { Button } from './button';

/** Copies a text to the clipboard. */
export const CopyButton = ({ text, label = 'Copy' }: Readonly<{ text: string; label?: string }>) => {
  const [isCopied, setIsCopied] = useState(false);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => {
        setIsCopied(true);
        setTimeout(() => setIsCopied(false), 2_000);
      },
      () => toast('failed', 'The browser did not allow copying. Select the text and copy it.'),
    );
  };
  return (
    <Button look="quiet" icon={isCopied ? 'check' : 'copy'} onClick={copy}>
      {isCopied ? 'Copied' : label}
    </Button>
  );
};

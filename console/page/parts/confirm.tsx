import { AlertDialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Button } from './button';
import { TextField } from './field';

type Question = Readonly<{
  title: string;
  /** The words of the button that acts: "Redrive 34". */
  action: string;
  isDanger?: boolean;
  /** Asks also for a reason, which the action gets. */
  reason?: Readonly<{ label: string; hint?: string; isRequired?: boolean; maxLength?: number }>;
  children: ReactNode;
  onConfirm: (reason: string) => void;
}>;

/**
 * Asks before an action. The question says what the action will do, and to how many. The dialog closes when the action
 * is confirmed; its result is shown by the page.
 *
 * An open question does not change with the page: what is confirmed is what the user has read.
 *
 * @param trigger the button that asks
 */
export const Confirm = ({ trigger, ...question }: Readonly<{ trigger: ReactNode }> & Question) => {
  const [isOpen, setIsOpen] = useState(false);
  const [asked, setAsked] = useState<Question>(question);
  const [text, setText] = useState('');
  const { title, action, isDanger = false, reason, children, onConfirm } = asked;
  const isMissing = reason?.isRequired === true && text.trim() === '';
  const act = (): void => {
    if (isMissing) return;
    setIsOpen(false);
    setText('');
    onConfirm(text.trim());
  };
  return (
    <AlertDialog.Root
      open={isOpen}
      onOpenChange={(opens) => {
        if (opens) setAsked(question);
        setIsOpen(opens);
      }}
    >
      <AlertDialog.Trigger asChild>{trigger}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="overlay" />
        <AlertDialog.Content className="dialog">
          <form
            onSubmit={(event) => {
              event.preventDefault();
              act();
            }}
          >
            <AlertDialog.Title asChild>
              <h2>{title}</h2>
            </AlertDialog.Title>
            <AlertDialog.Description asChild>
              <div className="sub">{children}</div>
            </AlertDialog.Description>
            {reason === undefined ? null : (
              <TextField
                label={reason.label}
                {...(reason.hint === undefined ? {} : { hint: reason.hint })}
                value={text}
                onChange={(event) => setText(event.target.value)}
                required={reason.isRequired}
                maxLength={reason.maxLength}
              />
            )}
            <div className="row end">
              <AlertDialog.Cancel asChild>
                <Button>Cancel</Button>
              </AlertDialog.Cancel>
              <Button type="submit" look={isDanger ? 'danger' : 'primary'} disabled={isMissing}>
                {action}
              </Button>
            </div>
          </form>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
};

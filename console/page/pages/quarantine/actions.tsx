import { discardQuarantined, type QuarantineChoice, revalidate } from '../../../api/quarantine';
import { useAct } from '../../app/use-act';
import { counted, whole } from '../../format/number';
import { Button } from '../../parts/button';
import { Confirm } from '../../parts/confirm';

type Given = Readonly<{
  choice: QuarantineChoice;
  /** By which a shortcut finds the button. */
  id?: string;
  onStarted?: (() => void) | undefined;
}>;

export const RevalidateRequests = ({ choice, id, onStarted }: Given) => {
  const act = useAct(revalidate, () => undefined);
  const { count } = choice;
  return (
    <Confirm
      trigger={
        <Button look="primary" isBusy={act.isPending} disabled={count === 0} id={id}>
          Revalidate {whole(count)}
        </Button>
      }
      title={`Revalidate ${counted(count, 'request')}?`}
      action={`Revalidate ${whole(count)}`}
      onConfirm={() => act.mutate(choice, { onSuccess: () => onStarted?.() })}
    >
      <p>
        Reads {count === 1 ? 'it' : 'each'} with the present settings of its source, and makes an event of each lead: it
        waits for the delay, and is enriched and mailed once.
      </p>
      <p>What still has a problem stays in quarantine, and the list says which. You can stop it at any request.</p>
    </Confirm>
  );
};

export const DiscardRequests = ({ choice, id, onStarted }: Given) => {
  const act = useAct(discardQuarantined, () => undefined);
  const { count } = choice;
  return (
    <Confirm
      trigger={
        <Button isBusy={act.isPending} disabled={count === 0} id={id}>
          Discard {whole(count)}…
        </Button>
      }
      title={`Discard ${counted(count, 'request')}?`}
      action={`Discard ${whole(count)}`}
      isDanger
      reason={{ label: 'Reason', hint: 'Kept with each request until it expires.', isRequired: true, maxLength: 512 }}
      onConfirm={(reason) => act.mutate({ ...choice, reason }, { onSuccess: () => onStarted?.() })}
    >
      <p>
        Gives {count === 1 ? 'the request' : 'the requests'} up: no lead is made of {count === 1 ? 'it' : 'them'}, and a
        retry of the sender stays discarded. This cannot be undone.
      </p>
      <p>What was sent stays stored until it expires.</p>
    </Confirm>
  );
};

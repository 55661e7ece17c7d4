import { discardDeadLetters, redriveDeadLetters } from '../../../api/dead-letters';
import { reasonTexts } from '../../../../shared/operations/views/reason-text';
import { useAct } from '../../app/use-act';
import { counted, whole } from '../../format/number';
import { redriveFixes, redriveWarnings } from '../../format/redrive-warnings';
import { Button } from '../../parts/button';
import { Confirm } from '../../parts/confirm';
import type { Chosen } from './letter-choice';

type Given = Readonly<{
  of: Chosen;
  /** By which a shortcut finds the button. */
  id?: string;
  onStarted?: (() => void) | undefined;
}>;

export const RedriveLetters = ({
  of: { choice, reasons },
  look = 'normal',
  id,
  onStarted,
}: Given & Readonly<{ look?: 'primary' | 'normal' }>) => {
  const act = useAct(redriveDeadLetters, () => undefined);
  const { count } = choice;
  return (
    <Confirm
      trigger={
        <Button look={look} isBusy={act.isPending} disabled={count === 0} id={id}>
          Redrive {whole(count)}
        </Button>
      }
      title={`Redrive ${counted(count, 'dead letter')}?`}
      action={`Redrive ${whole(count)}`}
      onConfirm={() => act.mutate(choice, { onSuccess: () => onStarted?.() })}
    >
      <p>
        Queues {count === 1 ? 'its message' : 'their messages'} again. EnrichmentFunction processes{' '}
        {count === 1 ? 'it' : 'them'} at once, and mails each lead once. What fails again comes back here.
      </p>
      {redriveWarnings(reasons).map((warning) => (
        <p key={warning} className="warn">
          {warning}
        </p>
      ))}
      {redriveFixes(reasons).map((reason) => (
        <p key={reason}>
          <b>{reasonTexts[reason].title}:</b> {reasonTexts[reason].fix}
        </p>
      ))}
      <p>You can stop it. What is not redriven by then stays in the dead-letter queue.</p>
    </Confirm>
  );
};

export const DiscardLetters = ({ of: { choice }, id, onStarted }: Given) => {
  const act = useAct(discardDeadLetters, () => undefined);
  const { count } = choice;
  return (
    <Confirm
      trigger={
        <Button isBusy={act.isPending} disabled={count === 0} id={id}>
          Discard {whole(count)}…
        </Button>
      }
      title={`Discard ${counted(count, 'dead letter')}?`}
      action={`Discard ${whole(count)}`}
      isDanger
      reason={{ label: 'Reason', hint: 'Kept in the history of each event.', isRequired: true, maxLength: 512 }}
      onConfirm={(reason) => act.mutate({ ...choice, reason }, { onSuccess: () => onStarted?.() })}
    >
      <p>
        Removes {count === 1 ? 'the message' : 'the messages'} for good.{' '}
        {count === 1 ? 'Its event, if it has one, becomes' : 'Their events become'} DISCARDED, and no mail goes out.
      </p>
      <p>
        The leads and their payloads stay stored. This cannot be undone here: only{' '}
        <code className="mono">leadline replay --state DISCARDED</code> enriches such events again.
      </p>
    </Confirm>
  );
};

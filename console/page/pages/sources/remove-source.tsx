import { type OneSource, removeSource } from '../../../api/sources';
import { useAct } from '../../app/use-act';
import { visible } from '../../format/visible';
import { Button } from '../../parts/button';
import { Confirm } from '../../parts/confirm';

/** Removes a source, after a question that says what happens to its senders. */
export const RemoveSource = ({
  source: { source },
  onRemoved,
}: Readonly<{ source: OneSource; onRemoved: () => void }>) => {
  const { id, revision } = source;
  const remove = useAct(removeSource, () => `Source ${id ?? ''} was removed. Its leads and events stay.`);
  if (id === null) return null;
  return (
    <Confirm
      trigger={
        <Button isBusy={remove.isPending} look="quiet">
          Remove…
        </Button>
      }
      title={`Remove source ${visible(id)}?`}
      action="Remove the source"
      isDanger
      onConfirm={() => remove.mutate({ id, revision }, { onSuccess: onRemoved })}
    >
      <p>Its senders get 401, at the latest after 5 minutes, and what they send then is lost.</p>
      <p>
        Its leads and events stay. Its secret cannot be brought back: to add the source again, the sender needs a new
        one.
      </p>
    </Confirm>
  );
};

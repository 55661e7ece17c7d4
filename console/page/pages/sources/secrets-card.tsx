import { type MadeSecrets, type OneSource, retireSecret, rotateSource } from '../../../api/sources';
import { useAct } from '../../app/use-act';
import { counted } from '../../format/number';
import { visible } from '../../format/visible';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Confirm } from '../../parts/confirm';
import { Badge } from '../../parts/state-badge';
import { Time } from '../../parts/time';
import { useLiveFacts } from './live-facts';
import { RotateSecret } from './rotate-secret';

/** The secrets of a source: rotate, see which one matches, retire the old one. */
export const SecretsCard = ({
  id,
  source,
  onMade,
}: Readonly<{ id: string; source: OneSource; onMade: (made: MadeSecrets) => void }>) => {
  const { revision, keys } = source.source;
  const matched = useLiveFacts().get(id)?.keys_matched;
  const rotate = useAct(rotateSource, () => `Source ${id} has a new secret. Its old one stays valid.`);
  const retire = useAct(retireSecret, () => `The old secret of source ${id} is retired.`);
  const isRotating = keys === 2;
  const old = (matched?.second ?? 0) + (matched?.previous ?? 0);
  return (
    <Card title="Secrets" aside={isRotating ? <Badge tone="work">two are valid</Badge> : null}>
      <div className="stack-of">
        <dl className="facts">
          <dt>Current secret</dt>
          <dd>
            <Requests matched={matched?.first} />
          </dd>
          {isRotating || old > 0 ? (
            <>
              <dt>Old secret</dt>
              <dd>
                <Requests matched={matched === null || matched === undefined ? undefined : old} />
              </dd>
            </>
          ) : null}
          {source.stored_at === null ? null : (
            <>
              <dt>Sources changed</dt>
              <dd>
                <Time at={source.stored_at} />
              </dd>
            </>
          )}
        </dl>
        {isRotating ? (
          <>
            <ol className="todo">
              <li>Give the new secret to all senders of this source.</li>
              <li>
                Watch the counts. Requests count from{' '}
                {source.counts_from === null ? (
                  '5 minutes after the rotation'
                ) : (
                  <Time at={source.counts_from} as="clock" />
                )}
                : before, the functions may call the old secret the current one.
              </li>
              <li>Once the old secret no longer matches, retire it.</li>
            </ol>
            <div className="row">
              <Confirm
                trigger={<Button isBusy={retire.isPending}>Retire the old secret…</Button>}
                title={`Retire the old secret of ${visible(id)}?`}
                action="Retire the old secret"
                isDanger
                onConfirm={() => retire.mutate({ id, revision })}
              >
                <p>
                  Senders that still use the old secret get 401, at the latest after 5 minutes. What they send is lost.
                </p>
                <p>
                  <b>
                    {matched === null || matched === undefined
                      ? 'How often the old secret matched is not known.'
                      : `The old secret matched ${counted(old, 'request')} in the last 24 hours.`}
                  </b>
                </p>
              </Confirm>
            </div>
          </>
        ) : (
          <>
            <p className="sub">
              A rotation adds a new secret. The old one stays valid until you retire it, so that no lead is lost.
            </p>
            <RotateSecret
              isMadeHere={source.secret_from === 'operator'}
              isBusy={rotate.isPending}
              onRotate={(secret) => rotate.mutate({ id, revision, secret }, { onSuccess: ({ made }) => onMade(made) })}
            />
          </>
        )}
      </div>
    </Card>
  );
};

/** How many requests of the last 24 hours a secret proved. */
const Requests = ({ matched }: Readonly<{ matched: number | undefined }>) =>
  matched === undefined ? (
    <span className="dim">not known</span>
  ) : (
    <span className="num">matched {counted(matched, 'request')} in 24 h</span>
  );

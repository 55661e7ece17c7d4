import {
  discard,
  enrichNow,
  type LeadAction,
  type LeadActionName,
  type LeadEventView,
  mailAgain,
  type Outcome,
  redrive,
  refresh,
} from '../../../api/lead';
import { useAct } from '../../app/use-act';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Confirm } from '../../parts/confirm';
import { PutOwner } from './put-owner';

const names: Readonly<Record<LeadActionName, string>> = {
  'enrich-now': 'Enrich now',
  refresh: 'Refresh from raw',
  'mail-again': 'Mail again',
  redrive: 'Redrive',
  discard: 'Discard',
  'put-owner': 'Put an owner',
};

/** What can be done with the event now, and why the rest cannot. */
export const Actions = ({ lead, event }: Readonly<{ lead: string; event: LeadEventView }>) => {
  const possible = event.actions.filter(({ why_not }) => why_not === null);
  const others = event.actions.filter(({ why_not }) => why_not !== null);
  return (
    <Card title="What you can do">
      <ul className="actions">
        {possible.map((action) => (
          <li key={action.name}>
            <div>
              <b>{names[action.name]}</b>
              <p className="sub">{action.does}</p>
            </div>
            {action.name === 'put-owner' ? (
              <PutOwner lead={lead} name={names[action.name]} does={action.does} />
            ) : (
              <Act lead={lead} event={event.event_id} action={{ ...action, name: action.name }} />
            )}
          </li>
        ))}
      </ul>
      {others.length === 0 ? null : (
        <details className="others" open={possible.length === 0}>
          <summary>Not possible now</summary>
          <dl>
            {others.map(({ name, why_not }) => (
              <div key={name}>
                <dt>{names[name]}</dt>
                <dd className="sub">{why_not}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </Card>
  );
};

type EventAction = Exclude<LeadActionName, 'put-owner'>;

const Act = ({
  lead: id,
  event,
  action: { name, does, is_final },
}: Readonly<{ lead: string; event: string; action: LeadAction & Readonly<{ name: EventAction }> }>) => {
  const says = ({ says: sentence }: Outcome): string => sentence ?? `${names[name]}: started.`;
  const act = {
    'enrich-now': useAct(enrichNow, says),
    refresh: useAct(refresh, says),
    'mail-again': useAct(mailAgain, says),
    redrive: useAct(redrive, says),
  };
  const giveUp = useAct(discard, says);
  const isBusy = name === 'discard' ? giveUp.isPending : act[name].isPending;
  const isPrimary = name === 'redrive';
  return (
    <Confirm
      trigger={
        <Button look={isPrimary ? 'primary' : 'normal'} isBusy={isBusy}>
          {names[name]}…
        </Button>
      }
      title={`${names[name]}?`}
      action={names[name]}
      isDanger={name === 'discard'}
      {...(name === 'discard'
        ? { reason: { label: 'Reason', hint: 'Kept in the history of the lead.', isRequired: true, maxLength: 512 } }
        : {})}
      onConfirm={(reason) =>
        name === 'discard' ? giveUp.mutate({ id, event, reason }) : act[name].mutate({ id, event })
      }
    >
      <p>{does}</p>
      {is_final ? (
        <p>{name === 'discard' ? 'This cannot be undone.' : 'A mail that is sent cannot be taken back.'}</p>
      ) : null}
    </Confirm>
  );
};

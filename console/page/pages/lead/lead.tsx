import { about } from '../../../api/about';
import { lead, type LeadEventView, type LeadHistory } from '../../../api/lead';
import { usePersonal } from '../../app/personal';
import { useShortcut } from '../../app/shortcuts';
import { useAsk } from '../../app/use-ask';
import { visible } from '../../format/visible';
import { Answer } from '../../parts/answer';
import { Empty } from '../../parts/empty';
import { PageHeader } from '../../parts/page-header';
import { PersonalSwitch } from '../../parts/personal';
import { StateBadge } from '../../parts/state-badge';
import { TaskCards } from '../../parts/task-card';
import { Actions } from './actions';
import { chosenEvent } from './chosen-event';
import { Documents } from './documents';
import { EventList } from './event-list';
import { Facts } from './facts';
import { Mails } from './mails';
import { Timeline } from './timeline';
import { Unreadable, Warnings } from './warnings';
import { open, useSearch } from '../../app/navigate';
import { Link } from '../../parts/link';

/** The longest title of a page, in characters. */
const longest = 120;

/** What happened to a lead, and what is it now? */
export const Lead = () => {
  const { id = '', event: wanted } = useSearch('/leads/lead');
  const { personal } = usePersonal();
  const query = useAsk(lead, { id, ...(personal === 'shown' ? { personal } : {}) });
  const event = chosenEvent(query.data?.events ?? [], wanted);
  const row = query.data?.leads.find(({ namespace }) => namespace === event?.namespace) ?? query.data?.leads[0];
  const name = personal === 'shown' ? (row?.display_name ?? '') : '';
  return (
    <>
      <PageHeader
        title={visible((name === '' ? id : name).slice(0, longest))}
        trail={
          <>
            <Link to="/leads" className="link">
              Leads
            </Link>{' '}
            / <span className="mono">{visible(id.slice(0, longest))}</span>
          </>
        }
        beside={event === undefined ? undefined : <StateBadge state={event.state} />}
      >
        <PersonalSwitch />
      </PageHeader>
      <Answer of={query} lines={10}>
        {(history) =>
          event !== undefined ? (
            <Found history={history} event={event} />
          ) : history.events.length > 0 ? (
            <NotRecorded lead={id} />
          ) : (
            <NoEvent history={history} />
          )
        }
      </Answer>
    </>
  );
};

const Found = ({ history, event }: Readonly<{ history: LeadHistory; event: LeadEventView }>) => {
  const { data: place } = useAsk(about, {});
  const { events, lead_id } = history;
  const index = events.indexOf(event);
  const go = (to: number): void => {
    const next = events[to];
    if (next !== undefined)
      open({ to: '/leads/lead', search: { id: lead_id, event: next.event_id } }, { replace: true });
  };
  useShortcut('j', 'Next (older) event', () => go(index + 1), events.length > 1);
  useShortcut('k', 'Previous (newer) event', () => go(index - 1), events.length > 1);
  const isMailed = event.timeline.some(({ what }) => what === 'notified');
  return (
    <>
      <TaskCards isWanted={({ kind, subject }) => kind === 'lead-event' && subject === lead_id} />
      <Unreadable history={history} />
      <div className="grid2 lead">
        <div className="column-of">
          <Timeline event={event} index={index} count={events.length} />
          <Actions key={event.event_id} lead={lead_id} event={event} />
        </div>
        <div className="column-of">
          <Facts history={history} event={event} />
          <Warnings warnings={event.warnings} />
          {events.length > 1 ? <EventList lead={lead_id} events={events} chosen={event} /> : null}
        </div>
      </div>
      <Documents key={event.event_id} lead={lead_id} event={event} />
      {place?.isLocal === true && isMailed ? <Mails key={event.event_id} lead={lead_id} event={event} /> : null}
    </>
  );
};

const NotRecorded = ({ lead: id }: Readonly<{ lead: string }>) => (
  <section className="card" aria-label="No such event">
    <Empty title="This event is not recorded">
      It has expired, or its id is wrong.{' '}
      <Link to="/leads/lead" search={{ id }} className="link">
        Show the newest event of this lead
      </Link>
      .
    </Empty>
  </section>
);

const NoEvent = ({ history }: Readonly<{ history: LeadHistory }>) => (
  <section className="card" aria-label="No lead">
    {history.leads.length > 0 ? (
      <Empty title="The events of this lead have expired">
        Leadline keeps the events of a lead for a limited time. The lead itself is still found by a search.
      </Empty>
    ) : (
      <Empty title="No lead has this id">
        Ids are compared letter by letter. <Link to="/leads">Search the leads</Link> by e-mail, owner or status, or look
        in <Link to="/quarantine">Quarantine</Link> for a request that could not be read as a lead.
      </Empty>
    )}
    <Unreadable history={history} />
  </section>
);

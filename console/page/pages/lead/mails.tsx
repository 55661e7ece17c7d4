import { type LeadEventView, mail } from '../../../api/lead';
import { usePersonal } from '../../app/personal';
import { useAsk } from '../../app/use-ask';
import { visible } from '../../format/visible';
import { Answer } from '../../parts/answer';
import { Card } from '../../parts/card';
import { TextDoc } from '../../parts/json-doc';
import { Personal } from '../../parts/personal';
import { Time } from '../../parts/time';

/** The mails of an event as they were sent. */
export const Mails = ({ lead, event }: Readonly<{ lead: string; event: LeadEventView }>) => {
  const { personal } = usePersonal();
  const query = useAsk(mail, {
    ...{ id: lead, event: event.event_id },
    ...(personal === 'shown' ? { personal } : {}),
  });
  return (
    <Card title="The mail as it was sent" isFlush>
      <Answer of={query} lines={5}>
        {({ mails, why_not }) =>
          mails.length === 0 ? (
            <p className="sub pad">{why_not ?? 'No mail of this event is kept.'}</p>
          ) : (
            mails.map(({ to, subject, text, at }, place) => (
              <article key={place} className="mail">
                <dl className="facts pad">
                  <dt>Subject</dt>
                  <dd>
                    <b>{visible(subject)}</b>
                  </dd>
                  <dt>To</dt>
                  <dd>
                    <Personal value={to.join(', ')} />
                  </dd>
                  {at === null ? null : (
                    <>
                      <dt>Sent</dt>
                      <dd>
                        <Time at={at} as="clock" />
                      </dd>
                    </>
                  )}
                </dl>
                <TextDoc label={`Mail ${place + 1}`} text={text.trimEnd()} />
              </article>
            ))
          )
        }
      </Answer>
    </Card>
  );
};

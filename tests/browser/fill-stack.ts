import type { Stack } from '../stack/cloud';
import { putSources } from '../stack/put-source';
import { atOnce, eventually, onceKnown } from '../stack/waiting';
import { messageOf, type PastLead, putPastLeads } from './past-leads';
import { realisticLeads } from './realistic-leads';

const secret = 'a-secret-of-the-browser-tests';
const header = 'x-leads-secret';

/** The settings of a source. Its payload has the contact's fields under names of its own. */
const sourceWith = (fields: Readonly<Record<string, string>>, more: object = {}) => ({
  auth: { scheme: 'header-secret', header, secrets: [secret] },
  payload: { fields },
  ...more,
});

const contact = { lead_id: 'id', email: 'email', display_name: 'name', status: 'stage' };

export const sources = {
  'hubspot-eu': { ...sourceWith(contact), silence_hours: 24 },
  // A rotation is under way, and its sender still uses the old secret.
  website: {
    ...sourceWith(contact),
    auth: { scheme: 'header-secret', header, secrets: ['a-newer-secret-of-the-browser-tests', secret] },
  },
  typeform: sourceWith({ lead_id: 'token', email: 'answers[0].email' }, { silence_hours: 12 }),
  partners: sourceWith(contact),
};

/** Requests that the settings of their source cannot read. */
const unreadable: readonly (readonly [source: keyof typeof sources, body: object | string])[] = [
  ['typeform', { token: 'f-1041', answers: [] }],
  ['typeform', { token: 'f-1042', answers: [{ phone: '+49 30 1234567' }] }],
  ['typeform', { token: 'f-1043', answers: [{ email: 'not an address' }] }],
  ['partners', { id: 'P-77', mail: 'ines.costa@globex.example', name: 'Ines Costa' }],
  ['partners', { id: 'P-78', mail: 'jonas.weber@hooli.example', name: 'Jonas Weber' }],
  ['website', '{"id": "W-9", "email": '],
];

/**
 * Fills a stack with what a sales team has after a day: leads of several sources, dead letters of several reasons,
 * requests in quarantine, files of owners.
 *
 * @returns the leads, newest first, and one that the pipeline itself has mailed
 */
export const fillStack = async (
  cloud: Stack,
): Promise<Readonly<{ leads: readonly PastLead[]; failed: PastLead; mailed: string }>> => {
  await putSources(cloud, sources);
  const leads = realisticLeads(new Date());
  await putPastLeads(cloud, leads);
  const failed = leads.filter(({ failed: why }) => why !== undefined);
  // One dead letter was deleted, so that its event failed without one.
  await atOnce(4, failed.slice(0, -1), (lead) => cloud.sendMessage(messageOf(lead), cloud.outputs.DeadLetterQueueUrl));
  await atOnce(6, leads.filter((lead) => lead.failed === undefined).slice(0, 60), ({ id, owner }) =>
    cloud.putOwner(id, { owner_name: owner }),
  );
  const mailed = 'LD-20431';
  await cloud.putOwner(mailed, { owner_name: 'Maya Chen', owner_email: 'maya.chen@example.com', team: 'Enterprise' });
  const send = async (source: string, sent: object | string): Promise<string> => {
    const { body } = await onceKnown(() => cloud.post(`/webhook/${source}`, sent, { [header]: secret }), 120);
    return String(body.event_id);
  };
  const lead = { id: mailed, email: 'ana.keller@northwind.example', name: 'Ana Keller', stage: 'demo requested' };
  const eventId = await send('hubspot-eu', { ...lead, phone: '+49 170 5550123', note: 'Wants a demo on Thursday.' });
  for (const [source, body] of unreadable) await send(source, body);
  await eventually('the mail', async () =>
    (await cloud.event(mailed, eventId)).state === 'NOTIFIED' ? true : undefined,
  );
  const [worst] = failed;
  if (worst === undefined) throw new Error('No lead has failed.');
  return { leads, failed: worst, mailed };
};

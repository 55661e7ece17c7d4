import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { leadlineOf } from './leadline-process';
import { putSource } from './put-source';
import { eventually, newLeadId, onceKnown } from './waiting';

const cloud = stack(deployedStacks()[0]);
const leadline = leadlineOf(cloud);

/** Runs a command of `leadline quarantine`, and reads the JSON that it prints. */
const quarantine = async (...args: readonly string[]): Promise<Readonly<{ code: number | null; printed: unknown }>> => {
  const { code, printed, complained } = await leadline(
    '--stack-name',
    cloud.stackName,
    'quarantine',
    ...args,
    '--json',
  );
  if (printed === '') throw new Error(complained);
  return { code, printed: JSON.parse(printed) as unknown };
};

const secret = 'quarantine-test-secret';
const sourceId = `quarantine-${process.pid}`;
const sourceWith = (fields: object, leads?: string) => ({
  auth: { scheme: 'header-secret', header: 'x-quarantine-secret', secrets: [secret] },
  payload: { fields, ...(leads === undefined ? {} : { leads }) },
});

/** Posts as the source. */
const post = (body: unknown) =>
  onceKnown(() => cloud.post(`/webhook/${sourceId}`, body, { 'x-quarantine-secret': secret }), 90);

describe('a request that the settings of its source cannot read', () => {
  beforeAll(() => putSource(cloud, sourceId, sourceWith({ lead_id: 'id', email: 'mail' }, 'contacts || @')));

  // The tests run in turn: the second one revalidates what the first one has sent.
  const leadId = newLeadId();
  let id = '';

  it('is kept once, without secrets', async () => {
    const body = { id: leadId, address: 'kim@example.com', note: `it is ${secret}` };
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 202, body: { status: 'quarantined', errors: [{ path: 'email' }] } });
    id = String(answer.body.quarantine_id);
    expect((await post({ ...body, sent_at: 'later' })).body).toMatchObject({ quarantine_id: id });
    expect((await quarantine('list', '--source', sourceId)).printed).toMatchObject([
      { id, source: sourceId, state: 'QUARANTINED', problems: [{ path: 'email' }] },
    ]);
    const shown = JSON.stringify((await quarantine('show', id.slice(0, 12), '--raw')).printed);
    expect(shown).toContain('address: text');
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain('kim@example.com');
  });

  it('stays in quarantine until the settings are corrected, and is then enriched and mailed once', async () => {
    await cloud.putOwner(leadId, { owner_name: 'Ada' });
    expect(await quarantine('revalidate', id)).toMatchObject({
      code: 1,
      printed: [{ outcome: 'invalid', leads: [{ status: 'rejected', errors: [{ path: 'email' }] }] }],
    });
    await putSource(cloud, sourceId, sourceWith({ lead_id: 'id', email: 'mail || address' }, 'contacts || @'));
    const [{ leads }] = (await quarantine('revalidate', '--source', sourceId)).printed as [
      { leads: [{ status: string; event_id: string }] },
    ];
    expect(leads).toMatchObject([{ status: 'accepted', lead_id: leadId }]);
    await eventually('NOTIFIED', async () =>
      (await cloud.event(leadId, leads[0].event_id)).state === 'NOTIFIED' ? true : undefined,
    );
    expect(await cloud.mailsAbout(leadId)).toHaveLength(1);
    expect((await quarantine('list', '--source', sourceId, '--state', 'REVALIDATED')).printed).toMatchObject([
      { id, events: [{ lead_id: leadId, event_id: leads[0].event_id }], revalidated_by: expect.any(String) as string },
    ]);
  });

  it('is one of several leads, or is discarded', async () => {
    const [good, bad] = [newLeadId(), newLeadId()];
    const answer = await post({ contacts: [{ id: good, mail: 'good@example.com' }, { id: bad }] });
    expect(answer).toMatchObject({
      status: 202,
      body: { results: [{ status: 'accepted', lead_id: good }, { status: 'quarantined' }] },
    });
    const [, { quarantine_id: id }] = answer.body.results as [unknown, { quarantine_id: string }];
    expect(await quarantine('discard', id, '--reason', 'a test', '--yes')).toMatchObject({
      code: 0,
      printed: [{ id, outcome: 'discarded' }],
    });
    expect((await quarantine('list', '--source', sourceId)).printed).toStrictEqual([]);
    expect(await quarantine('revalidate', '--source', sourceId)).toStrictEqual({ code: 3, printed: [] });
  });
});

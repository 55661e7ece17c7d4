import { fixText } from '../../../../../cli/terminal/fix-text';
import { reasonTexts } from '../../../../../shared/operations/views/reason-text';
import { failedEvent, messageAbout, unreadableMessage } from '../../../shared/operations/operator-double';
import { dlqOn } from './stack-double';

describe('leadline dlq list', () => {
  it('prints a row for each dead letter', async () => {
    const event = failedEvent({ attempts: 3 });
    const { lines, printed, outcome } = await dlqOn([event], [messageAbout(event), unreadableMessage()]).run('list');
    expect(printed).toMatchObject([[{ id: event.event_id, attempts: 3 }, { reason: 'message-unreadable' }]]);
    expect(lines[0]).toMatch(/^EVENT +LEAD +SOURCE +REASON +ATTEMPTS +AGE$/);
    expect(lines[1]).toMatch(new RegExp(`^${event.event_id.slice(0, 12)} .* owner-missing +3 `));
    expect(lines.at(-1)).toBe('2 dead letters');
    expect(outcome).toStrictEqual({ nothingMatched: false, leftAlone: false });
  });

  it('counts the attempts before a redrive as dlq show does, and does so with --dry-run', async () => {
    const steps = ['failed', 'failed', 'failed', 'redriven', 'failed', 'failed'] as const;
    const event = failedEvent({
      attempts: 3,
      history: steps.map((what, index) => ({ at: `2026-05-01T00:0${index}:00.000Z`, what })),
    });
    const { run } = dlqOn([event], [messageAbout(event)]);
    const [shown, listed, dryRun] = [
      await run('show', event.event_id),
      await run('list'),
      await run('redrive', '--all', '--dry-run'),
    ];
    for (const { printed } of [shown, listed, dryRun]) expect(printed).toMatchObject([[{ attempts: 5 }]]);
    expect(listed.lines[1]).toMatch(/ owner-missing +5 /);
  });

  it('is a success for an empty queue, but not if other consumers hold messages', async () => {
    expect((await dlqOn([], []).run('list')).outcome).toStrictEqual({ nothingMatched: false, leftAlone: false });
    const { notes, outcome } = await dlqOn([], [], 7).run('list');
    expect(notes).toStrictEqual([
      'About 7 more dead letters are held by other consumers. Run the command again in 5 minutes.',
    ]);
    expect(outcome).toStrictEqual({ nothingMatched: true, leftAlone: false });
  });
});

describe('leadline dlq list --lead', () => {
  it('names what brings failed events of the lead back if it finds no dead letter', async () => {
    const { notes, outcome } = await dlqOn([], []).run('list', '--lead', 'L-7');
    expect(notes).toStrictEqual([expect.stringContaining('leadline dlq missing --lead L-7')]);
    expect(outcome).toStrictEqual({ nothingMatched: false, leftAlone: false });
  });
});

describe('leadline dlq show', () => {
  it('prints the fields of a dead letter, its body and the timeline of its event', async () => {
    const event = failedEvent();
    const { lines, outcome } = await dlqOn([event], [messageAbout(event)]).run('show', event.event_id.slice(0, 12));
    expect(lines).toContain(`id             ${event.event_id}`);
    expect(lines.find((line) => line.startsWith('body'))).toContain(event.s3_key);
    expect(lines.at(-1)).toBe(`  ${event.received_at}  received`);
    expect(outcome).toStrictEqual({ nothingMatched: false, leftAlone: false });
  });

  it('says what the reason means, and what fixes it', async () => {
    const event = failedEvent({ reason: 'mail-unconfirmed' });
    const { lines } = await dlqOn([event], [messageAbout(event)]).run('show', event.event_id);
    const { why, fix } = reasonTexts['mail-unconfirmed'];
    expect(lines).toEqual(expect.arrayContaining([`why            ${why}`, `fix            ${fix}`]));
  });

  it('names the command that puts the owner', async () => {
    const event = failedEvent({ reason: 'owner-missing', lead_id: 'L-7' as never });
    const { lines } = await dlqOn([event], [messageAbout(event)]).run('show', event.event_id);
    expect(lines).toContain(`fix            ${fixText('owner-missing', event.lead_id)}`);
    expect(lines.join()).toContain('leadline owners put L-7 FILE');
  });

  it('prints a body that is not a message of Leadline only with --raw', async () => {
    const message = unreadableMessage();
    const { run } = dlqOn([], [message]);
    expect((await run('show', message.messageId)).lines).toContain(
      'body           not a message of Leadline; --raw prints it',
    );
    expect((await run('show', message.messageId, '--raw')).lines).toContain('body           not json');
  });

  it('says which id it wants instead of one that is too short, such as that of a lead', async () => {
    expect((await dlqOn([], []).run('show', 'test-1')).error).toMatchObject({
      message: expect.stringMatching(/id of a dead letter.*leadline dlq list.*--lead ID/) as string,
    });
  });

  it('names an id that matches nothing', async () => {
    const { notes, outcome } = await dlqOn([], []).run('show', 'no-such-id');
    expect(notes).toStrictEqual([
      'There is no such dead letter: no-such-id',
      expect.stringMatching(/leadline dlq list .*column EVENT.*--lead ID/) as string,
      expect.stringContaining('leadline dlq missing --lead ID') as string,
    ]);
    expect(outcome).toMatchObject({ nothingMatched: true });
  });
});

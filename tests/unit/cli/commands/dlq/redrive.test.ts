import { failedEvent, messageAbout } from '../../../shared/operations/operator-double';
import { dlqOn } from './stack-double';

const two = () => {
  const events = [failedEvent(), failedEvent({ reason: 'mail-refused' })];
  return { ...dlqOn(events, events.map(messageAbout)), events };
};

describe('leadline dlq redrive', () => {
  it('redrives what is chosen', async () => {
    const { run, redrivenEvents, events } = two();
    const { lines, printed, outcome } = await run('redrive', '--reason', 'mail-refused');
    expect(lines).toStrictEqual(['1 of 1 redriven']);
    expect(printed).toStrictEqual([{ redriven: 1, chosen: 1 }]);
    expect(redrivenEvents).toStrictEqual([events[1]?.event_id]);
    expect(outcome).toStrictEqual({ nothingMatched: false, leftAlone: false });
  });

  it('only lists with --dry-run', async () => {
    const { run, sent } = two();
    const { lines, printed } = await run('redrive', '--all', '--dry-run');
    expect(lines.at(-1)).toBe('2 would be redriven');
    expect(printed).toMatchObject([[{ reason: 'owner-missing' }, { reason: 'mail-refused' }]]);
    expect(sent).toStrictEqual([]);
  });

  it('refuses a command line that chooses nothing', async () => {
    const { run, sent } = two();
    expect((await run('redrive')).error).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('--all') as string,
    });
    expect(sent).toStrictEqual([]);
  });

  it('names each id that matches nothing, and redrives the others', async () => {
    const { run, events } = two();
    const { printed, notes, outcome } = await run('redrive', events[0]!.event_id, 'no-such-id');
    expect(printed).toStrictEqual([{ redriven: 1, chosen: 1 }]);
    expect(notes).toStrictEqual([
      'There is no such dead letter: no-such-id',
      expect.stringMatching(/leadline dlq list .*column EVENT.*--lead ID/) as string,
      expect.stringContaining('leadline dlq missing --lead ID') as string,
    ]);
    expect(outcome).toMatchObject({ nothingMatched: true });
  });

  it.each([
    [['--lead', 'L-7'], 'run leadline dlq missing --lead L-7.'],
    [['--lead', "L'7", '--dry-run'], "run leadline dlq missing --lead 'L'\\''7'."],
    [['--reason', 'owner-missing'], 'run leadline dlq missing.'],
    [['--all'], 'run leadline dlq missing.'],
  ])('names what brings failed events without a dead letter back if %j finds none', async (options, text) => {
    const { notes, outcome } = await dlqOn([failedEvent({ lead_id: 'L-7' as never })], []).run('redrive', ...options);
    expect(notes).toStrictEqual([expect.stringContaining(text)]);
    expect(notes[0]).toMatch(/--redrive .*last 20 minutes/);
    expect(outcome).toMatchObject({ nothingMatched: true });
  });

  it('does not call a dead letter gone that another command may hold', async () => {
    const { notes } = await dlqOn([], [], 1).run('redrive', '--lead', 'L-7');
    expect(notes).toStrictEqual([expect.stringContaining('Run the command again in 5 minutes.')]);
  });

  it('reports messages that SQS refuses', async () => {
    const event = failedEvent();
    const refusing = { sendBody: () => Promise.resolve('refused' as const) };
    const { printed, outcome, notes } = await dlqOn([event], [messageAbout(event)], 0, refusing).run(
      'redrive',
      '--all',
    );
    expect(printed).toStrictEqual([{ redriven: 0, chosen: 1, refused: 1 }]);
    expect(notes.join()).toContain('SQS refused 1 message');
    expect(outcome).toMatchObject({ leftAlone: true });
  });
});

import { eventTimeline } from '../../../../shared/stored/event-timeline';
import { eventSummary, remedyLines } from '../../../../cli/terminal/event-summary';
import { type AboutEvent, arbitraryEvent } from '../../../support/arbitrary-event';

const before = '2026-05-01T00:00:00.000Z';
const due = '2026-06-01T00:00:00.000Z';
const now = new Date('2026-05-01T12:00:00.000Z');

describe('the summary of an event', () => {
  it.each<[string, AboutEvent, string]>([
    ['is mailed', { state: 'NOTIFIED' }, 'enriched and mailed'],
    ['is due', { due_at: due }, `no mail yet: due at ${due}`],
    [
      'is to be retried',
      { reason: 'owner-missing', attempts: 2 },
      'no mail yet: owner-missing on attempt 2, to be retried',
    ],
    [
      'is to be retried after a redrive',
      {
        ...{ reason: 'owner-missing', attempts: 2 },
        history: (['failed', 'failed', 'failed', 'redriven', 'failed'] as const).map((what) => ({ at: before, what })),
      },
      'no mail yet: owner-missing on attempt 4, to be retried',
    ],
    ['is claimed', { state: 'CLAIMED', lease_until: due }, `no mail yet: claimed by a worker until ${due}`],
    [
      'is replayed after a mail',
      { due_at: due, notified_at: before },
      `mailed before at ${before}, to be mailed again: due at ${due}`,
    ],
    [
      'failed before its second mail',
      { state: 'FAILED', reason: 'mail-refused', notified_at: before, failed_at: before, received_at: before },
      `mailed before at ${before}, no further mail: mail-refused; its message is in the dead-letter queue, unless it was deleted`,
    ],
    ['is discarded', { state: 'DISCARDED' }, 'no mail: an operator discarded it'],
  ])('says of an event that %s whether it was mailed, and what is next', (_what, about, text) => {
    expect(eventSummary(arbitraryEvent(about), now)).toBe(text);
  });
});

describe('a failed event', () => {
  const event = (about: AboutEvent) =>
    arbitraryEvent({
      event_id: 'e'.repeat(64),
      lead_id,
      received_at: before,
      failed_at: before,
      ...about,
      state: 'FAILED',
    });
  const lead_id = 'L-7' as never;
  const shownOf = (about: AboutEvent, at = now) => [
    eventSummary(event(about), at),
    ...remedyLines(event(about), at).map((line) => line.trim()),
  ];

  it('names the dead-letter queue and the redrive once its message is there', () => {
    expect(shownOf({})).toStrictEqual([
      'no mail: owner-missing; its message is in the dead-letter queue, unless it was deleted',
      'fix: Put the file of the owner into the lookup bucket, then redrive. The lead is mailed once. ' +
        'To put the file: leadline owners put L-7 FILE',
      'to redrive it: leadline dlq redrive eeeeeeeeeeee',
      'if its message was deleted, to bring it back: leadline dlq missing --lead L-7 --redrive',
    ]);
    expect(shownOf({ event_id: '~' })).toContain('to redrive it: leadline dlq redrive --lead L-7');
  });

  it('names the command that puts its owner, for a shell, and none where no command fixes it', () => {
    expect(shownOf({ reason: 'owner-unreadable', lead_id: "L'7" as never })[1]).toMatch(
      /: leadline owners put 'L'\\''7' FILE$/,
    );
    expect(shownOf({ reason: 'mail-refused' })[1]).not.toContain('leadline');
  });

  it('names the time until which its message may be on its way, and what shows that a redrive works', () => {
    const [summary, , ...commands] = shownOf({}, new Date('2026-05-01T00:01:00.000Z'));
    expect(summary).toBe(
      'no mail: owner-missing; its message is in the dead-letter queue at 2026-05-01T00:20:00.000Z at the latest, unless it was deleted',
    );
    expect(commands).toStrictEqual([
      'to redrive it, as soon as leadline dlq list --lead L-7 shows it: leadline dlq redrive eeeeeeeeeeee',
      'if it is not listed after 2026-05-01T00:20:00.000Z, to bring it back: leadline dlq missing --lead L-7 --redrive',
    ]);
    const [, , look] = shownOf({ event_id: '~', reason: 'mail-unconfirmed' }, new Date('2026-05-01T00:01:00.000Z'));
    expect(look).toBe('to look at it: leadline dlq list --lead L-7');
  });

  it('needs nothing right after a redrive', () => {
    expect(shownOf({ redriven_at: '2026-05-01T11:59:00.000Z' })).toStrictEqual([
      'no mail: owner-missing; its dead letter was redriven, and a worker receives it within seconds',
    ]);
  });

  const expired = { received_at: '2026-04-01T00:00:00.000Z', failed_at: '2026-04-01T00:20:00.000Z' };

  it.each<[string, AboutEvent, string]>([
    ['SQS has deleted its message', expired, 'to bring it back: leadline dlq missing --lead L-7 --redrive'],
    [
      'its record was rebuilt',
      { reason: 'record-lost' },
      'to bring it back: leadline dlq missing --lead L-7 --redrive',
    ],
    [
      'a mail was sent before',
      { reason: 'record-lost', notified_at: before },
      'to bring it back (it may be mailed twice): leadline dlq missing --lead L-7 --redrive --maybe-mailed',
    ],
    [
      'its mail is unconfirmed',
      { ...expired, reason: 'mail-unconfirmed' },
      'to look at it: leadline dlq missing --lead L-7 --maybe-mailed',
    ],
    [
      'a shell would act on the id of its lead',
      { ...expired, lead_id: "L'7;$(reboot)" as never },
      "to bring it back: leadline dlq missing --lead 'L'\\''7;$(reboot)' --redrive",
    ],
  ])('is brought back alone, and not with the rest of its source, if %s', (_what, about, command) => {
    const shown = shownOf({ source: 'my shop', lead_id, ...about });
    expect(shown[0]).toMatch(/; its dead letter is gone$/);
    expect(shown.at(-1)).toBe(command);
  });

  const rebuilt = { rebuilt_at: before, reason: 'record-lost' } as const;
  const later = '2026-05-01T00:05:00.000Z';

  it.each<[AboutEvent, string]>([
    [rebuilt, 'to bring it back: leadline dlq missing --lead L-7 --older-than 0 --redrive'],
    [
      { ...rebuilt, reason: 'mail-unconfirmed' },
      'to look at it: leadline dlq missing --lead L-7 --older-than 0 --maybe-mailed',
    ],
  ])('has no dead letter as soon as leadline rebuild has written it: %j', (about, command) => {
    const shown = shownOf({ lead_id, ...about }, new Date(later));
    expect(shown[0]).toMatch(/; its dead letter is gone$/);
    expect(shown.at(-1)).toBe(command);
    expect(shownOf({ lead_id, ...about })[0]).toMatch(/; its dead letter is gone$/);
    // The raw object was received long before.
    expect(shownOf({ lead_id, ...about, received_at: '2026-04-30T00:00:00.000Z' })[0]).toMatch(/is gone$/);
  });

  it.each<[AboutEvent, RegExp]>([
    [{ redriven_at: later }, /its dead letter was redriven/],
    [{ requeued_at: later, failed_at: later, reason: 'worker-lost' }, /in the dead-letter queue at/],
    [{ replayed_at: later, failed_at: later, reason: 'owner-missing' }, /in the dead-letter queue at/],
    [{ failed_at: later, reason: 'mail-unconfirmed' }, /in the dead-letter queue at/],
  ])('has a message again if it has got one since its rebuild: %j', (about, text) => {
    expect(shownOf({ ...rebuilt, ...about }, new Date('2026-05-01T00:06:00.000Z'))[0]).toMatch(text);
    expect(shownOf({ ...rebuilt, ...about })[0]).toMatch(
      /its message is in the dead-letter queue, unless|was redriven/,
    );
  });

  it.each(['raw-missing', 'raw-unreadable'] as const)(
    'is not brought back if it was %s: it would fail again',
    (reason) => {
      expect(shownOf({ ...expired, reason })).toStrictEqual([
        `no mail: ${reason}; its dead letter is gone`,
        expect.stringMatching(/^fix: Let the sender send the lead again/),
      ]);
    },
  );

  it('names no redrive first if that fails again or can send a second mail', () => {
    expect(shownOf({ reason: 'raw-missing' }).at(-1)).toBe(
      'to discard it: leadline dlq discard eeeeeeeeeeee --reason TEXT',
    );
    const unconfirmed = shownOf({ reason: 'mail-unconfirmed' }).slice(2);
    expect(unconfirmed[0]).toMatch(/^to look at it: leadline dlq show eeeeeeeeeeee;/);
    expect(unconfirmed[1]).toBe(
      'if its message was deleted, to look at it: leadline dlq missing --lead L-7 --maybe-mailed',
    );
  });
});

describe('the timeline', () => {
  it('begins with the receipt, and is in order of time', () => {
    const [failed, notified] = [
      { at: before, what: 'failed', reason: 'owner-missing' },
      { at: due, what: 'notified' },
    ] as const;
    const steps = eventTimeline(
      arbitraryEvent({ received_at: '2026-04-01T00:00:00.000Z', history: [notified, failed] }),
    );
    expect(steps).toStrictEqual([{ at: '2026-04-01T00:00:00.000Z', what: 'received' }, failed, notified]);
  });
});

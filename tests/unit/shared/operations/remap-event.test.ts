import type { EmailAddress } from '../../../../shared/lead/email-address';
import type { LeadId } from '../../../../shared/lead/lead-id';
import type { MappedFields } from '../../../../shared/lead/mapped-fields';
import { type PresentReading, remapEvent, type RemapPorts } from '../../../../shared/operations/remap-event';
import { replayEvents, type ReplayPorts } from '../../../../shared/operations/replay-events';
import type { EventItem } from '../../../../shared/stored/event-item';
import { failedEvent } from './operator-double';

const mapped: MappedFields = { email: 'kim@example.com' as EmailAddress, status: 'won' };

const remapping = (readingOf: (event: EventItem) => PresentReading, isHeld = false) => {
  const written: (readonly [string, MappedFields | undefined])[] = [];
  const sent: string[] = [];
  const remapPorts: RemapPorts = {
    readPresent: (event) => Promise.resolve(readingOf(event)),
    writeMapped: ({ eventId }, fields) => {
      if (isHeld) return Promise.resolve(failedEvent());
      written.push([eventId, fields]);
      return Promise.resolve(undefined);
    },
  };
  const ports: ReplayPorts = {
    reopen: () => Promise.resolve(undefined),
    askForRefresh: () => Promise.resolve(true),
    giveUpRefresh: () => Promise.resolve(),
    send: ({ event_id = '' }) => Promise.resolve(void sent.push(event_id)),
    remap: (event) => remapEvent(remapPorts, event),
    pace: () => Promise.resolve(),
    onProgress: () => undefined,
    isInterrupted: () => false,
  };
  return { ports, written, sent };
};

const asRead = ({ lead_id }: EventItem): PresentReading => ({ kind: 'read', leadId: lead_id, mapped });

describe.each([true, false])('replaying with the present mapping, with a mail: %s', (withMail) => {
  it('writes what the present mapping reads, then sends the message', async () => {
    const { ports, written, sent } = remapping(asRead);
    const event = failedEvent({ state: 'NOTIFIED' });
    expect(await replayEvents(ports, [event], withMail)).toStrictEqual({ replayed: 1, skipped: 0, not_remapped: {} });
    expect(written).toStrictEqual([[event.event_id, mapped]]);
    expect(sent).toStrictEqual([event.event_id]);
  });

  it('removes what was read if the source has no mapping any more', async () => {
    const { ports, written } = remapping(({ lead_id }) => ({ kind: 'read', leadId: lead_id, mapped: undefined }));
    const event = failedEvent({ state: 'NOTIFIED' });
    await replayEvents(ports, [event], withMail);
    expect(written).toStrictEqual([[event.event_id, undefined]]);
  });

  it.each<[string, (event: EventItem) => PresentReading, boolean]>([
    ['not-a-lead', () => ({ kind: 'not-read' }), false],
    ['another-lead', () => ({ kind: 'read', leadId: 'another' as LeadId, mapped }), false],
    ['held', asRead, true],
  ])('leaves an event out, and sends nothing, if it is not remapped: %s', async (why, readingOf, isHeld) => {
    const { ports, written, sent } = remapping(readingOf, isHeld);
    const events = [failedEvent({ state: 'NOTIFIED' }), failedEvent({ state: 'NOTIFIED' })];
    expect(await replayEvents(ports, events, withMail)).toStrictEqual({
      replayed: 0,
      skipped: 0,
      not_remapped: { [why]: 2 },
    });
    expect(written).toStrictEqual([]);
    expect(sent).toStrictEqual([]);
  });
});

it('does not remap an event that cannot be replayed with a mail', async () => {
  const { ports, written } = remapping(asRead);
  expect(await replayEvents(ports, [failedEvent({ state: 'CLAIMED' })], true)).toMatchObject({ skipped: 1 });
  expect(written).toStrictEqual([]);
});

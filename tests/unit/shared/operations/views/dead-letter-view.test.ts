import {
  deadLetterDetailView,
  deadLetterView,
  discardedView,
} from '../../../../../shared/operations/views/dead-letter-view';
import { redriveView } from '../../../../../shared/operations/views/redrive-view';
import { deadMessage, failedEvent, messageAbout, refreshOf, unreadableMessage } from '../operator-double';

const now = new Date('2026-06-01T12:00:00.000Z');
const sentAt = new Date('2026-06-01T11:58:30.400Z');

describe('a dead letter for programs', () => {
  const event = failedEvent({ reason_detail: 'no object', attempts: 3 });

  it('has its event, its reason and its age in seconds', () => {
    const message = { ...messageAbout(event), sentAt };
    expect(deadLetterView({ message, event }, now)).toStrictEqual({
      id: event.event_id,
      lead_id: event.lead_id,
      source: 'ingest',
      state: 'FAILED',
      reason: 'owner-missing',
      reason_detail: 'no object',
      attempts: 3,
      since: '2026-06-01T11:58:30.400Z',
      expires_at: '2026-06-15T11:58:30.400Z',
      age_seconds: 90,
    });
  });

  it('has null for what is not known', () => {
    const message = { ...unreadableMessage(), sentAt };
    expect(deadLetterView({ message, event: undefined }, now)).toStrictEqual({
      id: message.messageId,
      lead_id: null,
      source: null,
      state: null,
      reason: 'message-unreadable',
      reason_detail: null,
      attempts: null,
      since: '2026-06-01T11:58:30.400Z',
      expires_at: '2026-06-15T11:58:30.400Z',
      age_seconds: 90,
    });
  });

  it('has no detail of a reason that is not its own', () => {
    expect(deadLetterView({ message: refreshOf(event), event }, now)).toMatchObject({
      reason: 'refresh-failed',
      reason_detail: null,
    });
  });

  it('shows a body that is not a message of Leadline only on request, and masks its secrets', () => {
    const deadLetter = { message: deadMessage(undefined, 'secret_key=hidden'), event: undefined };
    expect(deadLetterDetailView(deadLetter, now, false)).toMatchObject({ body: null, event: null });
    expect(deadLetterDetailView(deadLetter, now, true)).toMatchObject({ body: 'secret_key=***' });
  });

  it('has the outcome of a discard', () => {
    expect(discardedView({ message: messageAbout(event), event, outcome: 'stale' }, now)).toMatchObject({
      id: event.event_id,
      outcome: 'stale',
    });
  });
});

test('a redrive for programs has only the counts above 0', () => {
  const report = { chosen: [], redriven: 0, refused: 0, held: 0, lost: 0, stillHidden: 0 };
  expect(redriveView(report)).toStrictEqual({ redriven: 0, chosen: 0 });
  expect(redriveView({ ...report, refused: 1, held: 2, lost: 3, stillHidden: 4 })).toStrictEqual({
    redriven: 0,
    chosen: 0,
    refused: 1,
    held: 2,
    lost: 3,
    still_hidden: 4,
  });
});

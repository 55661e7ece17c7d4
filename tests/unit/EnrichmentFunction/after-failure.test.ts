import { type Action, decideAfterFailure } from '../../../EnrichmentFunction/after-failure';
import type { Fault } from '../../../EnrichmentFunction/fault';
import { recordRef } from '../../../shared/lead/event-ref';
import type { FailedAttempt } from '../../../shared/ports/record-failure';
import { messageFor, type QueueMessage } from '../../../shared/stored/queue-message';
import { arbitraryRecord } from '../../support/arbitrary';

const record = arbitraryRecord();
const event = recordRef(record);
const until = new Date('2026-01-01T00:01:00Z');

const leave = (more: Partial<Extract<Action, { kind: 'leave' }>> = {}): Action => ({
  kind: 'leave',
  recordFor: event,
  postponeUntil: undefined,
  ...more,
});
const unrecorded = { recordFor: undefined };

const missing: Fault = { reason: 'owner-missing', detail: '' };
const unconfirmed: Fault = { reason: 'mail-unconfirmed', detail: 'TimeoutError', heldUntil: until };
const limitReached: Fault = { reason: 'mail-unconfirmed', detail: '3 mails may have been sent', isFinal: true };
const held: Fault = { reason: 'held-by-another', detail: '', heldUntil: until };

const message = messageFor(record);
const refresh = { ...message, intent: 'refresh' as const };
const keyOnly = { s3_key: message.s3_key };

const resend = (again: QueueMessage): Action => ({ kind: 'resend', message: again, heldUntil: until });

type Row = readonly [what: string, given: QueueMessage, receive: number, Fault, FailedAttempt['next'], Action];

it.each<Row>([
  // A fault that leaves the event free.
  ['is recorded, and the message retried', message, 1, missing, 'retry', leave()],
  ['is recorded, and the message retried', message, 2, missing, 'retry', leave()],
  ['is recorded, and the message given up', message, 3, missing, 'give-up', leave()],
  // The mail may be out: the event is held.
  ['holds the event and postpones the message', message, 1, unconfirmed, 'hold', leave({ postponeUntil: until })],
  ['is recorded at the last receive', message, 3, unconfirmed, 'give-up', leave({ postponeUntil: until })],
  ['that is final is given up at once', message, 1, limitReached, 'give-up', leave()],
  // Another worker holds the event: this attempt tried nothing, so there is nothing to record.
  ['of another hold is not recorded', message, 1, held, 'hold', leave({ ...unrecorded, postponeUntil: until })],
  ['of another hold resends the message', message, 3, held, 'give-up', resend({ ...message, resends: 1 })],
  [
    'of another hold resends the message a fourth time',
    { ...message, resends: 3 },
    3,
    held,
    'give-up',
    resend({ ...message, resends: 4 }),
  ],
  [
    'of another hold gives up a message that was resent four times',
    { ...message, resends: 4 },
    3,
    held,
    'give-up',
    leave({ ...unrecorded, postponeUntil: until }),
  ],
  [
    'of another hold resends a message with a key only',
    keyOnly,
    3,
    held,
    'give-up',
    resend({ ...keyOnly, resends: 1 }),
  ],
  // A refresh.
  ['of a refresh is not recorded as the event’s', refresh, 2, missing, 'retry', leave(unrecorded)],
  ['of a refresh ends it at the last receive', refresh, 3, missing, 'give-up', { kind: 'end-refresh', event }],
])('a fault %s', (_what, given, receiveCount, fault, next, action) => {
  const decision = decideAfterFailure({ message: given, attempt: { receiveCount } }, { ...fault, record }, 3);
  const { reason, detail, heldUntil } = fault;
  const {
    correlationId,
    event: { source },
  } = record;
  expect(decision).toStrictEqual({
    failure: { reason, detail, next, event, source, correlationId, ...(heldUntil === undefined ? {} : { heldUntil }) },
    action,
  });
});

describe('an event that is not read yet', () => {
  it('is the one that the message names', () => {
    const decision = decideAfterFailure({ message, attempt: { receiveCount: 1 } }, missing, 3);
    expect(decision).toMatchObject({ failure: { event }, action: leave() });
  });

  it.each([
    ['event', keyOnly],
    ['refresh', { ...keyOnly, intent: 'refresh' as const }],
  ])('has no record to change if the message has a key only: %s', (_what, given) => {
    const decision = decideAfterFailure({ message: given, attempt: { receiveCount: 3 } }, missing, 3);
    expect(decision).toMatchObject({ failure: { event: undefined, next: 'give-up' }, action: leave(unrecorded) });
  });
});

import * as E from 'fp-ts/Either';
import { PathReporter } from 'io-ts/PathReporter';
import { messageFor, queueMessage } from '../../../../shared/stored/queue-message';
import { arbitraryRecord } from '../../../support/arbitrary';

describe('the event id in a message', () => {
  it('has at most 128 characters', () => {
    const message = { ...messageFor(arbitraryRecord()), event_id: 'x'.repeat(128) };
    expect(queueMessage.decode(message)).toStrictEqual(E.right(message));
  });

  it.each(['', 'x'.repeat(129), 'x'.repeat(1100)])('cannot be decoded: %j', (event_id) => {
    const decoded = queueMessage.decode({ ...messageFor(arbitraryRecord()), event_id });
    expect(PathReporter.report(decoded).join()).toContain('event_id');
  });
});

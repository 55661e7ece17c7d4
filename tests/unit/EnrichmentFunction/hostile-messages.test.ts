import * as E from 'fp-ts/Either';
import fc from 'fast-check';
import { enrichedKeyOf, rawKey } from '../../../shared/lead/raw-key';
import { parseJson } from '../../../shared/codecs/json-text';
import { queueMessage } from '../../../shared/stored/queue-message';
import { joinEvents } from '../../../shared/operations/join-events';

const decoded = (body: string) => {
  const json = parseJson(body);
  const message = E.isRight(json) ? queueMessage.decode(json.right) : json;
  return E.isRight(message) ? message.right : undefined;
};

describe('a message that names a key which S3 can not have', () => {
  it.each([
    ['half a surrogate pair', String.raw`{"s3_key":"raw/\ud800"}`],
    ['more than 1,024 bytes in fewer characters', JSON.stringify({ s3_key: `raw/${'雪'.repeat(342)}` })],
    ['no room for the name of the enriched object', JSON.stringify({ s3_key: `raw/${'x'.repeat(1020)}` })],
    ['1 MiB', JSON.stringify({ s3_key: `raw/${'x'.repeat(1024 * 1024)}` })],
    ['nothing after the folder', '{"s3_key":"raw/"}'],
    ['nothing', '{"s3_key":""}'],
    ['no text', '{"s3_key":{"raw/":1}}'],
    ['a key in a prototype', '{"__proto__":{"s3_key":"raw/x"}}'],
    ['no object', '[{"s3_key":"raw/x"}]'],
    ['a lead id with half a surrogate pair', String.raw`{"s3_key":"raw/x","lead_id":"\udc00"}`],
    ['an event id with a NUL', String.raw`{"s3_key":"raw/x","lead_id":"L","event_id":"\u0000"}`],
  ])('is one that can not be read: %s', (_what, body) => {
    expect(decoded(body)).toBeUndefined();
  });

  it('is never one that enrichment or an operator asks S3 for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        const key = `raw/${text}`;
        if (!rawKey.is(key)) return;
        encodeURIComponent(key);
        expect(Buffer.byteLength(enrichedKeyOf(key))).toBeLessThanOrEqual(1024);
      }),
    );
  });
});

describe('a message with a field __proto__', () => {
  it.each(['raw/x', 'raw%2Fx'])('has no other fields than those that were checked: %s', (key) => {
    const message = decoded(`{"s3_key":"${key}","__proto__":{"event_id":"${'x'.repeat(3000)}","lead_id":"a/b"}}`);
    expect(message?.s3_key).toBe('raw/x');
    expect([message?.event_id, message?.lead_id]).toStrictEqual([undefined, undefined]);
  });
});

describe('a letter whose raw object the store refuses', () => {
  it('is listed beside the others', async () => {
    const letter = (messageId: string, body: string) => ({
      messageId,
      receiptHandle: messageId,
      sentAt: new Date(0),
      body,
      decoded: decoded(body),
    });
    const letters = [letter('1', '{"s3_key":"raw/odd"}'), letter('2', '{"s3_key":"raw/gone"}'), letter('3', 'x')];
    const joined = await joinEvents(
      {
        readEvents: () => Promise.resolve(new Map()),
        eventOfRaw: (key) => Promise.resolve(key === 'raw/odd' ? 'store-unavailable' : 'raw-missing'),
        onRead: () => Promise.resolve(),
      },
      letters,
    );
    expect(joined.map(({ noEvent }) => noEvent)).toStrictEqual(['store-unavailable', 'raw-missing', undefined]);
  });
});

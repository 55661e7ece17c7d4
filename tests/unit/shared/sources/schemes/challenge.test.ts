import { challengeAnswer } from '../../../../../shared/sources/auth';
import { authOf, sampleOf } from '../auth-samples';

const meta = authOf({ scheme: 'meta', verify_token: 'meatyhamhock' });

/** The example of https://developers.facebook.com/docs/graph-api/webhooks/getting-started. */
const query = { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': 'meatyhamhock' };

it('is the challenge, for Meta and for hmac', () => {
  expect(challengeAnswer(meta, query)).toBe('1158201444');
  const hmac = authOf({ scheme: 'hmac', header: 'x-sig', verify_token: 'meatyhamhock' });
  expect(challengeAnswer(hmac, query)).toBe('1158201444');
});

it.each([
  ['another token', { 'hub.verify_token': 'meatyhamhocK' }],
  ['a part of the token', { 'hub.verify_token': 'meatyhamhoc' }],
  ['no token', { 'hub.verify_token': undefined }],
  ['an empty token', { 'hub.verify_token': '' }],
  ['another mode', { 'hub.mode': 'unsubscribe' }],
  ['no mode', { 'hub.mode': undefined }],
  ['no challenge', { 'hub.challenge': undefined }],
  ['an empty challenge', { 'hub.challenge': '' }],
  ['a long challenge', { 'hub.challenge': 'x'.repeat(1_001) }],
  ['a line break', { 'hub.challenge': 'a\nb' }],
  ['other characters than ASCII', { 'hub.challenge': 'ä' }],
])('there is none for %s', (_what, change) => {
  expect(challengeAnswer(meta, { ...query, ...change })).toBeUndefined();
});

it('has at most 1,000 printable characters', () => {
  const challenge = '<b>~ x'.repeat(166);
  expect(challengeAnswer(meta, { ...query, 'hub.challenge': challenge })).toBe(challenge);
});

it.each([
  ['an unknown source', undefined],
  ['a source without a token', sampleOf('meta')],
  ['a scheme without challenges', sampleOf('github')],
])('there is none for %s, whatever is sent', (_what, auth) => {
  expect(challengeAnswer(auth, query)).toBeUndefined();
  expect(challengeAnswer(auth, { ...query, 'hub.verify_token': '' })).toBeUndefined();
  expect(challengeAnswer(auth, {})).toBeUndefined();
});

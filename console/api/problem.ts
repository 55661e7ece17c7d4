import * as t from 'io-ts';

/** Why a request failed, and what to do about it. */
export const problem = t.readonly(
  t.intersection([
    t.type({
      /**
       * `bad-input`: the message names the field. `no-session`: the page needs a new address. `access-denied`: the
       * credentials lack a right. `no-answer`: the cloud does not answer. `conflict`: the state does not allow it. Other
       * kinds are those of `leadline`.
       */
      kind: t.string,
      message: t.string,
    }),
    t.partial({
      /** Of `access-denied`: the rights that the request needs, such as `sqs:SendMessage on DelayQueue`. */
      rights: t.readonlyArray(t.string),
    }),
  ]),
  'Problem',
);

export type Problem = t.TypeOf<typeof problem>;

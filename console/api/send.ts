import * as t from 'io-ts';
import { nullable } from '../../shared/codecs/nullable';
import { changes, reads } from './endpoint';

const placed = t.readonly(t.type({ path: t.string, message: t.string }));

/** A body as a sender sends it. */
const sample = t.readonly(
  t.type({
    preset: nullable(t.string),
    content_type: t.string,
    body: t.string,
  }),
  'Sample',
);

export type Sample = t.TypeOf<typeof sample>;

/** The sample of each preset, as its provider sends it. */
export const samples = reads('/api/send/samples', t.type({}), t.readonlyArray(sample));

/** A sample that the settings of a source read as a new lead, with an example.com address. `null` if there is none. */
export const sampleOfSource = reads('/api/send/sample', t.type({ source: t.string }), nullable(sample));

/** How the requests of a source prove who sends them, for the text of a `curl` command. Never the secret. */
const request = t.readonly(
  t.type({
    url: t.string,
    content_type: t.string,
    /** `none`: no secret is needed. `signature`: `curl` cannot make it. */
    proof: t.union([
      t.type({ kind: t.literal('none') }),
      t.type({ kind: t.literal('header'), header: t.string }),
      t.type({ kind: t.literal('basic'), user: t.string }),
      t.type({ kind: t.literal('signature'), scheme: t.string }),
    ]),
  }),
  'SentAs',
);

export type SentAs = t.TypeOf<typeof request>;

/** What a request of a source looks like. */
export const requestOf = reads('/api/send/request', t.type({ source: t.string }), request);

/** What the API answered about one lead. */
const result = t.readonly(
  t.type({
    status: t.string,
    lead_id: nullable(t.string),
    event_id: nullable(t.string),
    quarantine_id: nullable(t.string),
    errors: t.readonlyArray(placed),
    warnings: t.readonlyArray(placed),
  }),
  'SentResult',
);

export type SentResult = t.TypeOf<typeof result>;

const answer = t.readonly(
  t.type({
    /** The status of HTTP. */
    status: t.number,
    /** One for each lead. Empty if the request was refused. */
    results: t.readonlyArray(result),
    /** Why the request was refused. */
    refusal: nullable(t.readonly(t.type({ title: t.string, errors: t.readonlyArray(placed) }))),
    /** The body that was sent, without what the scheme adds. */
    body: t.string,
    /** Which leads got a file of an owner: `null` if that was not asked for. */
    owner: nullable(
      t.readonly(
        t.type({
          /** How many files were written. */
          put: t.number,
          /** Leads that had a file already, which was left as it is. */
          kept: t.readonlyArray(t.string),
          /** Why no file could be written. */
          why_not: nullable(t.string),
        }),
      ),
    ),
  }),
  'Sent',
);

export type Sent = t.TypeOf<typeof answer>;

/**
 * Sends a request to the API of the stack as a sender does, signed by the first secret of the source.
 *
 * - `payload` is the body. `null`: a sample with a new lead.
 * - `with_owner`: puts an owner's file for each lead that has none, which says that the lead is a test.
 *
 * For a minute after a change of the sources, a 401 is retried for 35 seconds, because the functions may not know the
 * secret yet.
 */
export const send = changes(
  '/api/send',
  t.type({ source: t.string, payload: nullable(t.string), with_owner: t.boolean }),
  answer,
);

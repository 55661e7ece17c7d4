import * as t from 'io-ts';
import { instant } from '../codecs/instant';
import { storedProblem } from '../codecs/stored-problem';
import { leadOrigin } from './lead-origin';
import { quarantinedKind } from './quarantine-item';

/** A quarantined request in its object: what its sender sent, without secrets, and why it is no lead. */
export const quarantinedObject = t.readonly(
  t.intersection([
    t.type({
      source: t.string,
      received_at: instant,
      correlation_id: t.string,
      kind: quarantinedKind,
      method: t.string,
      url: t.string,
      headers: t.readonly(t.record(t.string, t.readonlyArray(t.string))),
      content_type: t.string,
      /** The bytes, which need not be text. */
      body_base64: t.string,
      problems: t.readonlyArray(storedProblem),
    }),
    t.partial({
      /** Of one lead of a body with several. Absent in objects of earlier versions. */
      origin: leadOrigin,
    }),
  ]),
  'QuarantinedObject',
);

export type QuarantinedObject = t.TypeOf<typeof quarantinedObject>;

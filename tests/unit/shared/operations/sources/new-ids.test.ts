import * as E from 'fp-ts/Either';
import { addSource, configureSource } from '../../../../../shared/operations/sources/change-source';

const entry = { auth: { scheme: 'header-secret', header: 'x-webhook-secret', secrets: ['money-talks-99'] } };
const withHeader = (header: string) => ({ auth: { ...entry.auth, header } });

describe('a new source', () => {
  it.each(['acme', 'lead_ingest', 'crm-2', 'a.b'])('may have the id %j', (id) => {
    expect(E.isRight(addSource(id, entry)({}))).toBe(true);
  });

  it.each(['a/../b', ' ', 'a b', 'a\u0000b', 'x\u202ey', 'jo@corp.example', '__proto__', '', 'a%2f', 'x'.repeat(65)])(
    'must not have the id %j, which URLs and logs could not have',
    (id) => {
      expect(addSource(id, entry)({})).toMatchObject(E.left({ kind: 'invalid' }));
    },
  );

  it.each(['Content-Length', 'host', 'transfer-encoding', 'connection'])('cannot have its secret in %s', (header) => {
    expect(addSource('acme', withHeader(header))({})).toMatchObject(E.left({ kind: 'invalid' }));
    const changed = { auth: { scheme: 'header-secret', header } } as never;
    expect(configureSource('acme', changed)({ acme: entry })).toMatchObject(E.left({ kind: 'invalid' }));
  });
});

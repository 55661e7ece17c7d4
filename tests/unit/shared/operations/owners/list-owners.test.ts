import { listOwners } from '../../../../../shared/operations/owners/list-owners';
import { filesDouble } from './owner-files-double';

test('the leads of an owner are in the order of their numbers', async () => {
  const ids = ['LD-10', 'LD-9', 'ld-9', 'LD-100', 'LD-1'];
  const files = filesDouble(Object.fromEntries(ids.map((id) => [id, { owner_name: 'Bob Builder' }])));
  const ports = { files, onProgress: () => undefined, isInterrupted: () => false };
  const { owners } = await listOwners(ports, { limit: 10 });
  expect(owners.map(({ leadIds }) => leadIds)).toStrictEqual([['LD-1', 'ld-9', 'LD-9', 'LD-10', 'LD-100']]);
});

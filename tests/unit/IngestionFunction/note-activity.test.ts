import * as E from 'fp-ts/Either';
import { activityNotes } from '../../../IngestionFunction/note-activity';
import type { Received } from '../../../IngestionFunction/receive-lead';
import type { StoreFailure } from '../../../shared/ports/store-failure';
import { bugs } from '../../support/bugs';

const accepted = E.right({
  kind: 'processed',
  sender: { sourceId: 'crm', silenceHours: 24 },
  outcomes: [{ kind: 'accepted' }],
  isBatch: false,
} as unknown as Received);

test.each(Object.keys(bugs))('a bug that %s over the note fails no request', async (bug) => {
  const failures: StoreFailure[] = [];
  const note = activityNotes(bugs[bug]!, (_source, failure) => failures.push(failure));
  await expect(note(accepted, new Date(0))()).resolves.toBeUndefined();
  expect(failures).toMatchObject([{ kind: 'unavailable', store: 'activity', cause: 'TypeError' }]);
});

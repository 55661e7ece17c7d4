import * as TE from 'fp-ts/TaskEither';
import type { ReceivePorts } from '../../IngestionFunction/receive-lead';
import { sourcesFromEnvironment } from '../../dev/cloud/seed';
import { sourcesOf } from './sources-of';

const done = () => TE.right(undefined);

/**
 * Ports of `receiveLead` whose stores accept everything, with the sources of `npm start` and an open `POST /ingest`.
 *
 * @param changes ports that a test replaces
 */
export const acceptingReceivePorts = (changes: Partial<ReceivePorts> = {}): ReceivePorts => ({
  recordEvent: (record) => TE.right({ kind: 'new', record }),
  storeRaw: done,
  saveLead: done,
  enqueue: done,
  queueAgain: () => TE.right(true),
  noteQueuedAgain: done,
  readSources: () => TE.right(sourcesOf(sourcesFromEnvironment({}))),
  quarantine: () => TE.right('new'),
  noteActivity: done,
  now: () => new Date(),
  ingestAuth: 'OPEN',
  ...changes,
});

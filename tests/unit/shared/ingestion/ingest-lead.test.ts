import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { ingestLead, type IngestPorts } from '../../../../shared/ingestion/ingest-lead';
import type { RecordedEvent } from '../../../../shared/lead/recorded-event';
import type { Recorded } from '../../../../shared/ports/record-event';
import { unavailable } from '../../../../shared/ports/store-failure';
import { arbitraryRecord } from '../../../support/arbitrary';

const recording = (recorded: Recorded['kind'], broken: Partial<IngestPorts> = {}) => {
  const steps: string[] = [];
  const step = (name: string) => () => TE.fromIO(() => void steps.push(name));
  const ports: IngestPorts = {
    recordEvent: (record) => TE.right({ kind: recorded, record }),
    storeRaw: step('raw'),
    saveLead: step('lead'),
    enqueue: step('queue'),
    queueAgain: () => TE.fromIO(() => (steps.push('may queue'), true)),
    noteQueuedAgain: step('queued'),
    ...broken,
  };
  return { steps, ingest: (record: RecordedEvent) => ingestLead(ports)(record)() };
};

const down = E.left(unavailable('any')(new Error()));

describe('ingesting a lead', () => {
  const record = arbitraryRecord();

  describe('given an event seen for the first time', () => {
    it('is accepted, and queued only after it is stored', async () => {
      const { ingest, steps } = recording('new');
      expect(await ingest(record)).toStrictEqual(E.right({ kind: 'accepted', record }));
      expect(steps).toStrictEqual(['raw', 'lead', 'queue']);
    });

    it.each(['storeRaw', 'saveLead'] as const)('is neither queued nor accepted when %s fails', async (port) => {
      const { ingest, steps } = recording('new', { [port]: () => TE.fromEither(down) });
      expect(await ingest(record)).toStrictEqual(down);
      expect(steps).not.toContain('queue');
    });

    it('is not accepted when it could not be queued', async () => {
      const { ingest } = recording('new', { enqueue: () => TE.fromEither(down) });
      expect(await ingest(record)).toStrictEqual(down);
    });
  });

  describe('given an event that an earlier attempt left unfinished', () => {
    it('finishes it, and calls it a duplicate', async () => {
      const { ingest, steps } = recording('unfinished');
      expect(await ingest(record)).toStrictEqual(E.right({ kind: 'duplicate', record }));
      expect(steps).toStrictEqual(['raw', 'lead', 'may queue', 'queue', 'queued']);
    });

    it('stores it, and does not queue it again, where that happened often enough', async () => {
      const { ingest, steps } = recording('unfinished', { queueAgain: () => TE.right(false) });
      expect(await ingest(record)).toStrictEqual(E.right({ kind: 'duplicate', record }));
      expect(steps).toStrictEqual(['raw', 'lead']);
    });
  });

  describe('given a repeat that is queued again', () => {
    it('is not noted as queued where it could not be queued', async () => {
      const { ingest, steps } = recording('unfinished', { enqueue: () => TE.fromEither(down) });
      expect(await ingest(record)).toStrictEqual(down);
      expect(steps).toStrictEqual(['raw', 'lead', 'may queue']);
    });

    it('is answered although its message could not be noted, because it was sent', async () => {
      const { ingest, steps } = recording('unfinished', { noteQueuedAgain: () => TE.fromEither(down) });
      expect(await ingest(record)).toStrictEqual(E.right({ kind: 'duplicate', record }));
      expect(steps).toContain('queue');
    });
  });

  describe('given an event that was ingested before', () => {
    it('does nothing more', async () => {
      const { ingest, steps } = recording('finished');
      expect(await ingest(record)).toStrictEqual(E.right({ kind: 'duplicate', record }));
      expect(steps).toStrictEqual([]);
    });
  });
});

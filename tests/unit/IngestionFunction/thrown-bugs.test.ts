import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { ingestLead } from '../../../shared/ingestion/ingest-lead';
import { arbitraryRecord } from '../../support/arbitrary';
import { bugs } from '../../support/bugs';

describe('a bug in a step of the ingestion', () => {
  it.each(Object.keys(bugs))('that %s leaves no call under way', async (kind) => {
    const calls = { started: 0, ended: 0 };
    const step = () => async () => {
      calls.started += 1;
      await new Promise((resolve) => setTimeout(resolve, 10));
      calls.ended += 1;
      return E.right(undefined);
    };
    const ingest = ingestLead({
      recordEvent: (record) => TE.right({ kind: 'new', record }),
      storeRaw: bugs[kind]!,
      saveLead: step,
      enqueue: step,
      queueAgain: () => TE.right(true),
      noteQueuedAgain: step,
    });
    await expect(ingest(arbitraryRecord())()).rejects.toThrow(TypeError);
    expect(calls.started).toBe(calls.ended);
  });
});

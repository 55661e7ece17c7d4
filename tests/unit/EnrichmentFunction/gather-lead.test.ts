import * as E from 'fp-ts/Either';
import { enrichLead, type EnrichPorts } from '../../../EnrichmentFunction/enrich-lead';
import { messageFor } from '../../../shared/stored/queue-message';
import { arbitraryAttempt, arbitraryRecord } from '../../support/arbitrary';
import { countingPorts } from './counting-ports';

describe('gathering a lead', () => {
  it('reads the owner while it reads the raw object', async () => {
    const one = arbitraryRecord();
    const { ports } = countingPorts([one]);
    const underWay: string[] = [];
    const waitingForBoth = (name: string) => async () => {
      underWay.push(name);
      while (underWay.length < 2) await new Promise(setImmediate);
    };
    const both: EnrichPorts = {
      ...ports,
      readRaw: () => () => waitingForBoth('raw')().then(() => E.right({ ...one, labelled: true })),
      readOwner: () => () => waitingForBoth('owner')().then(() => E.right({ owner_name: 'Bob' })),
    };
    const outcome = await enrichLead(both)({ message: messageFor(one), attempt: arbitraryAttempt() })();
    expect(outcome).toStrictEqual(E.right({ kind: 'notified', record: one }));
  });
});

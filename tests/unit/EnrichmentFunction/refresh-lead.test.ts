import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { EnrichPorts } from '../../../EnrichmentFunction/enrich-lead';
import { messageFor } from '../../../shared/stored/queue-message';
import { down, enriching } from './enriching';

describe('refreshing a lead', () => {
  it('enriches again without claim, mail or mark when an operator asks for a refresh', async () => {
    const { enrich, steps, record } = enriching();
    expect(await enrich({ ...messageFor(record), intent: 'refresh' })).toMatchObject(E.right({ kind: 'refreshed' }));
    expect(steps.slice(1)).toStrictEqual(['enriched', 'lead', 'refresh ended well']);
  });

  it('leaves no dead letter of a refresh that fails on its last receive, but its reason', async () => {
    const noOwner: Partial<EnrichPorts> = { readOwner: () => TE.left({ kind: 'missing' }) };
    const { enrich, steps, failures, record } = enriching(noOwner, 3);
    expect(await enrich({ ...messageFor(record), intent: 'refresh' })).toMatchObject(
      E.right({ kind: 'refresh-failed', reason: 'owner-missing' }),
    );
    expect(steps).toContain('refresh ended owner-missing');
    expect(failures).toStrictEqual([]);

    const earlier = enriching(noOwner, 2);
    expect(await earlier.enrich({ ...messageFor(earlier.record), intent: 'refresh' })).toMatchObject(
      E.left({ next: 'retry' }),
    );
    expect(earlier.steps).not.toContain('refresh ended owner-missing');
  });

  it('leaves a refresh in the queue where its end can not be noted', async () => {
    const { enrich, record } = enriching({ readOwner: () => TE.left({ kind: 'missing' }), endRefresh: () => down }, 3);
    expect(await enrich({ ...messageFor(record), intent: 'refresh' })).toMatchObject(E.left({ next: 'give-up' }));
  });
});

import { messageFor } from '../../../shared/stored/queue-message';
import { enriching } from './enriching';

describe('a message that came before', () => {
  it('is noted before anything of it is read that might kill its worker', async () => {
    const { enrich, steps } = enriching({}, 2);
    await enrich();
    expect(steps[0]).toBe('noted retry 2');
  });

  it('is not noted at its first receive, nor where it is a refresh', async () => {
    const [first, refresh] = [enriching({}, 1), enriching({}, 2)];
    await first.enrich();
    await refresh.enrich({ ...messageFor(refresh.record), intent: 'refresh' });
    expect([...first.steps, ...refresh.steps].filter((step) => step.startsWith('noted retry'))).toStrictEqual([]);
  });
});

import { runSchedules } from './exhaustive-all';

/** Where a second mail, or none, is nearest. */
const around = ['claim', 'send-mail', 'mark'];

describe('every schedule of a small story', () => {
  it('keeps every invariant with one fault at any call, and with two around the mail', async () => {
    const { singles, pairs, failures } = await runSchedules({
      variant: 'deployed',
      plots: ['owner-in-time'],
      only: around,
    });
    expect(failures.map(({ schedule }) => `npm run test:exhaustive -- ${schedule}`)).toStrictEqual([]);
    expect(singles).toBeGreaterThan(200);
    expect(pairs).toBeGreaterThan(500);
  }, 300_000);

  it('finds out a protocol that is broken there', async () => {
    const variant = 'released-after-unconfirmed-mail';
    const { failures } = await runSchedules({ variant, plots: ['owner-in-time'], only: around });
    expect(failures.length).toBeGreaterThan(0);
  }, 300_000);
});

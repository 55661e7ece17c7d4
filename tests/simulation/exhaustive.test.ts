import { runSchedules } from './exhaustive-all';

/** The calls around which a fault most easily causes a second mail, or no mail. */
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
  }, 900_000);

  it('detects a protocol that is broken around the mail', async () => {
    const variant = 'released-after-unconfirmed-mail';
    const { failures } = await runSchedules({ variant, plots: ['owner-in-time'], only: around });
    expect(failures.flatMap(({ violations }) => violations)).toContainEqual(
      expect.stringMatching(/^enrichment-\d+ mailed event \w+ while an unconfirmed mail's lease ran$/),
    );
  }, 900_000);
});

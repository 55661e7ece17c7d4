import { activityAt, isSilent } from '../../../../shared/stored/source-activity';

const lastAt = new Date('2026-01-01T00:00:00.000Z');
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** `silence_hours` is 24, so that the note may be an hour older than the latest lead. */
const activity = activityAt('crm', 24, lastAt);
const isSilentAfter = (ms: number) => isSilent(activity, new Date(lastAt.getTime() + ms));

describe('a source', () => {
  it.each([
    ['at once', 0],
    ['after its hours, because its latest lead may be newer than the note', 24 * hourMs + 1],
    ['at the end of its hours and of the time between two notes', 25 * hourMs],
  ])('is not silent %s', (_when, ms) => {
    expect(isSilentAfter(ms)).toBe(false);
  });

  it('is silent a millisecond later', () => {
    expect(isSilentAfter(25 * hourMs + 1)).toBe(true);
  });

  it('is silent until 7 days after its hours, and then taken for one that is gone', () => {
    expect(isSilentAfter(dayMs + 7 * dayMs - 1)).toBe(true);
    expect(isSilentAfter(dayMs + 7 * dayMs)).toBe(false);
    expect(activity.expires_at).toBe((lastAt.getTime() + 8 * dayMs) / 1000);
  });
});

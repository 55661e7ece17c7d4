import { isReadOnOpen } from '../../../../console/page/app/read-on-open';

const now = Date.parse('2026-11-26T14:00:00.000Z');
const readBefore = (seconds: number) => ({ since: new Date(now - seconds * 1_000).toISOString(), task: 'of-before' });

describe('a list when a page is opened', () => {
  it('is read by its own page unless that was just done, also while the page knows of a task on it', () => {
    expect(isReadOnOpen({ since: null }, 'list', now)).toBe(true);
    expect(isReadOnOpen(readBefore(30), 'list', now)).toBe(true);
    expect(isReadOnOpen(readBefore(300), 'list', now)).toBe(true);
    expect(isReadOnOpen(readBefore(5), 'list', now)).toBe(false);
  });

  it('is not read for each of its entries that is opened within a minute', () => {
    expect(isReadOnOpen(readBefore(30), 'entry', now)).toBe(false);
    expect(isReadOnOpen(readBefore(300), 'entry', now)).toBe(true);
    expect(isReadOnOpen({ since: null }, 'entry', now)).toBe(true);
  });

  it('is not read by itself if its reading costs money', () => {
    expect(isReadOnOpen({ since: null }, 'never', now)).toBe(false);
  });
});

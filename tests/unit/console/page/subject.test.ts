import { subjectOf } from '../../../../console/page/app/addresses';

describe('what a page is about, for which alone personal data is shown', () => {
  it.each([
    ['/leads/lead', 'id=LD-1', 'id=LD-2'],
    ['/dead-letters/letter', 'id=m1', 'id=m2'],
    ['/quarantine/request', 'source=crm&id=1', 'source=erp&id=1'],
    ['/sources/source', 'id=crm', 'id=erp'],
  ])('differs between two of %s', (path, one, other) => {
    expect(subjectOf(path, one)).not.toBe(subjectOf(path, other));
    expect(subjectOf(path, one)).toBe(subjectOf(path, one));
  });

  it('is the same for another event of the same lead, and for another filter of a list', () => {
    expect(subjectOf('/leads/lead', 'id=LD-1&event=a')).toBe(subjectOf('/leads/lead', 'id=LD-1&event=b'));
    expect(subjectOf('/leads', 'state=FAILED')).toBe(subjectOf('/leads', 'source=crm'));
  });

  it('differs between two pages, also for the same id', () => {
    expect(subjectOf('/leads/lead', 'id=a')).not.toBe(subjectOf('/sources/source', 'id=a'));
    expect(subjectOf('/toString', 'id=a')).toBe('/toString');
  });
});

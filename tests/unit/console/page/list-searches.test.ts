import { deadLettersSearch } from '../../../../console/page/app/dead-letters-search';
import { quarantineSearch } from '../../../../console/page/app/quarantine-search';

describe('the address of the dead letters', () => {
  it('has the reason, the source and the searched text', () => {
    const search = { reason: 'owner-missing', source: 'crm', search: 'LD-1' };
    expect(deadLettersSearch(search)).toStrictEqual(search);
  });

  it('leaves out a reason that does not exist, instead of a list in which nothing matches', () => {
    expect(deadLettersSearch({ reason: 'owner-mising', page: '2' })).toStrictEqual({});
  });
});

describe('the address of the quarantine', () => {
  it('has the state, the source, the kind, the problem and the searched text', () => {
    const search = { state: 'all', source: 'crm', kind: 'lead', problem: 'email is missing', search: '12' };
    expect(quarantineSearch(search)).toStrictEqual(search);
  });

  it('leaves out a state and a kind that do not exist', () => {
    expect(quarantineSearch({ state: 'FAILED', kind: 'form' })).toStrictEqual({});
  });
});

import { sourcesFrom } from '../../../../shared/sources/sources';

const earlier = { kind: 'shared-secret', secrets: ['money-talks-99'] };
const present = { auth: { scheme: 'body-secret', secrets: ['money-talks-99'] } };

describe('silence_hours', () => {
  it.each([1, 24, 720])('may be %d, in an entry of either form', (silence_hours) => {
    const { sources, problems } = sourcesFrom({
      earlier: { ...earlier, silence_hours },
      present: { ...present, silence_hours },
    });
    expect(problems).toStrictEqual([]);
    expect(sources).toMatchObject({ earlier: { silence_hours }, present: { silence_hours } });
  });

  it('may be left out', () => {
    expect(sourcesFrom({ crm: present }).sources.crm).not.toHaveProperty('silence_hours');
  });

  it.each([0, -1, 721, 1.5, '24', null, true])('may not be %j', (silence_hours) => {
    const problem = 'crm.silence_hours must be: a whole number of hours from 1 to 720';
    expect(sourcesFrom({ crm: { ...present, silence_hours } }).problems).toStrictEqual([problem]);
    expect(sourcesFrom({ crm: { ...earlier, silence_hours } }).problems).toStrictEqual([problem]);
  });

  it('has no other name', () => {
    expect(sourcesFrom({ crm: { ...present, silence_hour: 24 } }).problems).toHaveLength(1);
  });
});

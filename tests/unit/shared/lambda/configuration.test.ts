import * as t from 'io-ts';
import { configuration, count, text } from '../../../../shared/lambda/configuration';

const settings = t.type({ LEADLINE_TEST_NAME: text, LEADLINE_TEST_COUNT: count });
const given = (environment: Readonly<Record<string, string>>) => {
  const before = process.env;
  process.env = { ...before, ...environment };
  try {
    return configuration(settings);
  } finally {
    process.env = before;
  }
};

describe('the settings of a function', () => {
  it('are read from its environment', () => {
    expect(given({ LEADLINE_TEST_NAME: 'data-table', LEADLINE_TEST_COUNT: '600' })).toMatchObject({
      LEADLINE_TEST_NAME: 'data-table',
      LEADLINE_TEST_COUNT: 600,
    });
  });

  it('are all named in the error if they are missing', () => {
    expect(() => given({})).toThrow(/LEADLINE_TEST_NAME \(.*\), LEADLINE_TEST_COUNT \(a whole number\)/);
  });

  it.each(['', '-1', '1.5', 'ten', '1e3', '9999999999'])('refuse %j as a count, without repeating it', (wrong) => {
    const read = () => given({ LEADLINE_TEST_NAME: 'x', LEADLINE_TEST_COUNT: wrong });
    expect(read).toThrow(/: LEADLINE_TEST_COUNT \(a whole number\)$/);
  });

  it('refuse empty text', () => {
    expect(() => given({ LEADLINE_TEST_NAME: '', LEADLINE_TEST_COUNT: '1' })).toThrow('LEADLINE_TEST_NAME');
  });
});

import { countsOf, reached, reachedSources, sum, tally } from '../../openapi/counts';

const junit = (counts: string) =>
  `<?xml version="1.0"?>\n<testsuites ${counts} time="1.5">\n  <testsuite tests="9" />\n`;

test.each([
  ['all pass', 0, 'errors="0" failures="0" skipped="0" tests="6"', { passed: 6, failed: 0 }],
  ['some fail', 1, 'errors="1" failures="2" skipped="1" tests="6"', { passed: 2, failed: 3 }],
  ['one fails and has an error', 1, 'errors="1" failures="1" skipped="0" tests="1"', { passed: 0, failed: 1 }],
  ['the run ends with an error', 1, 'errors="0" failures="0" skipped="0" tests="6"', { passed: 6, failed: 1 }],
  ['no test ran', 0, 'errors="0" failures="0" skipped="0" tests="0"', { passed: 0, failed: 1 }],
])('if %s', (_what, code, counts, expected) => {
  expect(countsOf({ code, junit: junit(counts) })).toStrictEqual(expected);
});

test('a run without a report counts as failed', () => {
  expect(countsOf({ code: 0, junit: '' })).toStrictEqual({ passed: 0, failed: 1 });
});

test('an operation without a 2xx counts as failed', () => {
  const answers = ['POST /ingest 202', 'POST /ingest 202', 'POST /webhook 401'];
  expect(reached(['POST /ingest', 'POST /webhook'], { answers })).toStrictEqual({ passed: 1, failed: 1 });
  expect(tally({ answers })).toStrictEqual(['2 × POST /ingest 202', '1 × POST /webhook 401']);
});

test('a source whose leads were never read counts as failed', () => {
  const answers = [
    'POST /webhook/{source} 202 accepted (crm)',
    'POST /webhook/{source} 422 (strict)',
    'POST /webhook/{source} 401 (form)',
    'GET /webhook/{source} 200 (verified)',
  ];
  expect(reachedSources(['crm', 'strict', 'form', 'verified'], { answers })).toStrictEqual({ passed: 2, failed: 2 });
});

test('the counts of the runs are added up', () => {
  expect(
    sum([
      { passed: 1, failed: 2 },
      { passed: 3, failed: 4 },
    ]),
  ).toStrictEqual({ passed: 4, failed: 6 });
});

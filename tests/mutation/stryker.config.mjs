// Mutation testing of the deployed code and of the command line with the unit tests. See docs/testing/mutation.md.
const folder = '.local/mutation';

export default {
  testRunner: 'jest',
  jest: { configFile: 'tests/mutation/jest.config.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  mutate: ['shared/**/*.ts', '*Function/**/*.ts', 'cli/**/*.ts'],
  // A mutant of code that runs while a module loads needs every test. That takes hours, and mostly changes texts and
  // codecs.
  ignoreStatic: true,
  incremental: true,
  incrementalFile: `${folder}/incremental.json`,
  tempDirName: `${folder}/sandbox`,
  reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
  clearTextReporter: { logTests: false, reportMutants: false, allowColor: false },
  jsonReporter: { fileName: `${folder}/report.json` },
  htmlReporter: { fileName: `${folder}/report.html` },
  ignorePatterns: ['.local', '.aws-sam'],
  concurrency: 1,
  // The initial run of all unit tests takes longer than the default of 5 minutes if other jobs use the processors.
  dryRunTimeoutMinutes: 30,
  thresholds: { high: 80, low: 60, break: 40 },
};

import config from '../../jest.config.mjs';

const [unit] = config.projects;
export default {
  ...unit,
  rootDir: process.cwd(),
  runner: '<rootDir>/tests/mutation/runner.cjs',
  // They read the text of files, which the sandbox changes: it has each regular expression in mutated forms, too. Or they
  // test tools that are not mutated.
  testPathIgnorePatterns: [
    '<rootDir>/tests/unit/(bench|dev|faults|readme|support|template)/',
    '<rootDir>/tests/unit/(ci|import-directions|linear-time|words)\\.test',
  ],
};

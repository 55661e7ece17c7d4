import config from '../../jest.config.mjs';

const [unit] = config.projects;
export default {
  ...unit,
  rootDir: process.cwd(),
  runner: '<rootDir>/tests/mutation/runner.cjs',
  // The first read files that the sandbox does not have unchanged. The others test tools of the tests.
  testPathIgnorePatterns: ['<rootDir>/tests/unit/(template|faults)/', '<rootDir>/tests/unit/import-directions'],
};

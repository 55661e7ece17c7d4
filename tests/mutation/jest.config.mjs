import config from '../../jest.config.mjs';

const [unit] = config.projects;
export default {
  ...unit,
  rootDir: process.cwd(),
  runner: '<rootDir>/tests/mutation/runner.cjs',
  // These read the source as text, which is not the source in a sandbox, or test the tests' own tools.
  testPathIgnorePatterns: ['<rootDir>/tests/unit/(template|faults)/', '<rootDir>/tests/unit/import-directions'],
};

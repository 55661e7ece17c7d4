const project = (name, more = {}) => ({
  displayName: name,
  rootDir: '.',
  cacheDirectory: '<rootDir>/.local/jest',
  testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
  testEnvironment: 'node',
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  modulePathIgnorePatterns: ['<rootDir>/.aws-sam', '<rootDir>/.local'],
  ...more,
});

/** The same outcome tests on each cloud; what a cloud can't do is in tests/stack/capabilities.ts. */
const cloud = (name, more = []) =>
  project(name, {
    testMatch: ['<rootDir>/tests/stack/**/*.test.ts', ...more],
    globalSetup: `<rootDir>/tests/${name}/global-setup.ts`,
    globalTeardown: `<rootDir>/tests/${name}/global-teardown.ts`,
    setupFilesAfterEnv: ['<rootDir>/tests/stack/long-tests.ts'],
  });

export default {
  // Not in the temporary directory, where nobody would remove it.
  cacheDirectory: '<rootDir>/.local/jest',
  projects: [
    project('unit'),
    project('simulation'),
    cloud('embedded', ['<rootDir>/tests/embedded/**/*.test.ts', '<rootDir>/tests/browser/**/*.test.ts']),
    cloud('localstack', ['<rootDir>/tests/localstack/**/*.test.ts']),
  ],
};

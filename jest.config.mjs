const project = (name, more = {}) => ({
  displayName: name,
  rootDir: '.',
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
  projects: [
    project('unit'),
    project('simulation'),
    cloud('embedded'),
    cloud('localstack', ['<rootDir>/tests/localstack/**/*.test.ts']),
  ],
};

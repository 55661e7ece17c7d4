const project = (name, more = {}) => ({
  displayName: name,
  rootDir: '.',
  testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
  testEnvironment: 'node',
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  modulePathIgnorePatterns: ['<rootDir>/.aws-sam', '<rootDir>/.local'],
  ...more,
});

const cloud = (name) =>
  project(name, {
    globalSetup: `<rootDir>/tests/${name}/global-setup.ts`,
    globalTeardown: `<rootDir>/tests/${name}/global-teardown.ts`,
  });

export default { projects: [project('unit'), project('simulation'), cloud('embedded')] };

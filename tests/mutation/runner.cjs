// A jest runner for Stryker. Stryker selects the tests that reach a mutant by their names, and jest would load every
// test file to find them. Loading takes most of the time. This runner remembers the names of the tests of each file,
// and skips other files.
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');
const process = require('node:process');
const { default: JestRunner } = require('jest-runner');

/**
 * In the folder of the sandbox, so that all runner processes of one sandbox share it, and a new sandbox starts without
 * it.
 */
const namesFile = join(process.cwd(), '.local', 'test-names.json');

module.exports = class SelectingRunner extends JestRunner {
  async runTests(tests, watcher, options) {
    const { testNamePattern, rootDir } = this._globalConfig;
    if (testNamePattern === undefined) return this.runAndRemember(tests, watcher, options);
    const names = existsSync(namesFile) ? JSON.parse(readFileSync(namesFile, 'utf8')) : {};
    const pattern = new RegExp(testNamePattern, 'i');
    const isWanted = ({ path }) =>
      (names[relative(rootDir, path)] ?? ['']).some((name) => name === '' || pattern.test(name));
    return super.runTests(tests.filter(isWanted), watcher, options);
  }

  async runAndRemember(tests, watcher, options) {
    const names = {};
    const forget = this.on('test-file-success', ([{ path }, { testResults }]) => {
      names[relative(this._globalConfig.rootDir, path)] = testResults.map(({ fullName }) => fullName);
    });
    await super.runTests(tests, watcher, options);
    forget();
    mkdirSync(dirname(namesFile), { recursive: true });
    writeFileSync(namesFile, JSON.stringify(names));
  }
};

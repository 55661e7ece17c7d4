import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../dev/paths';

const readme = readFileSync(join(root, 'docs', 'walkthrough.md'), 'utf8');

describe('the guided deployment of the README', () => {
  const [, file = ''] = /sam deploy --guided [^\n]*--config-file (\S+)/.exec(readme) ?? [];

  test('saves its answers to a file that git ignores', () => {
    expect(execFileSync('git', ['check-ignore', file], { cwd: root }).toString().trim()).toBe(file);
  });

  test('starts that file as a copy, because SAM refuses a file that is not there', () => {
    expect(readme).toContain(`cp samconfig.toml ${file}`);
    expect(readme.indexOf(`cp samconfig.toml ${file}`)).toBeLessThan(readme.indexOf('sam deploy --guided'));
  });

  test('names every question that SAM asks (samcli/commands/deploy/guided_context.py)', () => {
    for (const question of [
      'Stack Name',
      'AWS Region',
      'Confirm changes before deploy',
      'Allow SAM CLI IAM role creation',
      'Capabilities',
      'Disable rollback',
      'Save arguments to configuration file',
      'SAM configuration file',
      'SAM configuration environment',
      'Deploy this changeset?',
    ]) {
      expect(readme).toContain(`\`${question}\``);
    }
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../dev/paths';
import { operatorPermissions } from '../../../shared/operations/doctor/operator-permissions';

test('leadline doctor asks for the permissions that docs/operations.md lists', () => {
  const page = readFileSync(join(root, 'docs', 'operations.md'), 'utf8');
  const section = page.split('## Permissions of an operator')[1]?.split('\n## ')[0] ?? '';
  const listed = new Set(
    [...section.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) => cell.match(/[\w-]+:\w+/g) ?? []),
  );
  // Which key a stack has is not among its outputs. The reader's keys are work of an administrator.
  const notAsked = ['kms:Decrypt', 'kms:GenerateDataKey'];
  expect([...new Set(Object.values(operatorPermissions).flat())].sort()).toStrictEqual(
    [...listed].filter((action) => !notAsked.includes(action) && !action.startsWith('iam:')).sort(),
  );
});

import { execFileSync } from 'node:child_process';
import { curlOf } from '../../../../console/page/format/curl';
import type { SentAs } from '../../../../console/api/send';

const url = "https://api.example.com/Prod/webhook/it's $HOME";
const request = (proof: SentAs['proof']): SentAs => ({ url, content_type: 'application/json', proof });

/** The arguments that a shell gives to curl. */
const argumentsOf = (command: string): readonly string[] => {
  const printer = 'curl() { for one in "$@"; do printf "%s\\0" "$one"; done; }\n';
  const printed = execFileSync('sh', ['-c', `${printer}${command}`], { env: { LEADLINE_SECRET: 's $x "y' } });
  return printed.toString().split('\0').slice(0, -1);
};

describe('a request as curl', () => {
  it.each([
    ['without a secret', { kind: 'none' }, []],
    ['with the secret in a header', { kind: 'header', header: 'x-"key' }, ['-H', 'x-"key: s $x "y']],
    ['with the secret as a password', { kind: 'basic', user: 'a`b' }, ['-u', 'a`b:s $x "y']],
  ] as const)('%s gets from a shell what is sent, whatever characters it has', (_, proof, added) => {
    const body = '{"name": "O\'Neil $(id) `id` \\n"}';
    const command = curlOf(request(proof), body) ?? '';
    expect(argumentsOf(command)).toStrictEqual([
      ...[url, '-H', 'content-type: application/json', ...added],
      ...['--data-raw', body],
    ]);
  });

  it('does not exist for a source that signs', () => {
    expect(curlOf(request({ kind: 'signature', scheme: 'stripe' }), '{}')).toBeUndefined();
  });
});

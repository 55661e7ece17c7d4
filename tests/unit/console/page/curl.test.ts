import { execFileSync } from 'node:child_process';
import { curlOf } from '../../../../console/page/format/curl';
import type { SentAs } from '../../../../console/api/send';

const url = "https://api.example.com/Prod/webhook/it's $HOME";
const request = (proof: SentAs['proof']): SentAs => ({ url, content_type: 'application/json', proof });

/** Shells that read a command from their input. An interactive bash replaces `!` by earlier commands. */
const shells: readonly (readonly [shell: string, setting: string])[] = [
  ['sh', ''],
  ['bash', 'set -o history -o histexpand\n'],
];

/** The arguments that a shell gives to curl. */
const argumentsOf = (command: string, shell: string, setting: string): readonly string[] => {
  const printer = 'curl() { for one in "$@"; do printf "%s\\0" "$one"; done; }\n';
  const env = { PATH: process.env.PATH, LEADLINE_SECRET: 's $x "y!!', HISTFILE: '/dev/null' };
  const input = `${setting}${printer}true a\n${command}\n`;
  const printed = execFileSync(shell, [], { env, input, stdio: ['pipe', 'pipe', 'ignore'] });
  return printed.toString().split('\0').slice(0, -1);
};

const odd = 'a`b"c$HOME\\d!!e!f\'g!h';

describe.each(shells)('a request as curl, in %s', (shell, setting) => {
  it.each([
    ['without a secret', { kind: 'none' }, []],
    ['with the secret in a header', { kind: 'header', header: odd }, ['-H', `${odd}: s $x "y!!`]],
    ['with the secret as a password', { kind: 'basic', user: odd }, ['-u', `${odd}:s $x "y!!`]],
  ] as const)('%s gets what is sent, whatever characters it has', (_, proof, added) => {
    const body = `{"name": "O'Neil! $(id) \`id\` \\n",\n  "wow": "!!",\n\n "no": "it's !x !1 \\\\!",\n "odd": ${odd}}\n`;
    const sent = { url: `${url} ${odd}`, content_type: `text/x; odd="${odd}"`, proof };
    expect(argumentsOf(curlOf(sent, body) ?? '', shell, setting)).toStrictEqual([
      ...[`${url} ${odd}`, '-H', `content-type: text/x; odd="${odd}"`, ...added],
      ...['--data-raw', body],
    ]);
  });
});

describe('a request as curl', () => {
  it('does not exist for a source that signs', () => {
    expect(curlOf(request({ kind: 'signature', scheme: 'stripe' }), '{}')).toBeUndefined();
  });
});

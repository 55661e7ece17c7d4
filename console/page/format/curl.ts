import type { SentAs } from '../../api/send';

/** The variable of the shell that has the secret. The console does not show secrets. */
export const secretVariable = 'LEADLINE_SECRET';

/**
 * The request as a `curl` command for a POSIX shell.
 *
 * @returns `undefined` if the scheme signs its requests: `curl` cannot
 */
export const curlOf = ({ url, content_type, proof }: SentAs, body: string): string | undefined => {
  const of = proofOf(proof);
  if (of === undefined) return undefined;
  const lines = [`curl ${quoted(url)}`, `-H ${quoted(`content-type: ${content_type}`)}`, ...of];
  return [...lines, `--data-raw ${quoted(body)}`].join(' \\\n  ');
};

const proofOf = (proof: SentAs['proof']): readonly string[] | undefined => {
  switch (proof.kind) {
    case 'none':
      return [];
    case 'header':
      return [`-H ${withSecret(`${proof.header}: `)}`];
    case 'basic':
      return [`-u ${withSecret(`${proof.user}:`)}`];
    case 'signature':
      return undefined;
  }
};

/** In single quotes, a shell changes nothing. In double quotes, an interactive bash replaces `!` by an earlier command. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const withSecret = (before: string): string => `${quoted(before)}"$${secretVariable}"`;

import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { PathReporter } from 'io-ts/PathReporter';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { root } from '../paths';

const overrides = t.type({ deploy: t.type({ parameters: t.type({ parameter_overrides: t.array(t.string) }) }) });

/**
 * The template parameters that `sam deploy --config-env ENVIRONMENT` sets, as samconfig.toml lists them: `NAME=VALUE`.
 *
 * @throws an Error that names the place in the file, if the file does not list them there
 */
export const samconfigParameters = (
  environment: string,
  text = readFileSync(join(root, 'samconfig.toml'), 'utf8'),
): Readonly<Record<string, string>> => {
  const decoded = overrides.decode(parse(text)[environment]);
  if (E.isLeft(decoded)) {
    throw new Error(`samconfig.toml, environment ${environment}: ${PathReporter.report(decoded).join('; ')}`);
  }
  return Object.fromEntries(
    decoded.right.deploy.parameters.parameter_overrides.map((line): [string, string] => {
      const [name = '', ...value] = line.split('=');
      return [name, value.join('=')];
    }),
  );
};

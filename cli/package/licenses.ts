import * as t from 'io-ts';
import * as E from 'fp-ts/Either';
import { parseJson } from '../../shared/codecs/json-text';

/** Reads a file of the project by its path from the root. `undefined` if there is none. */
type ReadText = (file: string) => string | undefined;

const packageJson = t.intersection([t.type({ name: t.string, version: t.string }), t.partial({ license: t.string })]);

/**
 * The notices of the packages in a bundle, which their licenses ask for: name, version, license and its text.
 *
 * @param inputs paths of the bundled files, from the root of the project or a folder in it
 * @throws an Error that names a package without a license
 */
export const licensesOf = (inputs: readonly string[], readText: ReadText): string =>
  [...new Set(inputs.flatMap(packageFolderOf))]
    .sort()
    .map((folder) => noticeOf(folder, readText))
    .join(`\n${'-'.repeat(80)}\n\n`);

/** The innermost package of a path: `node_modules/a/node_modules/@b/c/index.js` is of `…/@b/c`. */
const packageFolderOf = (input: string): readonly string[] => {
  const [folder] = /node_modules\/(.*node_modules\/)?(@[^/]+\/)?[^/]+/.exec(input) ?? [];
  return folder === undefined ? [] : [folder];
};

const fileNames = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'LICENCE', 'LICENSE-MIT', 'License'];

const noticeOf = (folder: string, readText: ReadText): string => {
  const json = parseJson(readText(`${folder}/package.json`) ?? '');
  const read = packageJson.decode(E.isRight(json) ? json.right : {});
  if (E.isLeft(read) || read.right.license === undefined)
    throw new Error(`${folder} does not say its license: look for it before it is bundled.`);
  const { name, version, license } = read.right;
  const text = fileNames.map((file) => readText(`${folder}/${file}`)).find((found) => found !== undefined);
  return `${name} ${version} (${license})\n${text === undefined ? '' : `\n${text.trimEnd()}\n`}`;
};

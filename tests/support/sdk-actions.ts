import { build } from 'esbuild';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../../dev/paths';

const services: Readonly<Record<string, string>> = {
  '@aws-sdk/client-dynamodb': 'dynamodb',
  '@aws-sdk/client-s3': 's3',
  '@aws-sdk/client-secrets-manager': 'secretsmanager',
  '@aws-sdk/client-ses': 'ses',
  '@aws-sdk/client-sqs': 'sqs',
};

/**
 * The IAM action of every SDK command that a function creates, itself or through a paginator, such as `s3:GetObject`.
 *
 * esbuild bundles the function first, so that commands of modules that the function does not use do not count.
 *
 * @param entryPoint path of the function's app.ts in the project
 */
export const sdkActionsOf = async (entryPoint: string): Promise<readonly string[]> => {
  const { outputFiles } = await build({
    entryPoints: [join(root, entryPoint)],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const bundle = ts.createSourceFile('bundle.js', outputFiles[0]?.text ?? '', ts.ScriptTarget.Latest);
  const called = calledNames(bundle);
  return bundle.statements.filter(ts.isImportDeclaration).flatMap((statement) =>
    importedNames(statement)
      // esbuild leaves an import in the bundle if it drops only the code that uses it.
      .filter(({ local }) => called.has(local))
      .flatMap(({ exported }) => actionOf((statement.moduleSpecifier as ts.StringLiteral).text, exported)),
  );
};

const actionOf = (client: string, exported: string): readonly string[] => {
  const service = services[client];
  const [, paginated, command = paginated] = /^(?:paginate(\w+)|(\w+)Command)$/.exec(exported) ?? [];
  return service === undefined || command === undefined ? [] : [`${service}:${command}`];
};

const importedNames = ({ importClause }: ts.ImportDeclaration) => {
  const bindings = importClause?.namedBindings;
  return bindings === undefined || !ts.isNamedImports(bindings)
    ? []
    : bindings.elements.map(({ name, propertyName }) => ({ exported: (propertyName ?? name).text, local: name.text }));
};

/** Names that are called as a function or constructed with `new`. */
const calledNames = (file: ts.SourceFile): ReadonlySet<string> => {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && ts.isIdentifier(node.expression)) {
      names.add(node.expression.text);
    }
    node.forEachChild(visit);
  };
  file.forEachChild(visit);
  return names;
};

import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { venvProgram } from '../../dev/python/python';
import { runCommand } from '../../dev/run-command';
import { inTemporaryFolder } from '../../dev/temporary-folder';
import type { Stack } from './cloud';

/**
 * Tries actions with the role of a function. It deploys another function with that role, invokes it, and removes it.
 *
 * @returns for each action `refused`, or its result
 */
export const refusalsOf = async (
  { lambda, stackName, outputs }: Stack,
  functionName: string,
  actions: readonly string[],
): Promise<Record<string, string>> => {
  const { Role, Runtime } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: `${stackName}-${functionName}` }),
  );
  const probe = `probe-${functionName}-${process.pid}`;
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: probe,
      Role,
      Runtime,
      Handler: 'probe.handler',
      Timeout: 30,
      Code: { ZipFile: await probeZip() },
    }),
  );
  try {
    await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 30 }, { FunctionName: probe });
    const { Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: probe, Payload: JSON.stringify({ actions, outputs }) }),
    );
    return JSON.parse(Payload?.transformToString() ?? '{}') as Record<string, string>;
  } finally {
    await lambda.send(new DeleteFunctionCommand({ FunctionName: probe }));
  }
};

const probeZip = (): Promise<Uint8Array> =>
  inTemporaryFolder('probe', async (folder) => {
    const script = join(folder, 'probe.js');
    const zip = join(folder, 'probe.zip');
    await build({
      entryPoints: [join(__dirname, 'role-probe-handler.ts')],
      bundle: true,
      minify: true,
      platform: 'node',
      outfile: script,
      logLevel: 'silent',
    });
    await runCommand({ program: venvProgram('tools', 'python'), args: ['-m', 'zipfile', '-c', zip, script] });
    return readFileSync(zip);
  });

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forgetAwsSettings } from '../../dev/start/environment';
import { linkTools } from '../../dev/python/link-tools';
import { root } from '../../dev/paths';
import { refuseTakenPort } from '../../dev/cloud/ports';
import { ensureVenv } from '../../dev/python/python';
import { type Block, blocksUnder } from './blocks';
import { withDocker, withNpmStart } from './clouds';
import { openShell, type Shell } from './paste';
import { shapeOf } from './shape';
import { isTierName, startCommand, type TierName, tiers } from './tiers';

const say = (line: string): void => console.log(line);

forgetAwsSettings();
// The pages use the example secrets.
const environment: NodeJS.ProcessEnv = {
  ...process.env,
  WEBHOOK_SECRET_INGEST: '',
  WEBHOOK_SECRET_BILLING: '',
  WEBHOOK_SECRET_SIGNUP: '',
};

/** A run that is ended ends its shell, which fails the block that is being pasted, and cleans up. */
const ended = new AbortController();
const interrupted = new Promise<never>((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      ended.abort(new Error('Interrupted.'));
      shell?.end();
      reject(new Error('Interrupted.'));
    });
  }
});
interrupted.catch(() => undefined);

let passed = 0;
let failed = 0;
let shell: Shell | undefined;

/** What is wrong with a block, as lines; nothing if it does what the page says. */
const faultsOf = async (pasteInto: Shell, { commands, answer }: Block, seconds: number): Promise<readonly string[]> => {
  const { output, errors, failed: failures } = await pasteInto.paste(commands, seconds);
  const faults = failures.map((failure) => `a command failed with ${failure}`);
  if (answer !== undefined && !shapeOf(answer).test(output.trim())) {
    faults.push(`the page shows:\n${answer}\nbut the answer was:\n${output.trim()}`);
  }
  return faults.length === 0 ? [] : [...faults, `standard error:\n${errors.trim()}`];
};

const pasteAll = async (tier: TierName): Promise<void> => {
  ended.signal.throwIfAborted();
  const pasteInto = openShell(environment);
  shell = pasteInto;
  const { pages, secondsPerBlock } = tiers[tier];
  try {
    for (const { file, headings } of pages) {
      const page = { file, text: readFileSync(join(root, file), 'utf8') };
      for (const heading of headings) {
        for (const block of blocksUnder(page, heading)) {
          if (block.commands === startCommand) continue;
          const began = Date.now();
          const faults = await faultsOf(pasteInto, block, secondsPerBlock);
          const name = `${file}:${block.line} (${heading})`;
          say(`${faults.length === 0 ? 'passed' : 'FAILED'} ${name}, ${((Date.now() - began) / 1000).toFixed(1)} s`);
          for (const fault of faults) say(fault.replace(/^/gm, '    '));
          if (faults.length === 0) passed += 1;
          else failed += 1;
        }
      }
    }
  } finally {
    pasteInto.end();
  }
};

const main = async (): Promise<void> => {
  const tier = process.argv[2] ?? 'embedded';
  if (!isTierName(tier)) throw new Error(`There is no tier ${tier}: ${Object.keys(tiers).join(', ')}.`);
  await refuseTakenPort(4566);
  if (tier === 'embedded') await withNpmStart(environment, interrupted, () => pasteAll(tier));
  else {
    await ensureVenv('tools', say);
    linkTools();
    await withDocker(() => pasteAll(tier));
  }
};

main()
  .catch((error: unknown) => {
    failed += 1;
    console.error(error instanceof Error ? error.message : error);
  })
  .finally(() => {
    say(`\n${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
  });

import { exitCodes } from './exit-codes';

type Outputs = Pick<NodeJS.Process, 'stdout' | 'stderr'>;

/**
 * Watches what is written. What could not be written (a full disk, a closed pipe, a device that fails) was not told, and the exit code must say
 * so, whatever became of the command. Without a listener, Node.js would end the process in the middle of its work.
 *
 * @returns gives the exit code of a command that set this one
 */
export const watchOutputs = (outputs: Outputs): ((code: NodeJS.Process['exitCode']) => NodeJS.Process['exitCode']) => {
  const broken = new Set<string>();
  for (const name of ['stdout', 'stderr'] as const)
    outputs[name].on('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => {
      const isFirst = broken.size === 0;
      broken.add(name);
      // Whoever closed the pipe knows.
      if (isFirst && name === 'stdout' && code !== 'EPIPE')
        outputs.stderr.write(`The output could not be written: ${code}.\n`);
    });
  return (code) => (broken.size > 0 && (code === undefined || Number(code) === exitCodes.ok) ? exitCodes.failed : code);
};

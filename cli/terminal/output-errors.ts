import { exitCodes } from './exit-codes';

type Outputs = Pick<NodeJS.Process, 'stdout' | 'stderr'>;

/**
 * Watches for output that cannot be written, for example because a disk is full or a pipe is closed. The exit code must
 * report it, even if the command succeeded. Without a listener Node.js would end the process in the middle of its work.
 *
 * @returns gives the exit code of the process from that of the command
 */
export const watchOutputs = (outputs: Outputs): ((code: NodeJS.Process['exitCode']) => NodeJS.Process['exitCode']) => {
  const broken = new Set<string>();
  for (const name of ['stdout', 'stderr'] as const)
    outputs[name].on('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => {
      const isFirst = broken.size === 0;
      broken.add(name);
      // EPIPE needs no report: the reader has closed the pipe itself.
      if (isFirst && name === 'stdout' && code !== 'EPIPE')
        outputs.stderr.write(`The output could not be written: ${code}.\n`);
    });
  return (code) => (broken.size > 0 && (code === undefined || Number(code) === exitCodes.ok) ? exitCodes.failed : code);
};

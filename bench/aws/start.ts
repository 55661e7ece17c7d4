import { fork } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../dev/paths';
import { type Remote, remote } from '../rpc';
import type { AwsMethods, Start } from './program';

export type Aws = Remote<AwsMethods> & Readonly<{ endpoint: string }>;

/** Starts a process that answers in place of AWS, on the loopback interface. */
const startAws = async (start: Start): Promise<Aws> => {
  const process = remote<AwsMethods>(fork(join(root, 'bench', 'aws', 'program.ts')));
  return { ...process, endpoint: await process.call('start', start) };
};

/** Runs `work` with such a process, and ends the process. */
export const withAws = async <A>(start: Start, work: (aws: Aws) => Promise<A>): Promise<A> => {
  const aws = await startAws(start);
  try {
    return await work(aws);
  } finally {
    aws.stop();
  }
};

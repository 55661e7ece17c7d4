import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/**
 * What tells a process from every other one that ever has its number: when it started, and where. After a restart of the machine, or in
 * another container, the number is some other process's.
 *
 * @returns `undefined` if there is no such process, or this system does not say
 */
export const processIdentity = (pid: number): string | undefined => inProc(pid) ?? byPs(pid);

/** Linux: the boot, the namespace of numbers, and the time of the start in ticks since the boot. */
const inProc = (pid: number): string | undefined => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // The second field is the program's name in parentheses, which may have spaces and parentheses of its own.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').at(-1)?.trim().split(' ') ?? [];
    const started = fields[19];
    return started === undefined ? undefined : `${boot} ${readlinkSync('/proc/self/ns/pid')} ${started}`;
  } catch {
    return undefined;
  }
};

const byPs = (pid: number): string | undefined => {
  const { status, stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'lstart='], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  });
  return status === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
};

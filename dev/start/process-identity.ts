import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/**
 * A text that differs for all processes that ever have the same number: when the process started, and where. After a
 * restart of the machine, or in another container, another process may have the number.
 *
 * @returns `undefined` if there is no such process, or if the system does not show it
 */
export const processIdentity = (pid: number): string | undefined => inProc(pid) ?? byPs(pid);

/** On Linux: id of the boot, namespace of the process numbers, and time of the start in clock ticks since the boot. */
const inProc = (pid: number): string | undefined => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // The second field is the program's name in parentheses. The name may contain spaces and parentheses.
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

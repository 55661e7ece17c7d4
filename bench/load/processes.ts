import { readdirSync, readFileSync } from 'node:fs';

/** A process at one moment: the CPU time that it has used, in milliseconds, and its resident memory in bytes. */
export type ProcessUse = Readonly<{ pid: number; cpuMs: number; bytes: number }>;

/** The worker processes of each function, and the emulator itself. */
export type CloudUse = Readonly<{
  emulator: ProcessUse;
  workers: readonly (ProcessUse & Readonly<{ functionName: string }>)[];
}>;

// Linux reports both in these units on all processors that Node.js supports: USER_HZ is 100.
const tickMs = 10;
const pageBytes = 4096;

/** proc_pid_stat(5): the name of the program, in parentheses, may have spaces. */
const useOf = (pid: number): (ProcessUse & Readonly<{ parent: number }>) | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const field = (number: number): number => Number(fields[number - 3]);
    return { pid, parent: field(4), cpuMs: (field(14) + field(15)) * tickMs, bytes: field(24) * pageBytes };
  } catch {
    return undefined;
  }
};

/** MiniStack unpacks a function into a folder with its name, and runs a script there. */
const functionNameOf = (pid: number): string | undefined => {
  try {
    return /ministack-lambda-[^/]*-(\w+Function)-[^/]*\/_worker/.exec(
      readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
    )?.[1];
  } catch {
    return undefined;
  }
};

/** Reads what the embedded cloud uses now. Only Linux shows this in /proc. */
export const useOfCloud = (cloudPid: number): CloudUse | undefined => {
  const emulator = useOf(cloudPid);
  if (emulator === undefined) return undefined;
  const workers = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const use = useOf(Number(name));
      const functionName = use?.parent === cloudPid ? functionNameOf(use.pid) : undefined;
      return use === undefined || functionName === undefined ? [] : [{ ...use, functionName }];
    });
  return { emulator, workers };
};

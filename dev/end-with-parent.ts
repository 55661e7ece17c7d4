/** Calls `end` when the parent process has ended. A parent that is killed with SIGKILL passes no signal on. */
export const endWithParent = (end: () => void): void => {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 1_000).unref();
};

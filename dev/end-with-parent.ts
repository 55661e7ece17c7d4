/** Who started this process may be killed hard, and pass no signal on: losing its parent is then all that it sees. */
export const endWithParent = (end: () => void): void => {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 1_000).unref();
};

import type { Session } from '../../session';

/** Opens the stack. Its dead-letter ports report to the progress bar of the session, and end at its interruption. */
export const openDeadLetters = async ({ stack, onProgress, isInterrupted }: Session) => {
  const opened = await stack();
  return { ...opened, deadLetters: { ...opened.deadLetters, onProgress, isInterrupted } };
};

export type OpenDeadLetters = Awaited<ReturnType<typeof openDeadLetters>>;

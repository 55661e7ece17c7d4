import { spawn } from 'node:child_process';

/** The program of a system that opens an address in the user's browser. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  // `start` is a command of cmd.exe, whose first argument in quotation marks is the title of a window.
  win32: ['cmd.exe', '/c', 'start', '""'],
};

/**
 * Opens an address in the browser of the user.
 *
 * @param url without characters that a shell acts on
 * @returns whether a program was started for it
 */
export const openBrowser = (url: string, platform: NodeJS.Platform = process.platform): Promise<boolean> => {
  const [program, ...args] = openers[platform] ?? ['xdg-open'];
  return new Promise((resolve) => {
    const child = spawn(program, [...args, url], { detached: true, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
};

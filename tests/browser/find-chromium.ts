import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The path of Chromium: the value of CHROMIUM, or one on the PATH. */
export const findChromium = (): string | undefined => {
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [process.env.CHROMIUM ?? '', ...onPath].filter((file) => file !== '').find(isExecutable);
};

/** The path of Chromium. @throws an Error that says what to do if there is none */
export const requireChromium = (): string => {
  const path = findChromium();
  if (path === undefined) throw new Error('No Chromium is on the PATH. Install one, or set CHROMIUM to its path.');
  return path;
};

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

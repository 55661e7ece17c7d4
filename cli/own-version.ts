import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version of this `leadline`: that of the nearest `package.json`. */
export const ownVersion = (folder = __dirname): string => {
  const file = join(folder, 'package.json');
  if (existsSync(file)) return String((JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown }).version);
  return dirname(folder) === folder ? 'unknown' : ownVersion(dirname(folder));
};

import { join } from 'node:path';

export const root = join(__dirname, '..');

/** What the project makes for itself on this machine; git ignores it, and it may be deleted at any time. */
export const localFolder = join(root, '.local');

import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Hono } from 'hono';
import type { ConsolePorts } from './ports';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

/**
 * Serves the built page: its files, and `index.html` for each address of a state of the page. The names of the files
 * contain a hash of their content, so that a browser may keep them.
 *
 * @param folder where the page was built to
 * @param nonce for the style elements that libraries add
 * @param startedBy the command that prints addresses of this console
 */
export const servePage = (app: Hono, folder: string, nonce: string, startedBy: ConsolePorts['startedBy']): void => {
  app.get('/assets/:name{[\\w.-]+}', async (context) => {
    const name = context.req.param('name');
    const type = types[extname(name)];
    const bytes = await readFile(join(folder, 'assets', name)).catch(() => undefined);
    if (bytes === undefined || type === undefined) return context.notFound();
    return context.body(new Uint8Array(bytes), 200, {
      'content-type': type,
      'cache-control': 'private, max-age=31536000, immutable',
    });
  });
  app.get('*', async (context) => {
    const html = await readFile(join(folder, 'index.html'), 'utf8');
    return context.html(html.replace('NONCE', nonce).replace('STARTED-BY', startedBy));
  });
};

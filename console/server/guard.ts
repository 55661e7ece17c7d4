import type { MiddlewareHandler } from 'hono';

/**
 * Refuses requests of foreign pages. A page of another site can send requests to a server on this machine, and can
 * give its own name the address 127.0.0.1 (DNS rebinding). So the `Host` must be the server's own, a browser must say
 * that the request is of the same origin, and a change must have an `Origin`, which a page cannot forge.
 *
 * @param port where the server listens
 */
export const ownOriginOnly =
  (port: number): MiddlewareHandler =>
  async (context, next) => {
    const host = context.req.header('host') ?? '';
    if (!hosts(port).includes(host)) return context.json({ kind: 'foreign-host', message: foreignHost }, 421);
    const origin = context.req.header('origin');
    const site = context.req.header('sec-fetch-site');
    const isChange = context.req.method !== 'GET';
    const isOwn = origin === `http://${host}` || (origin === undefined && !isChange);
    // `none` is a request of the user: an address that was typed, or opened by a program.
    const isOwnSite = site === undefined || site === 'same-origin' || (site === 'none' && !isChange);
    if (!isOwn || !isOwnSite) return context.json({ kind: 'foreign-page', message: foreignPage }, 403);
    return next();
  };

const hosts = (port: number): readonly string[] => [`127.0.0.1:${port}`, `localhost:${port}`];

const foreignHost = 'The console answers only at the address that leadline console prints.';
const foreignPage = 'A page of another site sent this request. The console answers only its own page.';

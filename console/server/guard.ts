import { bodyLimit } from 'hono/body-limit';
import type { MiddlewareHandler } from 'hono';

/**
 * Refuses requests of foreign pages. A page of another site can send requests to a server on this machine, and can
 * give its own name the address 127.0.0.1 (DNS rebinding). So the `Host` must be the server's own, a browser must say
 * that the request is of the same origin, and a change must have an `Origin`, which a page cannot forge.
 *
 * @param port where the server listens
 * @param startedBy the command that prints its address
 */
export const ownOriginOnly =
  (port: number, startedBy: string): MiddlewareHandler =>
  async (context, next) => {
    const host = context.req.header('host') ?? '';
    if (!hosts(port).includes(host))
      return context.json({ kind: 'foreign-host', message: foreignHost(startedBy) }, 421);
    const origin = context.req.header('origin');
    const site = context.req.header('sec-fetch-site');
    const isRead = ['GET', 'HEAD'].includes(context.req.method);
    const isOwn = origin === `http://${host}` || (origin === undefined && isRead);
    // `none` is a request of the user: an address that was typed, or opened by a program.
    const isOwnSite = site === undefined || site === 'same-origin' || (site === 'none' && isRead);
    if (!isOwn || !isOwnSite) return context.json({ kind: 'foreign-page', message: foreignPage }, 403);
    return next();
  };

const hosts = (port: number): readonly string[] => [`127.0.0.1:${port}`, `localhost:${port}`];

const foreignHost = (startedBy: string): string => `The console answers only at the address that ${startedBy} prints.`;
const foreignPage = 'A page of another site sent this request. The console answers only its own page.';

/** Refuses methods that no request of the page has. */
export const knownMethodsOnly: MiddlewareHandler = async (context, next) => {
  if (['GET', 'HEAD', 'POST'].includes(context.req.method)) return next();
  context.header('allow', 'GET, HEAD, POST');
  return context.json({ kind: 'bad-input', message: 'The console knows GET, HEAD and POST only.' }, 405);
};

/**
 * Refuses a body that is not declared as JSON. A form of another site can send only other types without asking the
 * server first (Fetch Standard, "CORS-safelisted request-header").
 */
export const jsonOnly: MiddlewareHandler = async (context, next) => {
  const isJson = /^application\/json\s*(;|$)/i.test(context.req.header('content-type') ?? '');
  if (context.req.method !== 'POST' || isJson) return next();
  return context.json({ kind: 'bad-input', message: 'The body of the request must be application/json.' }, 415);
};

/** The longest body, in bytes: the owners of many leads are sent in one. */
const longestBody = 16 * 1024 * 1024;

/** Refuses a body that is longer than any of the page. */
export const shortBodiesOnly = bodyLimit({
  maxSize: longestBody,
  onError: (context) =>
    context.json({ kind: 'bad-input', message: `The body has more than ${longestBody} bytes. Send it in parts.` }, 413),
});

import type { Hono, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { ConsolePorts } from './ports';
import { tokens } from './tokens';

/**
 * Opens the console for a browser: the address with a one-time token is exchanged for a cookie, and requests need the
 * cookie. The token is in no address that stays in the history of the browser as a usable one.
 *
 * @param port where the server listens; a cookie has no port, so that its name has it
 */
export const sessions = (app: Hono, port: number, { now, startedBy }: Pick<ConsolePorts, 'now' | 'startedBy'>) => {
  const { make, exchange, isSession } = tokens(now);
  const cookie = `leadline-${port}`;
  const withSession: MiddlewareHandler = async (context, next) =>
    isSession(getCookie(context, cookie) ?? '')
      ? next()
      : context.json({ kind: 'no-session', message: noSession(startedBy) }, 401);

  app.get('/open/:token', (context) => {
    // HEAD is sent by previews of links, which must not use the token up.
    if (context.req.method === 'HEAD') return context.body(null, 204);
    // Also in a browser with a session: the address must not stay usable for another one.
    const session = exchange(context.req.param('token'));
    if (session === undefined)
      return context.redirect(isSession(getCookie(context, cookie) ?? '') ? '/' : '/refused', 303);
    setCookie(context, cookie, session, { httpOnly: true, sameSite: 'Strict', path: '/' });
    return context.redirect('/', 303);
  });
  app.use('/api/*', withSession);
  return { makeToken: make };
};

const noSession = (startedBy: string): string =>
  `This browser has no session with the console. Press Enter in the terminal of ${startedBy}, or restart it if it runs ` +
  'without a terminal. Then open the address that it prints. An address works once.';

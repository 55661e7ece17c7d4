import { randomBytes } from 'node:crypto';
import { Hono, type MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { about } from '../api/about';
import { stopTask, tasks } from '../api/task';
import { ownOriginOnly } from './guard';
import { securityHeaders } from './headers';
import { live } from './live';
import { servePage } from './page';
import type { ConsolePorts } from './ports';
import { overviewFeed } from './overview-feed';
import { BadInput, respondIn } from './respond';
import { deadLetterRoutes } from './routes/dead-letters';
import { leadRoutes } from './routes/lead';
import { leadActionRoutes } from './routes/lead-actions';
import { exportRoute, leadsRoutes } from './routes/leads';
import { overviewRoutes } from './routes/overview';
import { quarantineRoutes } from './routes/quarantine';
import { ownerRoutes } from './routes/owners';
import { sendRoutes } from './routes/send';
import { sourceRoutes } from './routes/sources';
import { taskRunner } from './task-runner';
import { tokens } from './tokens';

/** @param port where the server listens; a cookie has no port, so that its name has it */
export const consoleApp = (ports: ConsolePorts, folder: string, port: number) => {
  const app = new Hono();
  const sessions = tokens(ports.now);
  const runner = taskRunner(ports.problemOf, ports.now);
  const nonce = randomBytes(16).toString('base64url');
  const cookie = `leadline-${port}`;

  app.use(securityHeaders(nonce));
  app.use(ownOriginOnly(port));
  app.get('/open/:token', (context) => {
    const session = sessions.exchange(context.req.param('token'));
    if (session === undefined) return context.redirect('/refused', 303);
    setCookie(context, cookie, session, { httpOnly: true, sameSite: 'Strict', path: '/' });
    return context.redirect('/', 303);
  });
  const withSession: MiddlewareHandler = async (context, next) =>
    sessions.isSession(getCookie(context, cookie) ?? '')
      ? next()
      : context.json({ kind: 'no-session', message: noSession }, 401);
  app.use('/api/*', withSession);

  const respond = respondIn(app, ports.problemOf);
  const { stackName, region, by, isLocal, version } = ports;
  respond(about, () => Promise.resolve({ stack: stackName, region, by, isLocal, version }));
  respond(tasks, () => Promise.resolve(runner.all()));
  respond(stopTask, ({ id }) => {
    const stopped = runner.stop(id);
    if (stopped === undefined) throw new BadInput('There is no such task.');
    return Promise.resolve(stopped);
  });
  sourceRoutes(respond, ports);
  sendRoutes(respond, ports);
  deadLetterRoutes(respond, ports.stack, runner, ports.now);
  quarantineRoutes(respond, ports.stack, runner, ports.now);
  ownerRoutes(respond, ports, runner);
  overviewRoutes(respond, ports.pipeline);
  const leadPorts = { ...ports.stack, findEvents: ports.pipeline.findEvents };
  leadsRoutes(respond, leadPorts);
  exportRoute(app, leadPorts, ports.problemOf, ports.now);
  leadRoutes(respond, ports);
  leadActionRoutes(respond, ports, runner);
  const followOverview = overviewFeed(ports.pipeline);
  live(app, (send) => {
    const ends = [runner.onChange((task) => send({ event: 'task', key: task.id, data: task })), followOverview(send)];
    return () => ends.forEach((end) => end());
  });
  app.all('/api/*', (context) => context.json({ kind: 'bad-input', message: 'There is no such request.' }, 404));
  servePage(app, folder, nonce);
  return { app, makeToken: sessions.make, end: runner.end };
};

const noSession =
  'This browser has no session with the console. Open the address that leadline console prints; it works once.';

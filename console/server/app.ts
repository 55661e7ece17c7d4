import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { about } from '../api/about';
import { stopTask, tasks } from '../api/task';
import { letterDesk } from './dead-letters/letter-desk';
import { jsonOnly, knownMethodsOnly, ownOriginOnly, shortBodiesOnly } from './guard';
import { securityHeaders } from './headers';
import { live } from './live';
import { servePage } from './page';
import type { ConsolePorts } from './ports';
import { overviewFeed } from './overview-feed';
import { BadInput } from './refusal';
import { respondIn } from './respond';
import { deadLetterRoutes } from './routes/dead-letters';
import { leadRoutes } from './routes/lead';
import { leadActionRoutes } from './routes/lead-actions';
import { exportRoute, leadsRoutes } from './routes/leads';
import { overviewRoutes } from './routes/overview';
import { quarantineRoutes } from './routes/quarantine';
import { ownerRoutes } from './routes/owners';
import { sendRoutes } from './routes/send';
import { sourceRoutes } from './routes/sources';
import { sessions } from './sessions';
import { taskRunner } from './task-runner';

/**
 * The server of the console, without its socket.
 *
 * @param folder of the built page
 * @param port where it listens
 */
export const consoleApp = (ports: ConsolePorts, folder: string, port: number) => {
  const app = new Hono();
  const runner = taskRunner(ports.problemOf, ports.now);
  const nonce = randomBytes(16).toString('base64url');

  app.use(securityHeaders(nonce));
  app.use(ownOriginOnly(port, ports.startedBy));
  app.use(knownMethodsOnly);
  const { makeToken } = sessions(app, port, ports);
  app.use('/api/*', jsonOnly, shortBodiesOnly);

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
  // Shared, because all work on the dead-letter queue waits for each other.
  const letters = letterDesk(ports.stack, runner, ports.now);
  deadLetterRoutes(respond, ports.stack, letters, ports.now);
  quarantineRoutes(respond, ports.stack, runner, ports.now);
  ownerRoutes(respond, ports, runner);
  overviewRoutes(respond, ports.pipeline);
  const leadPorts = { ...ports.stack, findEvents: ports.pipeline.findEvents };
  leadsRoutes(respond, leadPorts);
  exportRoute(app, { ...leadPorts, overview: ports.pipeline.overview }, ports.problemOf, ports.now);
  leadRoutes(respond, ports);
  leadActionRoutes(respond, ports, letters);
  // A redriven event can be mailed between two polls of the pipeline, which then sees no change of it.
  runner.onChange(({ endedAt }) => {
    if (endedAt !== null) ports.pipeline.lookAgain();
  });
  const followOverview = overviewFeed(ports.pipeline);
  live(app, (send) => {
    const ends = [runner.onChange((task) => send({ event: 'task', key: task.id, data: task })), followOverview(send)];
    return () => ends.forEach((end) => end());
  });
  app.all('/api/*', (context) => context.json({ kind: 'bad-input', message: 'There is no such request.' }, 404));
  servePage(app, folder, nonce, ports.startedBy);
  app.notFound((context) => context.json({ kind: 'not-found', message: 'There is no such page.' }, 404));
  // An error that no route expects may have data of a lead in its message.
  app.onError((_error, context) => context.json({ kind: 'failed', message: bug }, 500));
  return { app, makeToken, end: runner.end };
};

const bug = 'The console failed. Reload the page. If it fails again, report a bug in Leadline.';

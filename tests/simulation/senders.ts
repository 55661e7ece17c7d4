import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ingestion } from './functions';
import { short } from './journal';
import { billing, type Sending } from './sendings';
import { second } from './times';
import type { World } from './world';

/** Sends an event. After a failure the sender waits and retries, until it has no wait left. */
export const post = (world: World, sending: Sending, tries = 0): void => {
  const { payload, source } = sending;
  const body = { ...payload, ...sending.volatile(new Date(world.timeline.now)), ...secretOf(source) };
  const answer = (status: number): void => {
    world.count(`answer ${status}`);
    const lost = sending.losesAnswer && world.isStormy && world.random.chance(0.5);
    world.say(() => `the sender of ${short(sending.eventId)} gets ${lost ? `no answer (it was ${status})` : status}`);
    if (!lost && status < 500) return;
    const wait = sending.patienceMs[tries];
    if (wait === undefined) world.say(() => `the sender of ${short(sending.eventId)} gives up`);
    else world.timeline.after(wait * world.random.between(0.8, 1.2), () => post(world, sending, tries + 1));
  };
  let answered = false;
  const once = (status: number): void => {
    if (!answered) answer(status);
    answered = true;
  };
  const worker = world.worker('ingestion', () => once(502));
  world.say(() => `${worker.name} gets event ${short(sending.eventId)} of ${sending.leadId}, attempt ${tries + 1}`);
  const handler = ingestion(world.container(worker), world.scenario.settings, world.variant);
  const isCalm = !world.isStormy && !(world.isPoisonous && world.scenario.bug?.at === 'ingestion');
  world.invoked(worker, handler(request(source, JSON.stringify(body), worker.name)), ({ statusCode: status }) => {
    const isInTheWay = (): boolean =>
      world.events().some(({ event_id, s3_key }) => event_id === sending.eventId && world.putBack.has(s3_key));
    if (isCalm && status >= 500 && !(status === 500 && isInTheWay()))
      world.journal.violate(`event ${short(sending.eventId)} got ${status} after the storm`);
    world.answered(sending.eventId, status);
    once(status);
  });
  // Some senders time out before API Gateway does, and retry while the first attempt still runs.
  if (world.random.chance(0.05)) world.timeline.after(3 * second, () => once(504));
};

const secretOf = (source: Sending['source']): object =>
  source === 'billing' ? { secret_key: billing.secrets[0] } : {};

const request = (source: Sending['source'], body: string, requestId: string): APIGatewayProxyEvent =>
  ({
    resource: source === 'ingest' ? '/ingest' : '/webhook',
    httpMethod: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    isBase64Encoded: false,
    requestContext: { requestId },
  }) as unknown as APIGatewayProxyEvent;

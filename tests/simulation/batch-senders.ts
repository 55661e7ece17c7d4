import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { type Batch, batchSecret, batchSource } from './batches';
import { ingestion } from './functions';
import { second } from './times';
import type { World } from './world';

/** Sends a body with several leads. After a failure the sender waits and retries, until it has no wait left. */
export const postBatch = (world: World, batch: Batch, tries = 0): void => {
  const name = `batch ${batch.delivery}`;
  const { contacts, delivery } = batch;
  const body = { contacts, delivery, sent_at: new Date(world.timeline.now).toISOString() };
  let isAnswered = false;
  const once = (status: number): void => {
    if (isAnswered) return;
    isAnswered = true;
    world.count(`answer ${status}`);
    const isLost = batch.losesAnswer && world.isStormy && world.random.chance(0.5);
    world.say(() => `the sender of ${name} gets ${isLost ? `no answer (it was ${status})` : status}`);
    if (!isLost && status < 500) return;
    const wait = batch.patienceMs[tries];
    if (wait === undefined) world.say(() => `the sender of ${name} gives up`);
    else world.timeline.after(wait * world.random.between(0.8, 1.2), () => postBatch(world, batch, tries + 1));
  };
  const worker = world.worker('ingestion', () => once(502));
  world.say(() => `${worker.name} gets ${name} with ${contacts.length} leads, attempt ${tries + 1}`);
  const handler = ingestion(world.container(worker), world.scenario.settings, world.variant);
  const isCalm = !world.isStormy;
  world.invoked(worker, handler(request(JSON.stringify(body), worker.name)), (response) => {
    const { statusCode: status } = response;
    if (isCalm && status >= 500) world.journal.violate(`${name} got ${status} after the storm`);
    noteAnswer(world, batch, response);
    once(status);
  });
  if (world.random.chance(0.05)) world.timeline.after(3 * second, () => once(504));
};

type Result = Readonly<{ status: string; event_id?: string }>;

/** Notes what became of each lead of a body. A body with one lead has one result, which is the answer itself. */
const noteAnswer = (world: World, { delivery, contacts }: Batch, { statusCode, body }: APIGatewayProxyResult): void => {
  world.batchAnswers.set(delivery, [...(world.batchAnswers.get(delivery) ?? []), statusCode]);
  if (statusCode >= 300) return;
  const answer = JSON.parse(body) as Result & Readonly<{ results?: readonly Result[] }>;
  if (answer.results !== undefined && answer.results.length !== contacts.length)
    world.journal.violate(`batch ${delivery} has ${contacts.length} leads, its answer ${answer.results.length}`);
  for (const { status, event_id } of answer.results ?? [answer]) {
    world.count(`lead ${status}`);
    if (event_id !== undefined) world.answered(event_id, status === 'accepted' ? 202 : 200);
  }
};

const request = (body: string, requestId: string): APIGatewayProxyEvent =>
  ({
    resource: '/webhook/{source}',
    pathParameters: { source: batchSource },
    path: `/webhook/${batchSource}`,
    httpMethod: 'POST',
    headers: { host: 'api.example.com', 'content-type': 'application/json', 'x-acme-secret': batchSecret },
    body,
    isBase64Encoded: false,
    requestContext: { requestId, path: `/Prod/webhook/${batchSource}` },
  }) as unknown as APIGatewayProxyEvent;

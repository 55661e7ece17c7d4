// Signed requests with aws4fetch and the `fetch` of Node.js.
import { AwsClient } from 'aws4fetch';
import { endpointOf, type Send, setting, timeoutMs } from './send';
import { webhook } from './webhook';

const aws = new AwsClient({
  accessKeyId: setting('AWS_ACCESS_KEY_ID'),
  secretAccessKey: setting('AWS_SECRET_ACCESS_KEY'),
  region: setting('AWS_REGION'),
  retries: 2,
});

const send: Send = async ({ service, path, ...request }) => {
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await aws.fetch(endpointOf(service) + path, { ...request, aws: { service }, signal });
  return { status: response.status, text: await response.text() };
};

export const handler = webhook(send);

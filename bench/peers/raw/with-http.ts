// Signed requests with the HTTP client and the HMAC of Node.js: the least that a function can do.
import { createHash, createHmac } from 'node:crypto';
import { Agent, request as requestHttp } from 'node:http';
import type { AwsRequest, Send } from './send';
import { endpointOf, setting, timeoutMs } from './send';
import { webhook } from './webhook';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The headers of a request with a signature of Version 4 (AWS IAM User Guide, "Create a signed AWS API request"). */
const signed = ({ service, method, path, headers, body }: AwsRequest, host: string): Record<string, string> => {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const date = time.slice(0, 8);
  const region = setting('AWS_REGION');
  const token = setting('AWS_SESSION_TOKEN');
  const all: Record<string, string> = {
    ...headers,
    host,
    'x-amz-content-sha256': sha256(body),
    'x-amz-date': time,
    ...(token === '' ? {} : { 'x-amz-security-token': token }),
  };
  const names = Object.keys(all).sort();
  const list = names.join(';');
  const canonical = [method, path, '', ...names.map((name) => `${name}:${all[name] ?? ''}`), '', list, sha256(body)];
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical.join('\n'))].join('\n');
  const parts = [date, region, service, 'aws4_request'];
  const key = parts.reduce<string | Buffer>(hmac, `AWS4${setting('AWS_SECRET_ACCESS_KEY')}`);
  const credential = `${setting('AWS_ACCESS_KEY_ID')}/${scope}`;
  const signature = hmac(key, text).toString('hex');
  all.authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${list}, Signature=${signature}`;
  return all;
};

const agent = new Agent({ keepAlive: true });

const send: Send = (request) =>
  new Promise((resolve, reject) => {
    const { host, hostname, port } = new URL(endpointOf(request.service));
    const { method, path } = request;
    const options = { method, path, hostname, port, headers: signed(request, host), agent, timeout: timeoutMs };
    const sent = requestHttp(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    });
    sent.on('timeout', () => sent.destroy(new Error('timeout')));
    sent.on('error', reject);
    sent.end(request.body);
  });

export const handler = webhook(send);

import { type IncomingHttpHeaders, type IncomingMessage, createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { effectOf, type Service, serviceOf } from './classify';
import { type Answer, errorAnswer } from './error-answers';
import type { Fault } from './fault-schedule';
import type { WireJournal } from './wire-journal';

export type Proxy = Readonly<{ url: string; stop: () => Promise<void> }>;

type Settings = Readonly<{
  /** The port of the cloud on 127.0.0.1. */
  port: number;
  /** Chooses the fault of a call. */
  decide: (service: Service) => Fault | undefined;
  journal: WireJournal;
}>;

type CloudAnswer = Readonly<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>;

/**
 * Starts a proxy between the functions and the cloud that makes some calls fail. It does not change headers, because
 * the signatures of the callers cover them, also `Host`.
 */
export const startProxy = async (settings: Settings): Promise<Proxy> => {
  const server = createServer((incoming, outgoing) => {
    handle(settings, incoming, outgoing).catch(() => outgoing.destroy());
  });
  // If the proxy closed a connection while its owner begins the next call, that would be a fault that is not counted.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const handle = async (settings: Settings, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
  const { journal } = settings;
  const body = await bodyOf(incoming);
  const call = { headers: incoming.headers, body: body.toString('utf8') };
  const service = serviceOf(call);
  if (service === undefined) return void send(outgoing, await forward(settings.port, incoming, body));

  journal.countCall(service);
  const fault = settings.decide(service);
  if (fault !== undefined) journal.countFault(service, fault.kind);
  const early = fault === undefined ? undefined : beforeTheCloud(service, fault, outgoing);
  if (early === 'done') return;

  const answer = await forward(settings.port, incoming, body);
  const effect = effectOf(call);
  const settle = effect === undefined || answer.status >= 300 ? () => undefined : journal.took(effect);
  // The connection is closed if the caller was killed or has timed out.
  const gone = outgoing.destroyed;
  if (gone) journal.countCallerGone();
  if (fault !== undefined) {
    settle(fault.kind);
    return afterTheCloud(service, fault, outgoing, answer, () => settle('answered'));
  }
  if (gone) return;
  outgoing.once('finish', () => settle('answered'));
  send(outgoing, answer);
};

/** Answers in place of the cloud, which does not get the call. */
const beforeTheCloud = (service: Service, { kind }: Fault, outgoing: ServerResponse): 'done' | undefined => {
  switch (kind) {
    case 'reset-before':
      outgoing.socket?.resetAndDestroy();
      return 'done';
    case 'error-500':
      sendError(outgoing, errorAnswer(service, 'internal'));
      return 'done';
    case 'error-503':
      sendError(outgoing, errorAnswer(service, 'unavailable'));
      return 'done';
    case 'throttled':
      sendError(outgoing, errorAnswer(service, 'throttled'));
      return 'done';
    case 'reset-after':
    case 'error-after':
    case 'slow':
    case 'too-slow':
    case 'cut-body':
      return undefined;
  }
};

/** Changes the answer of the cloud, after the call had its effect. */
const afterTheCloud = async (
  service: Service,
  { kind, delayMs }: Fault,
  outgoing: ServerResponse,
  answer: CloudAnswer,
  onAnswered: () => void,
): Promise<void> => {
  switch (kind) {
    case 'reset-after':
      outgoing.socket?.resetAndDestroy();
      return;
    case 'error-after':
      return void sendError(outgoing, errorAnswer(service, 'internal'));
    case 'slow':
    case 'too-slow':
      await wait(delayMs);
      if (outgoing.destroyed) return;
      outgoing.once('finish', onAnswered);
      return void send(outgoing, answer);
    case 'cut-body':
      // The declared length is longer than the body, also if there is no body.
      outgoing.writeHead(answer.status, { ...passed(answer.headers), 'content-length': answer.body.length + 8 });
      outgoing.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)), () => outgoing.socket?.destroy());
      return;
    case 'reset-before':
    case 'error-500':
    case 'error-503':
    case 'throttled':
      return;
  }
};

const sendError = (outgoing: ServerResponse, { status, headers, body }: Answer): void => {
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
};

const send = (outgoing: ServerResponse, { status, headers, body }: CloudAnswer): void => {
  outgoing.writeHead(status, { ...passed(headers), 'content-length': body.length }).end(body);
};

/** Removes the headers that apply to one connection only (RFC 9110, section 7.6.1). */
const passed = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => !['connection', 'keep-alive', 'transfer-encoding'].includes(name)),
  );

/** Sends each call over a new connection, because the cloud may be closing an idle one. */
const forward = (port: number, { method = 'GET', url = '/', headers }: IncomingMessage, body: Buffer) =>
  new Promise<CloudAnswer>((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, method, path: url, headers, agent: false, setHost: false },
      (answer) => {
        bodyOf(answer).then(
          (received) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: received }),
          reject,
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

import { type IncomingHttpHeaders, type IncomingMessage, createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { effectOf, type Service, serviceOf } from './classify';
import { type Answer, errorAnswer } from './error-answers';
import type { Fault } from './fault-schedule';
import type { WireJournal } from './wire-journal';

export type Proxy = Readonly<{ url: string; stop: () => Promise<void> }>;

type Settings = Readonly<{
  /** Where the cloud listens, on 127.0.0.1. */
  port: number;
  /** Asked once for each call. */
  decide: (service: Service) => Fault | undefined;
  journal: WireJournal;
}>;

type CloudAnswer = Readonly<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>;

/**
 * Stands between the functions and the cloud, and lets some calls fail. Headers go through unchanged, `Host` among
 * them: the callers' signatures cover it.
 */
export const startProxy = async (settings: Settings): Promise<Proxy> => {
  const server = createServer((incoming, outgoing) => {
    handle(settings, incoming, outgoing).catch(() => outgoing.destroy());
  });
  // A connection that we close while its owner begins the next call would be a fault that nobody counts.
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
  // A caller that is gone was killed, or has waited long enough: its connection says so.
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

/** Answers in the cloud's place; the cloud never hears of the call. */
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

/** The cloud has done what it was asked; what its caller learns of it is another matter. */
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
      // More is promised than comes, also where there is no body.
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

/** What is about one connection only stays on it (RFC 9110, section 7.6.1). */
const passed = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => !['connection', 'keep-alive', 'transfer-encoding'].includes(name)),
  );

/** A connection of its own for each call: none of them can be one that the cloud is about to close. */
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

import type { APIGatewayProxyEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import { flow, pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { enrichLead, type EnrichPorts } from '../../EnrichmentFunction/enrich-lead';
import { mailAbout } from '../../EnrichmentFunction/mail';
import { answerBatch } from '../../EnrichmentFunction/sqs';
import { toRequest } from '../../IngestionFunction/http';
import { receiveLead, type ReceivePorts } from '../../IngestionFunction/receive-lead';
import { toProblem, toResponse } from '../../IngestionFunction/response';
import { type ReconcilePorts, requeueStuck } from '../../ReconcileFunction/requeue-stuck';
import { clientSettings } from '../../shared/aws/clients';
import { enqueue, postpone } from '../../shared/aws/delay-queue';
import { storeEnriched } from '../../shared/aws/enriched-objects';
import { claimEvent, markNotified, recordEvent, recordFailure } from '../../shared/aws/event-table';
import { saveEnrichedLead, saveLead } from '../../shared/aws/lead-table';
import { sendMail } from '../../shared/aws/mailer';
import { readOwner } from '../../shared/aws/owner-files';
import { findPending, giveUp, markRequeued } from '../../shared/aws/pending-events';
import { readRaw, storeRaw } from '../../shared/aws/raw-objects';
import { readSources } from '../../shared/aws/source-secrets';
import type { LeadId } from '../../shared/lead/lead-id';
import { messageFor } from '../../shared/lead/queue-message';
import { type Clients, clientsOver, names, type Send } from './cloud';
import type { PoisonedAt } from './scenario';

export type Settings = Readonly<{
  delaySeconds: number;
  visibilitySeconds: number;
  maxReceives: number;
  leaseSkewSeconds: number;
  stuckAfterSeconds: number;
}>;

/** One copy of a function: its way to the cloud, its clock, and where its code throws, if it does. */
export type Container = Readonly<{
  send: Send;
  now: () => Date;
  throwsAt?: (at: PoisonedAt, leadId: LeadId) => boolean;
}>;

/** What a variant may use to break its ports. */
export type Parts = Readonly<{ clients: Clients; settings: Settings; now: () => Date }>;

/**
 * A protocol broken on purpose, by one step or one dependency; `within` says how many seeds are enough to find it out.
 * Nothing swapped: the protocol that is deployed.
 */
export type Variant = Readonly<{
  name: string;
  breaks: string;
  within: number;
  receive?: (ports: ReceivePorts, parts: Parts) => ReceivePorts;
  enrich?: (ports: EnrichPorts, parts: Parts) => EnrichPorts;
  reconcile?: (ports: ReconcilePorts, parts: Parts) => ReconcilePorts;
  around?: (enrich: Enrich, ports: EnrichPorts) => Enrich;
  answer?: typeof answerBatch;
  sesAttempts?: number;
  /** What the enrichment function tells the queue. */
  respond?: (response: SQSBatchResponse, event: SQSEvent, settings: Settings) => SQSBatchResponse;
}>;

type Enrich = ReturnType<typeof enrichLead>;

export const asDeployed: Variant = { name: 'deployed', breaks: 'nothing', within: 0 };

const retentionDays = 400;

const partsOf = ({ send, now }: Container, settings: Settings, { sesAttempts = 1 }: Variant) => {
  const other = clientSettings.maxAttempts;
  const clients = clientsOver(send, { dynamodb: other, ses: sesAttempts, other });
  const patient = clientsOver(send, { dynamodb: 5, ses: sesAttempts, other });
  const tableOver = (client: Clients) => ({ client: client.dynamodb, tableName: names.table, now, retentionDays });
  return { clients, settings, now, table: tableOver(clients), patientTable: tableOver(patient) };
};

/** IngestionFunction/app.ts, over a simulated cloud. */
export const ingestion = (container: Container, settings: Settings, variant: Variant) => {
  const parts = partsOf(container, settings, variant);
  const { clients, table, now } = parts;
  const send = enqueue(clients.sqs, names.queue);
  const ports: ReceivePorts = {
    recordEvent: recordEvent(table, settings.delaySeconds),
    storeRaw: storeRaw(clients.s3, names.raw),
    saveLead: saveLead(table),
    enqueue: (record) => send(messageFor(record)),
    readSources: readSources(clients.secrets, names.sources, now),
    now,
    ingestAuth: 'OPEN',
  };
  const receive = receiveLead(variant.receive?.(ports, parts) ?? ports);
  return async (event: APIGatewayProxyEvent): Promise<number> => {
    const outcome = await pipe(TE.fromEither(toRequest(event)), TE.flatMap(receive))();
    return pipe(outcome, E.match(toProblem, toResponse)).statusCode;
  };
};

/** EnrichmentFunction/app.ts, over a simulated cloud. */
export const enrichment = (container: Container, settings: Settings, variant: Variant) => {
  const parts = partsOf(container, settings, variant);
  const { clients, patientTable: table } = parts;
  const ports: EnrichPorts = {
    readRaw: readRaw(clients.s3, names.raw),
    readOwner: readOwner(clients.s3, names.lookup),
    claimEvent: claimEvent(table, settings.leaseSkewSeconds * 1000),
    storeEnriched: storeEnriched(clients.s3, names.enriched),
    saveEnrichedLead: saveEnrichedLead(table),
    sendMail: flow(mailAbout, sendMail(clients.ses, 'leads@example.com', 'sales@example.com')),
    markNotified: markNotified(table),
    recordFailure: recordFailure(table),
    postpone: postpone(clients.sqs, names.queue, parts.now),
    maxReceives: settings.maxReceives,
  };
  const chosen = variant.enrich?.(ports, parts) ?? ports;
  const enrich = enrichLead(throwing(chosen, container));
  const answer = (variant.answer ?? answerBatch)(variant.around?.(enrich, chosen) ?? enrich, settings.maxReceives);
  return async (event: SQSEvent, remainingMs: () => number): Promise<SQSBatchResponse> => {
    const response = await answer(event, remainingMs);
    return variant.respond?.(response, event, settings) ?? response;
  };
};

/** An error in our own code, that some lead brings to light: thrown where nothing turns it into a failure. */
const throwing = (ports: EnrichPorts, { throwsAt = () => false }: Container): EnrichPorts => {
  const check = (at: PoisonedAt, leadId: LeadId): void => {
    if (throwsAt(at, leadId)) throw new TypeError(`an error at ${at}`);
  };
  return {
    ...ports,
    readRaw: (key) =>
      pipe(
        ports.readRaw(key),
        TE.tapIO(
          ({ event }) =>
            () =>
              check('get-raw', event.lead_id),
        ),
      ),
    claimEvent: (record, attempt) =>
      pipe(
        ports.claimEvent(record, attempt),
        TE.tapIO(() => () => check('claim', record.event.lead_id)),
      ),
    recordFailure: (event, attempt, failed, record) => {
      if (failed.next === 'give-up') check('give-up', event.leadId);
      return ports.recordFailure(event, attempt, failed, record);
    },
  };
};

/** ReconcileFunction/app.ts, over a simulated cloud. */
export const reconciliation = (container: Container, settings: Settings, variant: Variant) => {
  const parts = partsOf(container, settings, variant);
  const { clients, table, now } = parts;
  const ports: ReconcilePorts = {
    findPending: findPending(table),
    enqueue: enqueue(clients.sqs, names.queue, 0),
    markRequeued: markRequeued(table),
    giveUp: giveUp(table),
    now,
    patienceMs: (settings.delaySeconds + settings.stuckAfterSeconds) * 1000,
    limit: 500,
    maxRequeues: 3,
  };
  return requeueStuck(variant.reconcile?.(ports, parts) ?? ports);
};

import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { setTimeout as wait } from 'node:timers/promises';
import { parseJson } from '../../../shared/codecs/json-text';
import { resultsIn } from '../../../shared/operations/sources/api-result';
import { validSource } from '../../../shared/operations/sources/change-source';
import type { ValidSource } from '../../../shared/operations/sources/checked-source';
import { makeSample } from '../../../shared/operations/sources/make-sample';
import { samplePayload } from '../../../shared/operations/sources/sample-payload';
import { sendSigned } from '../../../shared/operations/sources/send-signed';
import { testOwner } from '../../../shared/operations/sources/test-owner';
import { sampleOf, type TestSample } from '../../../shared/operations/sources/test-sample';
import { refreshSeconds } from '../../../shared/operations/sources/times';
import { StoreError } from '../../../shared/operations/store-error';
import { payloadPreset } from '../../../shared/sources/payloads/payload-preset';
import { ingestSource } from '../../../shared/sources/payloads/lead-payload';
import * as api from '../../api/send';
import type { ConsolePorts, SourcePorts } from '../ports';
import { BadInput, type Respond } from '../respond';
import { apiRefusal } from '../sources/api-refusal';
import { orRefused } from '../sources/source-problem';

type Ports = Pick<ConsolePorts, 'sources' | 'now' | 'problemOf'>;

/** Sends leads as their senders do. The secret that signs a request stays on the server. */
export const sendRoutes = (respond: Respond, { sources, now, problemOf }: Ports): void => {
  const { urls, send, putOwner } = sources;

  respond(api.samples, allSamples);

  respond(api.sampleOfSource, async ({ source: id }) => {
    const { source } = await senderOf(sources, id);
    const sample = await makeSample(source);
    return sample === undefined ? null : { ...textOf(sample), preset: source.payload.preset ?? null };
  });

  respond(api.requestOf, async ({ source: id }) => {
    const { source, isOpen } = await senderOf(sources, id);
    const { contentType } = sampleOf(source.payload, new Uint8Array());
    return {
      url: urls(id).sender,
      content_type: contentType,
      proof: isOpen ? { kind: 'none' as const } : proofOf(source),
    };
  });

  respond(api.send, async ({ source: id, payload, with_owner }) => {
    const { source, isOpen, storedAt } = await senderOf(sources, id);
    const sample = payload === null ? await makeSample(source) : sampleOf(source.payload, Buffer.from(payload));
    if (sample === undefined)
      throw new BadInput(
        `Leadline has no sample that the mapping of source ${id} reads. Paste a payload of its sender.`,
      );
    const response = await sendSigned(
      { send, now, wait: (ms) => wait(ms), isInterrupted: () => false, onWait: () => undefined },
      urls(id),
      isOpen ? undefined : source.auth,
      sample,
      storedAt !== undefined && now().getTime() - storedAt.getTime() < 2 * refreshSeconds * 1_000,
    );
    const json = parseJson(await response.text());
    const body = E.isRight(json) ? json.right : undefined;
    const results = response.ok ? resultsIn(body) : undefined;
    if (results === undefined)
      return {
        ...{ status: response.status, results: [], refusal: apiRefusal(response.status, body) },
        ...{ body: textOf(sample).body, owner: null },
      };
    const leadIds = results.flatMap(({ lead_id }) => lead_id ?? []);
    const put = async () => {
      for (const leadId of leadIds) await putOwner(leadId, testOwner);
    };
    // After the answer, which names the leads. EnrichmentFunction reads the owner after the delay.
    const owner = with_owner
      ? await put().then(
          () => ({ is_put: true, why_not: null }),
          (error: unknown) => ({ is_put: false, why_not: problemOf(error).message }),
        )
      : null;
    return {
      status: response.status,
      results: results.map(({ status, lead_id, event_id, quarantine_id, errors = [], warnings = [] }) => ({
        ...{ status, lead_id: lead_id ?? null, event_id: event_id ?? null, quarantine_id: quarantine_id ?? null },
        ...{ errors, warnings },
      })),
      refusal: null,
      body: textOf(sample).body,
      owner,
    };
  });
};

type Sender = Readonly<{
  source: ValidSource;
  /** Whether the source needs no secret. */
  isOpen: boolean;
  storedAt: Date | undefined;
}>;

/** Source `ingest` needs no entry where IngestAuth is OPEN. Nothing reads its secret then. */
const senderOf = async ({ store, isIngestOpen }: SourcePorts, id: string): Promise<Sender> => {
  const read = await store.read();
  if (id === ingestSource && isIngestOpen)
    return { source: openIngest(E.isRight(read) ? read.right.entries : {}), isOpen: true, storedAt: undefined };
  if (E.isLeft(read)) throw new StoreError(read.left);
  const { entries, storedAt } = read.right;
  return { source: await orRefused(id, TE.fromEither(validSource(entries, id))), isOpen: false, storedAt };
};

/** The settings of its entry apply even if its secret is not needed. */
const openIngest = (entries: Readonly<Record<string, unknown>>): ValidSource => {
  const stored = validSource(entries, ingestSource);
  if (E.isRight(stored)) return stored.right;
  const auth = { scheme: 'body-secret', secrets: [] } as const;
  return { kind: 'valid', id: ingestSource, auth, payload: {}, leadNamespace: undefined, silenceHours: undefined };
};

const proofOf = ({ auth }: ValidSource): api.SentAs['proof'] => {
  switch (auth.scheme) {
    case 'body-secret':
      return { kind: 'header', header: 'X-Webhook-Secret' };
    case 'header-secret':
      return { kind: 'header', header: auth.header };
    case 'basic':
      return { kind: 'basic', user: auth.user };
    default:
      return { kind: 'signature', scheme: auth.scheme };
  }
};

const textOf = ({ contentType, body }: TestSample) => ({
  preset: null,
  content_type: contentType,
  body: Buffer.from(body).toString(),
});

const allSamples = async (): Promise<readonly api.Sample[]> => {
  const found = await Promise.all(
    Object.keys(payloadPreset.keys).map(async (name) => {
      const preset = name as keyof typeof payloadPreset.keys;
      const body = await samplePayload(preset);
      return body === undefined ? [] : [{ ...textOf(sampleOf({ preset }, body)), preset }];
    }),
  );
  return found.flat();
};

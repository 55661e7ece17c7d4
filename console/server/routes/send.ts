import * as E from 'fp-ts/Either';
import { setTimeout as wait } from 'node:timers/promises';
import { parseJson } from '../../../shared/codecs/json-text';
import { type ApiResult, resultsIn } from '../../../shared/operations/sources/api-result';
import type { ValidSource } from '../../../shared/operations/sources/checked-source';
import { makeSample } from '../../../shared/operations/sources/make-sample';
import { sendSigned } from '../../../shared/operations/sources/send-signed';
import { putTestOwners } from '../../../shared/operations/sources/test-owner';
import { sampleOf } from '../../../shared/operations/sources/test-sample';
import { mayBeUnknown } from '../../../shared/operations/sources/times';
import * as api from '../../api/send';
import type { ConsolePorts } from '../ports';
import { BadInput } from '../refusal';
import type { Respond } from '../respond';
import { apiRefusal } from '../sources/api-refusal';
import { allSamples, textOf } from '../sources/preset-samples';
import { senderOf } from '../sources/sender-of';

type Ports = Pick<ConsolePorts, 'sources' | 'now' | 'problemOf'> &
  Readonly<{ stack: Pick<ConsolePorts['stack'], 'owners'> }>;

/** Sends leads as their senders do. The secret that signs a request stays on the server. */
export const sendRoutes = (respond: Respond, { sources, stack, now, problemOf }: Ports): void => {
  const { urls, send } = sources;

  /** A user who may not put an owner may send all the same. */
  const ownersFor = (results: readonly ApiResult[]): Promise<NonNullable<api.Sent['owner']>> =>
    putTestOwners(
      stack.owners,
      results.flatMap(({ lead_id }) => lead_id ?? []),
    ).then(
      ({ put, kept }) => ({ put: put.length, kept, why_not: null }),
      (error: unknown) => ({ put: 0, kept: [], why_not: problemOf(error).message }),
    );

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
      mayBeUnknown(storedAt, now()),
    );
    const json = parseJson(await response.text());
    const body = E.isRight(json) ? json.right : undefined;
    const results = response.ok ? resultsIn(body) : undefined;
    if (results === undefined)
      return {
        ...{ status: response.status, results: [], refusal: apiRefusal(response.status, body) },
        ...{ body: textOf(sample).body, owner: null },
      };
    return {
      status: response.status,
      results: results.map(resultView),
      refusal: null,
      body: textOf(sample).body,
      // After the answer, which names the leads. EnrichmentFunction reads the owner after the delay.
      owner: with_owner ? await ownersFor(results) : null,
    };
  });
};

const resultView = ({ status, lead_id, event_id, quarantine_id, errors = [], warnings = [] }: ApiResult) => ({
  ...{ status, lead_id: lead_id ?? null, event_id: event_id ?? null, quarantine_id: quarantine_id ?? null },
  ...{ errors, warnings },
});

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

import * as E from 'fp-ts/Either';
import type { SourceRefusal } from '../../../shared/operations/sources/change-source';
import type { ValidSource } from '../../../shared/operations/sources/checked-source';
import { refusalAdvice } from '../../../shared/operations/sources/refusal-advice';
import { senderIn } from '../../../shared/operations/sources/sender-in';
import { type SendPorts, sendSigned } from '../../../shared/operations/sources/send-signed';
import type { SourceUrls } from '../../../shared/operations/sources/source-urls';
import { sampleOf } from '../../../shared/operations/sources/test-sample';
import { mayBeUnknown } from '../../../shared/operations/sources/times';
import type { Auth } from '../../../shared/sources/auth';
import { ingestSource } from '../../../shared/sources/payloads/lead-payload';
import { bodyFormatOf, isMapped } from '../../../shared/sources/payloads/payload-settings';
import { secretHeader } from '../../../shared/sources/schemes/body-secret';
import { Problem } from '../../problems/problem';
import type { Session } from '../../session';
import type { LeadBody } from '../../stack/lead-body';
import { withUrlAdvice } from '../../stack/open-api';
import { pathOf } from '../../stack/send-request';
import { changeProblem } from '../sources/change-problem';
import { sendPorts } from '../sources/send-ports';
import { secretVariable, variableSecret } from './given-secret';
import { adviceIfUnchecked, needsSettings, secretFor } from './unchecked-secret';
import { isReadDenied, unreadSettings } from './unread-settings';

/** A response of the API, and what to do if it is a 401 or 403. */
export type Answered = Readonly<{ response: Response; forbidden: string }>;

/**
 * Sends a lead to the stack as its source sends it: with the secret or the signature that the settings of the source
 * require. If the user may not read the settings, the lead is sent as `body-secret` does.
 *
 * @throws a Problem if the settings cannot be read for another reason, or if the source does not exist, is invalid, or
 *   cannot send such a body. Nothing is sent then
 */
export const sendAsSource = async (session: Session, lead: LeadBody): Promise<Answered> => {
  const { source: id } = lead;
  const sources = await session.sources().catch(withUrlAdvice);
  const to = { urls: sources.urls(id), send: sources.send };
  const read = await sources.store.read();
  if (E.isLeft(read)) {
    if (!isReadDenied(read.left)) throw unreadSettings(id, read.left);
    const why = `the settings of the source cannot be read from Secrets Manager (${read.left.cause})`;
    return sendUnchecked(session, lead, to, why);
  }
  const { entries, storedAt } = read.right;
  const found = senderIn(entries, id, sources.isIngestOpen);
  if (E.isLeft(found)) throw refusal(id, found.left);
  const { source, hasEntry } = found.right;
  if (!hasEntry) return answered(await post(session, lead, to, undefined), adviceIfOpen);
  refuseUnreadable(source, lead);
  const proof = proofFor(source, lead);
  // Only a secret that was stored just now may be unknown to a container.
  const isStored = source.auth.secrets.includes(proof.secret);
  const isNew = isStored && mayBeUnknown(storedAt, new Date());
  const response = await post(session, lead, to, proof.auth, isNew);
  return answered(response, isStored ? undefined : adviceOn(id, proof.from));
};

/**
 * Sends a lead to a URL that the user gave. It may be that of any server, so that it gets no secret of this stack, and
 * no settings are read.
 */
export const sendElsewhere = async (session: Session, lead: LeadBody, url: string): Promise<Answered> => {
  const { send } = await session.api(url);
  const target = `${url}${pathOf(lead.source)}`;
  const to = { urls: { sender: target, signed: target, post: target }, send };
  return sendUnchecked(session, lead, to, 'with --api-url the settings of the source are not read');
};

type Target = Readonly<{ urls: SourceUrls; send: SendPorts['send'] }>;

const post = (
  session: Session,
  { body }: LeadBody,
  { urls, send }: Target,
  auth: Auth | undefined,
  isNew = false,
): Promise<Response> => sendSigned(sendPorts(session, send, 'secret'), urls, auth, sampleOf({}, body), isNew);

/** @param unauthorized what to do after a 401. By default it is what a refused secret that is stored means */
const answered = (response: Response, unauthorized?: string): Answered => ({
  response,
  forbidden: refusalAdvice(response.status, unauthorized),
});

/**
 * Sends a lead of a source whose settings are not known, as `body-secret` does. Source `ingest` needs no secret where
 * IngestAuth is OPEN.
 *
 * @param why the settings are not known: a clause
 */
const sendUnchecked = async (session: Session, lead: LeadBody, to: Target, why: string): Promise<Answered> => {
  const { source: id } = lead;
  const { secret, from } = await secretFor(session, lead);
  if (from === 'nowhere' && id !== ingestSource)
    throw new Problem(
      'access-denied',
      `Leadline does not know the scheme of source ${id}, because ${why}. Nothing was sent. ` +
        `If the scheme is body-secret, set ${secretVariable} to the secret of the source. ${needsSettings(id)}`,
    );
  const isInHeader = from === 'variable' || from === 'terminal';
  const response = await post(session, lead, to, isInHeader ? proofWith({ scheme: 'body-secret' }, secret) : undefined);
  return answered(response, `${adviceIfUnchecked(id, from, why)} ${needsSettings(id)}`);
};

const adviceIfOpen =
  'The stack has IngestAuth OPEN, and the function asked for a secret. If the stack is being updated, run the command ' +
  'again after the update.';

const refusal = (id: string, failure: SourceRefusal): Error =>
  failure.kind === 'invalid'
    ? new Problem(
        'refused',
        `The settings of source ${id} are invalid, so that the functions refuse its requests: ` +
          `${failure.problems.join('; ')}. Nothing was sent. Correct them: leadline sources configure ${id}`,
      )
    : changeProblem(id, failure);

/** @throws a Problem if the source would not read the body as a lead */
const refuseUnreadable = ({ id, payload }: ValidSource, { hasOptions }: LeadBody): void => {
  const remedy = `Nothing was sent. Send a payload of its sender: leadline sources test ${id} --payload FILE`;
  if (bodyFormatOf(payload) === 'form')
    throw new Problem('refused', `Source ${id} reads forms, and leadline send sends JSON. ${remedy}`);
  if (hasOptions && isMapped(payload))
    throw new Problem(
      'refused',
      `Source ${id} has a mapping, so that it does not read the fields that the options give. ${remedy}`,
    );
};

type Proof = Readonly<{ auth: Auth | undefined; secret: string; from: 'file' | 'variable' | 'stored' }>;

/** A signature replaces the secret in the file, which only `body-secret` reads. */
const proofFor = ({ auth }: ValidSource, { secret: inFile }: LeadBody): Proof => {
  if (inFile !== '' && auth.scheme === 'body-secret') return { auth: undefined, secret: inFile, from: 'file' };
  const given = variableSecret();
  const [stored = ''] = auth.secrets;
  const isGiven = given !== '';
  if (isGiven && auth.scheme === 'header-secret' && !fitsHeader(given))
    throw new Problem('usage', `${secretVariable} has characters that a header cannot carry. Nothing was sent.`);
  const secret = isGiven ? given : stored;
  return { auth: proofWith(auth, secret), secret, from: isGiven ? 'variable' : 'stored' };
};

/** Headers are ASCII, and lose spaces at their ends (RFC 9110 §5.5). */
const fitsHeader = (secret: string): boolean => /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(secret);

/** A secret in a header leaves the bytes of the file as they are. */
const proofWith = (auth: Auth | Readonly<{ scheme: 'body-secret' }>, secret: string): Auth =>
  auth.scheme === 'body-secret' && fitsHeader(secret)
    ? { scheme: 'header-secret', header: secretHeader, secrets: [secret] }
    : { ...auth, secrets: [secret] };

/** What to do after a 401 to a secret that is not stored. */
const adviceOn = (id: string, from: Proof['from']): string =>
  from === 'file'
    ? `The secret in the file (secret_key) is not one of source ${id}. Correct it, or remove it from the file.`
    : `${secretVariable} is no secret of source ${id}. Correct it, or unset it: then the stored secret is used.`;

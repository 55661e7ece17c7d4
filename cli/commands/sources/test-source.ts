import type { Command } from 'commander';
import type { ValidSource } from '../../../shared/operations/sources/checked-source';
import { makeSample } from '../../../shared/operations/sources/make-sample';
import { sampleOf, type TestSample } from '../../../shared/operations/sources/test-sample';
import { Problem } from '../../problems/problem';
import type { Session } from '../../session';
import type { OpenSources } from '../../stack/open-sources';
import { noteMissingOwners } from '../../terminal/note-missing-owners';
import { noteWarnings } from '../../terminal/note-warnings';
import { seconds } from '../../terminal/options';
import { followed, type FollowedLead, followedLines } from './follow-leads';
import { sendSample, type SentLead } from './send-sample';
import { ownerOfTest, putOwners } from './test-owner';
import { fileBytes } from '../../terminal/input-text';

export type TestOptions = Readonly<{
  payload?: string;
  /** A file, or `false` for `--no-owner`. */
  owner?: string | boolean;
  follow?: boolean;
  wait?: number;
}>;

/** Longer than the delay of most stacks, and than three receives of a message. */
const defaultWaitSeconds = 1_800;

export const withTestOptions = (command: Command): Command =>
  command
    .option('--payload <file>', 'send this file, instead of the sample of the preset')
    .option('--owner <file>', 'put this JSON file into the lookup bucket as the owner of a lead without one')
    .option('--no-owner', 'put no owner there; without an owner the event ends as FAILED')
    .option('--no-follow', 'end when the lead is accepted')
    .option('--wait <seconds>', `follow the event for at most this time (default: ${defaultWaitSeconds})`, seconds);

/** What a test did. `isEnded`: each lead was mailed, or the test ends when it is accepted. */
export type TestReport = Readonly<{ url: string; leads: readonly (SentLead | FollowedLead)[]; isEnded: boolean }>;

/**
 * Sends a signed sample to a source, and follows its leads until they are mailed or failed.
 *
 * @param isNew whether the source was added just now: a container may not know it for 30 seconds
 * @throws a Problem if there is no sample, if the file of the owner is invalid, or if no lead is accepted
 */
export const testSource = async (
  session: Session,
  sources: OpenSources,
  source: ValidSource,
  { payload, owner, follow, wait = defaultWaitSeconds, isNew = false }: TestOptions & Readonly<{ isNew?: boolean }>,
): Promise<TestReport> => {
  const sample = await sampleFor(source, payload);
  const file = await ownerOfTest(session, owner);
  const leads = await sendSample(session, sources, source, sample, isNew);
  noteWarnings(session, leads);
  const { post: url } = sources.urls(source.id);
  // After the answer, which names the leads. EnrichmentFunction reads the owner after the delay, and retries.
  const hasOwner = file !== undefined && (await putOwners(session, leads, file));
  if (!hasOwner) await noteMissingOwners(session, leads);
  if (follow === false) return { url, leads, isEnded: true };
  const ended = await followed(session, leads, wait);
  return { url, leads: ended, isEnded: ended.every(({ state }) => state === 'NOTIFIED') };
};

export const testLines = ({ leads }: TestReport): readonly string[] => leads.flatMap(followedLines);

/** @throws a Problem if the source has a mapping of its own, or a preset that it has changed */
export const sampleFor = async (
  { id, payload }: Pick<ValidSource, 'id' | 'payload'>,
  file: string | undefined,
): Promise<TestSample> => {
  if (file !== undefined) return sampleOf(payload, await fileBytes(file));
  const sample = await makeSample({ id, payload });
  if (sample !== undefined) return sample;
  throw new Problem(
    'usage',
    `Leadline has no sample that the mapping of source ${id} reads. Give a payload of its sender: --payload FILE.`,
  );
};

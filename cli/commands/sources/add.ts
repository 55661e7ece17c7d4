import type { Command } from 'commander';
import { addSource } from '../../../shared/operations/sources/change-source';
import { checkedSource, type ValidSource } from '../../../shared/operations/sources/checked-source';
import { entryWith } from '../../../shared/operations/sources/new-entry';
import { newSecret } from '../../../shared/operations/sources/new-secret';
import { senderSteps } from '../../../shared/operations/sources/sender-steps';
import { stepsFor } from '../../../shared/operations/sources/source-presets';
import { writeChange } from '../../../shared/operations/sources/write-change';
import { sourceView } from '../../../shared/operations/views/source-view';
import { commandWith, type Manual } from '../../manual/manual';
import type { Session } from '../../session';
import type { OpenSources } from '../../stack/open-sources';
import { sourceIdText } from '../../terminal/options';
import { changeProblem, orProblem } from './change-problem';
import { type Draft, draftOf, type EntryOptions, withEntryOptions } from './entry-options';
import { givenSecret } from './given-secret';
import { handOver, type MadeSecrets } from './made-secrets';
import { isGenerated, refuseToHide, secretDetails, type SecretOptions, withSecretOptions } from './secret-options';
import { sampleFor, type TestOptions, testLines, testSource, withTestOptions } from './test-source';
import { refreshSeconds } from '../../../shared/operations/sources/times';

type AddOptions = EntryOptions & SecretOptions & TestOptions & Readonly<{ test?: true }>;

const manual: Manual = {
  details: secretDetails,
  examples: [
    ['A provider that Leadline knows', 'leadline sources add crm --preset hubspot'],
    [
      'A form that sends a secret in a header, tried at once',
      'leadline sources add form --scheme header-secret --header X-Form-Key --test',
    ],
    [
      'A source that is configured by a file, with a secret that the provider made',
      'leadline sources add shop --config shop.json --secret-stdin <secret.txt',
    ],
  ],
  needsOneOf: ['--preset', '--scheme', '--config'],
  seeAlso: ['sources test', 'sources rotate', 'docs/providers.md'],
};

/** `leadline sources add` */
export const addCommand = (session: Session): Command =>
  withTestOptions(
    withSecretOptions(
      withEntryOptions(
        commandWith('add', manual)
          .description('Adds a source, and says what to set at the provider')
          .argument('<id>', 'id of the new source: it becomes part of the URL', sourceIdText),
      ),
    ).option('--test', 'then send a signed sample, as leadline sources test does'),
  ).action(async (id: string, options: AddOptions, command: Command) => {
    const draft = await draftOf(options, command);
    const isMade = isGenerated(options, draft.secretFrom === 'operator', command);
    // Meta sends this token to prove that a request for verification is its own.
    const verifyToken = draft.entry.auth.scheme === 'meta' ? newSecret({ scheme: 'meta' }) : undefined;
    if (isMade || verifyToken !== undefined) refuseToHide(options, command);
    const sources = await session.sources();
    // Asks for no secret if the id is in use. That is decided again when the source is written.
    const { entries } = await orProblem(id, sources.store.read);
    if (Object.hasOwn(entries, id)) throw changeProblem(id, { kind: 'exists' });
    // Before the source is stored: a test without a sample would leave the source behind. An invalid entry is refused below.
    const planned = checkedSource({ [id]: entryWith(draft.entry, newSecret(draft.entry.auth), verifyToken) }, id);
    if (options.test === true && planned?.kind === 'valid') await sampleFor(planned, options.payload);
    const secret = isMade ? newSecret(draft.entry.auth) : await givenSecret(session, options, draft.secretName);
    const made: MadeSecrets = {
      ...(isMade ? { secret } : {}),
      ...(verifyToken === undefined ? {} : { verify_token: verifyToken }),
    };
    const written = await handOver(session, options, made, () =>
      orProblem(id, writeChange(sources.store, addSource(id, entryWith(draft.entry, secret, verifyToken)))),
    );
    const source = checkedSource(written, id);
    if (source?.kind !== 'valid') return;
    const added = { ...sourceView(source), ...providerOf(sources, source, draft, isMade) };
    const lines = [
      `added: source ${id}, scheme ${source.auth.scheme}`,
      ...added.steps.map((step, index) => `${index + 1}. ${step}`),
      `The functions accept the source after at most ${refreshSeconds} seconds.`,
    ];
    if (options.test !== true) {
      session.print(added, [...lines, `To try it: leadline sources test ${id}`]);
      session.finish();
      return;
    }
    // Before the test, which may take long or fail. Standard output has one JSON document, after the test.
    if (command.optsWithGlobals<Readonly<{ json?: true }>>().json !== true) session.print(added, lines);
    session.note(`Source ${id} was added. Now a sample is sent to it.`);
    const tested = await testSource(session, sources, source, { ...options, isNew: true });
    session.print({ ...added, test: tested }, testLines(tested));
    session.finish({ leftAlone: !tested.isEnded });
  });

/** What to enter at the provider. */
const providerOf = (
  { urls }: OpenSources,
  source: ValidSource,
  { preset, entry: { auth }, secretName }: Draft,
  isMade: boolean,
) => {
  const { sender: url } = urls(source.id);
  const { user, header } = auth;
  // The steps of a preset are those of its own scheme.
  const steps =
    preset?.auth.scheme !== auth.scheme
      ? [
          `Enter the URL ${url} at the sender.`,
          ...senderSteps(source.auth, textOf(header)),
          isMade
            ? `Enter the ${secretName} there, which leadline has made.`
            : `Make sure that the sender has the ${secretName} that you gave.`,
        ]
      : stepsFor(preset, { url, user: textOf(user), header: textOf(header) });
  return { url, steps };
};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

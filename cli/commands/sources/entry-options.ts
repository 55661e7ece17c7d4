import { type Command, InvalidArgumentError } from 'commander';
import * as E from 'fp-ts/Either';
import { type EntryDraft, entryDraft } from '../../../shared/operations/sources/new-entry';
import {
  isPresetName,
  type PresetName,
  presetNames,
  presetOf,
  secretFromOf,
  type SourcePreset,
} from '../../../shared/operations/sources/source-presets';
import { type Scheme, schemeNames, settingsOf } from '../../../shared/sources/auth';
import { Problem } from '../../problems/problem';
import { choiceOption } from '../../terminal/choice-option';
import { exitCodes } from '../../terminal/exit-codes';
import { inputObject } from '../../terminal/input-object';

/** The options that say how a new source authenticates its senders, and how its payloads are read. */
export type EntryOptions = Readonly<{
  preset?: PresetName;
  scheme?: Scheme;
  config?: string;
  header?: string;
  user?: string;
  namespace?: string;
}>;

const preset = (text: string): PresetName => {
  if (!isPresetName(text)) throw new InvalidArgumentError(`Give one of ${presetNames.join(', ')}.`);
  return text;
};

const scheme = (text: string): Scheme => {
  const known = schemeNames.find((name) => name === text);
  if (known === undefined) throw new InvalidArgumentError(`Give one of ${schemeNames.join(', ')}.`);
  return known;
};

export const withEntryOptions = (command: Command): Command =>
  command
    .addOption(choiceOption('--preset <name>', 'a provider that Leadline knows', presetNames, preset))
    .addOption(
      choiceOption(
        '--scheme <name>',
        'how senders authenticate; with --preset, instead of its scheme',
        schemeNames,
        scheme,
      ),
    )
    .option(
      '--config <file>',
      'a JSON file with auth, payload, lead_namespace and silence_hours, without secrets; - is standard input',
    )
    .option('--header <name>', 'header of the secret or of the signature, for header-secret and hmac')
    .option('--user <name>', 'user name, for basic')
    .option('--namespace <name>', 'lead_namespace: sources with the same one share their lead ids');

/** A source that is to be added, before it has a secret. */
export type Draft = Readonly<
  { entry: EntryDraft; preset: SourcePreset | undefined } & Pick<SourcePreset, 'secretFrom' | 'secretName'>
>;

/** @throws a Problem or a usage error if the options contradict each other, or the file is not a configuration */
export const draftOf = async (options: EntryOptions, command: Command): Promise<Draft> => {
  const { preset: name, scheme, config, namespace } = options;
  const refuse = (why: string): never => command.error(`error: ${why}`, { exitCode: exitCodes.usage });
  if (config !== undefined && (name ?? scheme ?? options.header ?? options.user ?? namespace) !== undefined)
    refuse('--config has all settings: give it without the other options of a source');
  if (config !== undefined) {
    const entry = await configIn(config);
    return { entry, preset: undefined, ...secretOf(entry.auth.scheme, undefined) };
  }
  const known = name === undefined ? undefined : presetOf(name);
  const chosen = scheme ?? known?.auth.scheme ?? refuse('choose --preset, --scheme or --config');
  const auth = authOf(chosen, known, options, refuse);
  const payload = known?.payload === undefined ? {} : { payload: known.payload };
  const entry = { auth, ...payload, ...(namespace === undefined ? {} : { lead_namespace: namespace }) };
  return { entry, preset: known, ...secretOf(chosen, known) };
};

/** The settings of the scheme: those of the preset, replaced by those of the options. */
const authOf = (
  scheme: Scheme,
  known: SourcePreset | undefined,
  { header, user }: EntryOptions,
  refuse: (why: string) => never,
): EntryDraft['auth'] => {
  const { required, optional } = settingsOf(scheme);
  const given = { ...(header === undefined ? {} : { header }), ...(user === undefined ? {} : { user }) };
  const unknown = Object.keys(given).find((name) => ![...required, ...optional].includes(name));
  if (unknown !== undefined) refuse(`scheme ${scheme} has no setting ${unknown}`);
  const preset = known?.auth.scheme === scheme ? known.auth : {};
  const auth = { ...preset, scheme, ...given };
  const missing = required.find((name) => name !== 'secrets' && !Object.hasOwn(auth, name));
  if (missing !== undefined) refuse(`scheme ${scheme} needs ${missing}: give --${missing}, or use --config`);
  return auth;
};

const secretOf = (scheme: Scheme, known: SourcePreset | undefined): Pick<SourcePreset, 'secretFrom' | 'secretName'> =>
  known?.auth.scheme === scheme
    ? known
    : { secretFrom: secretFromOf(scheme), secretName: `secret of the scheme ${scheme}` };

/** @throws a Problem that names the invalid place */
export const configIn = async (file: string): Promise<EntryDraft> => {
  const draft = entryDraft(await inputObject(file, 'Give a configuration: {"auth": {"scheme": …}}.'));
  if (E.isRight(draft)) return draft.right;
  throw new Problem('usage', `The configuration is invalid: ${draft.left.path} ${draft.left.message}.`);
};

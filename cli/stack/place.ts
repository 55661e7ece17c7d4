import { loadSharedConfigFiles } from '@smithy/core/config';
import { Problem } from '../problems/problem';
import { settleRegion } from './region-of-environment';

/** Where a command works, by the global options. An absent option leaves the choice to the environment. */
export type Place = Readonly<{ profile?: string; region?: string; endpointUrl?: string }>;

/** A section of the configuration files of AWS. */
type Section = Readonly<Record<string, string | undefined>>;

/** The profiles by their names, of both files together. */
type Profiles = Readonly<Record<string, Section>>;

/**
 * Puts the place of a command into the environment, from which each client of the SDK reads it. An option goes before
 * the environment, and the environment before the profile. Call it before the first client is made.
 *
 * @param readProfiles reads the configuration files of AWS
 * @throws a Problem if the profile of the option does not exist
 */
export const settlePlace = async (
  env: NodeJS.ProcessEnv,
  { profile, region, endpointUrl }: Place,
  readProfiles: () => Promise<Profiles> = sharedProfiles,
): Promise<void> => {
  const profiles = await readProfiles();
  if (profile !== undefined) settleProfile(env, profile, profiles);
  if (region !== undefined) env.AWS_REGION = region;
  settleRegion(env);
  if (endpointUrl !== undefined) settleEndpoint(env, endpointUrl);
  else inheritEndpoint(env, profiles[nameOfProfile(env)] ?? {});
};

const nameOfProfile = ({ AWS_PROFILE = '' }: NodeJS.ProcessEnv): string =>
  AWS_PROFILE === '' ? 'default' : AWS_PROFILE;

/** The SDK uses a profile before keys, and warns if there are both. A profile may name the keys as its source. */
const settleProfile = (env: NodeJS.ProcessEnv, profile: string, profiles: Profiles): void => {
  if (!Object.hasOwn(profiles, profile)) throw noSuchProfile(profile, Object.keys(profiles));
  env.AWS_PROFILE = profile;
  const usesKeys = Object.values(profiles).some(({ credential_source: source = '' }) => source === 'Environment');
  if (!usesKeys)
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])
      Reflect.deleteProperty(env, name);
};

const noSuchProfile = (profile: string, names: readonly string[]): Problem =>
  new Problem(
    'usage',
    `There is no profile ${profile} in the AWS configuration. ` +
      (names.length === 0
        ? `There is none at all: create it with aws configure --profile ${profile}.`
        : `The profiles are: ${names.join(', ')}.`),
  );

/** The endpoint of a service, or a setting to ignore endpoints, would go before that of all services. */
const settleEndpoint = (env: NodeJS.ProcessEnv, endpointUrl: string): void => {
  for (const name of Object.keys(env))
    if (/^AWS_ENDPOINT_URL_|^AWS_IGNORE_CONFIGURED_ENDPOINT_URLS$/.test(name)) Reflect.deleteProperty(env, name);
  env.AWS_ENDPOINT_URL = endpointUrl;
};

/**
 * Takes the endpoint of the profile over, so that requests without the SDK go there too: to the API and the mailbox of a
 * local cloud. The endpoints of single services (`services`) stay with the SDK.
 */
const inheritEndpoint = (env: NodeJS.ProcessEnv, { endpoint_url: url = '', ...profile }: Section): void => {
  const { AWS_ENDPOINT_URL = '', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: ignored = 'false' } = env;
  const isIgnored = ignored === 'true' || profile.ignore_configured_endpoint_urls === 'true';
  if (url !== '' && AWS_ENDPOINT_URL === '' && !isIgnored && profile.services === undefined) env.AWS_ENDPOINT_URL = url;
};

/** Sections of the same files that are no profiles have a prefix. */
const isProfile = (name: string): boolean => !/^(sso-session|services)\./.test(name);

const sharedProfiles = async (): Promise<Profiles> => {
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const names = [...new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])].filter(isProfile);
  return Object.fromEntries(names.map((name) => [name, { ...configFile[name], ...credentialsFile[name] }]));
};

/**
 * Describes the first proxy of an environment that does not answer, without its password.
 *
 * @returns the end of a sentence such as `npm could not reach the registry through …`, or `undefined` if all proxies
 * answer
 */
export const deadProxy: (environment: NodeJS.ProcessEnv) => Promise<string | undefined>;

/**
 * `no_proxy` and `NO_PROXY` with the hosts of the loopback interface added, so that no proxy gets requests to this
 * machine.
 */
export const withoutProxyForLoopback: (
  environment: NodeJS.ProcessEnv,
) => Readonly<{ no_proxy: string; NO_PROXY: string }>;

/** The first proxy of an environment at which nothing answers, in words and without its password; `undefined` if there is none. */
export const deadProxy: (environment: NodeJS.ProcessEnv) => Promise<string | undefined>;

/** The variables that keep what is for this machine away from any proxy. What they exclude already stays excluded. */
export const withoutProxyForLoopback: (
  environment: NodeJS.ProcessEnv,
) => Readonly<{ no_proxy: string; NO_PROXY: string }>;

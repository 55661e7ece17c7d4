import { localEndpoint } from './local-endpoint';
import { isThisMachine } from './proxy';

/**
 * What to do if the local cloud of the environment refuses connections: it is not running.
 *
 * @param error name, code or message of the error
 * @returns `undefined` after any other error, and for an endpoint on another machine
 */
export const stoppedCloudAdvice = (error: string, env: NodeJS.ProcessEnv): string | undefined => {
  const endpoint = localEndpoint(env);
  if (endpoint === undefined || !isThisMachine(endpoint) || !error.includes('ECONNREFUSED')) return undefined;
  return (
    `the local cloud at ${endpoint} is not running (ECONNREFUSED). Start it with npm start in the project's folder. ` +
    'Then run . .local/env in this shell, because each start makes a new key.'
  );
};

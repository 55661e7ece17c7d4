/**
 * The region that `aws` and `sam` read from an environment: `AWS_REGION`, otherwise `AWS_DEFAULT_REGION`. The SDK for
 * JavaScript reads only the first, and takes empty text for the name of a region. Empty text counts as absent here.
 *
 * @returns `undefined` if neither is set: the SDK then uses the region of the profile
 */
const regionOfEnvironment = ({ AWS_REGION = '', AWS_DEFAULT_REGION = '' }: NodeJS.ProcessEnv): string | undefined =>
  [AWS_REGION, AWS_DEFAULT_REGION].find((region) => region !== '');

/** Sets `AWS_REGION` to that region, so that each client of the SDK uses it. */
export const settleRegion = (environment: NodeJS.ProcessEnv): void => {
  const region = regionOfEnvironment(environment);
  if (region === undefined) delete environment.AWS_REGION;
  else environment.AWS_REGION = region;
};

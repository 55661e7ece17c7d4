/**
 * The region that `aws` and `sam` would use by the environment: `AWS_REGION`, else `AWS_DEFAULT_REGION`. The SDK for JavaScript reads only the
 * first. It takes a variable without text for a region of that name, so empty text counts as absent here.
 *
 * @returns `undefined` if neither is set: the SDK then takes the profile's region
 */
export const regionOfEnvironment = ({
  AWS_REGION = '',
  AWS_DEFAULT_REGION = '',
}: NodeJS.ProcessEnv): string | undefined => [AWS_REGION, AWS_DEFAULT_REGION].find((region) => region !== '');

/** Puts that region where every client of the SDK finds it. */
export const settleRegion = (environment: NodeJS.ProcessEnv): void => {
  const region = regionOfEnvironment(environment);
  if (region === undefined) delete environment.AWS_REGION;
  else environment.AWS_REGION = region;
};

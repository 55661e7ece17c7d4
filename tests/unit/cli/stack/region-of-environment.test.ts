import { settleRegion } from '../../../../cli/stack/region-of-environment';

describe('the region that leadline works in', () => {
  it.each<[string, NodeJS.ProcessEnv, string | undefined]>([
    ['AWS_REGION', { AWS_REGION: 'eu-north-1', AWS_DEFAULT_REGION: 'us-east-1' }, 'eu-north-1'],
    ['AWS_DEFAULT_REGION, as for aws and sam', { AWS_DEFAULT_REGION: 'eu-north-1' }, 'eu-north-1'],
    ['AWS_DEFAULT_REGION where the other is empty', { AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-north-1' }, 'eu-north-1'],
    ["the profile's where both are empty", { AWS_REGION: '', AWS_DEFAULT_REGION: '' }, undefined],
  ])('is %s', (_what, environment, region) => {
    settleRegion(environment);
    expect(environment.AWS_REGION).toBe(region);
  });
});

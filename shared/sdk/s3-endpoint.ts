import { partition } from '@aws-sdk/core/client';
import type { EndpointV2 } from '@smithy/types';

/** What decides the endpoint of a call. The SDK sets `ForcePathStyle` if a bucket cannot be part of a host name. */
type Parameters = Readonly<{
  Bucket?: string | undefined;
  Region?: string | undefined;
  UseFIPS?: boolean | undefined;
  UseDualStack?: boolean | undefined;
  Endpoint?: string | undefined;
  ForcePathStyle?: boolean | undefined;
}>;

/**
 * The endpoint of a bucket in its region, in every partition of AWS. Access points, directory buckets and acceleration
 * have other rules. The buckets of the template are none of these.
 */
export const s3Endpoint = (parameters: Parameters): EndpointV2 => {
  const { Bucket = '', Region = '', Endpoint } = parameters;
  if (!/^[\w.-]+$/.test(Bucket) || Bucket.endsWith('--x-s3'))
    throw new Error('The bucket must be a general purpose bucket with its name: see shared/sdk/s3-endpoint.ts.');
  const url = new URL(Endpoint ?? `https://${hostOf(Region, parameters)}`);
  if (parameters.ForcePathStyle === true) url.pathname = `${url.pathname.replace(/\/$/, '')}/${Bucket}`;
  else url.hostname = `${Bucket}.${url.hostname}`;
  // The type requires members that the SDK's own rules do not set.
  const properties: object = {
    authSchemes: [{ name: 'sigv4', signingName: 's3', signingRegion: Region, disableDoubleEncoding: true }],
  };
  return { url, headers: {}, properties: properties as NonNullable<EndpointV2['properties']> };
};

const hostOf = (region: string, { UseFIPS = false, UseDualStack = false }: Parameters): string => {
  const { dnsSuffix } = partition(region);
  return `s3${UseFIPS ? '-fips' : ''}${UseDualStack ? '.dualstack' : ''}.${region}.${dnsSuffix}`;
};

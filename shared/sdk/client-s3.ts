// Replaces @aws-sdk/client-s3 in the bundles (Alias in template.yaml, docs/decisions/0046). The code of the functions
// imports the real package. tests/unit/shared/sdk/client-s3.test.ts compares both.
import { getFlexibleChecksumsPlugin, resolveFlexibleChecksumsConfig } from '@aws-sdk/checksums/flexible-checksums';
import { createDefaultUserAgentProvider } from '@aws-sdk/core/client';
import { SQSClient, type SQSClientConfig, type SQSClientResolvedConfig } from '@aws-sdk/client-sqs';
import { getThrow200ExceptionsPlugin, S3RestXmlProtocol } from '@aws-sdk/middleware-sdk-s3/s3';
import { makeBuilder } from '@smithy/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import { sdkStreamMixin } from '@smithy/core/serde';
import type { HttpAuthOption, MetadataBearer, StaticStructureSchema } from '@smithy/types';
import { s3Endpoint } from './s3-endpoint';
import { errorTypeRegistries, getObject, getObjectInput, putObject, putObjectInput } from './s3-schemas';

export { NoSuchKey, S3ServiceException } from './s3-schemas';

/** What S3 has in common with every service comes from another client of the SDK: retries, signer, timeouts, region. */
export class S3Client extends SQSClient {
  constructor(settings: SQSClientConfig & Readonly<{ forcePathStyle?: boolean }>) {
    const ofS3 = {
      serviceId: 'S3',
      defaultUserAgentProvider: createDefaultUserAgentProvider({ serviceId: 'S3', clientVersion: '3' }),
      protocol: S3RestXmlProtocol,
      protocolSettings: {
        defaultNamespace: 'com.amazonaws.s3',
        errorTypeRegistries,
        xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
        version: '2006-03-01',
        serviceTarget: 'AmazonS3',
      },
      endpointProvider: s3Endpoint,
      httpAuthSchemeProvider,
      signingEscapePath: false,
      sdkStreamMixin,
    };
    super({ ...ofS3, ...settings });
    resolveFlexibleChecksumsConfig(this.config);
  }
}

const httpAuthSchemeProvider = ({ region }: Readonly<{ region?: string | undefined }>): HttpAuthOption[] => [
  {
    schemeId: 'aws.auth#sigv4',
    signingProperties: { name: 's3', region },
    propertiesExtractor: (config, context) => ({ signingProperties: { config, context } }),
  },
];

const command = makeBuilder<SQSClientResolvedConfig, object, MetadataBearer>(
  {
    ForcePathStyle: { type: 'clientContextParams', name: 'forcePathStyle' },
    UseFIPS: { type: 'builtInParams', name: 'useFipsEndpoint' },
    Endpoint: { type: 'builtInParams', name: 'endpoint' },
    Region: { type: 'builtInParams', name: 'region' },
    UseDualStack: { type: 'builtInParams', name: 'useDualstackEndpoint' },
    Bucket: { type: 'contextParams', name: 'Bucket' },
    Key: { type: 'contextParams', name: 'Key' },
  },
  'AmazonS3',
  'S3Client',
  getEndpointPlugin,
);

type Config = Parameters<typeof getFlexibleChecksumsPlugin>[0] & Parameters<typeof getThrow200ExceptionsPlugin>[0];

/** The command of the SDK's own client, for the members in `putObjectInput`. */
export class PutObjectCommand extends command<object, MetadataBearer>(
  {},
  (_command, _stack, config: Config) => [
    getFlexibleChecksumsPlugin(config, {
      requestAlgorithmMember: { httpHeader: 'x-amz-sdk-checksum-algorithm', name: 'ChecksumAlgorithm' },
      requestChecksumRequired: false,
    }),
    getThrow200ExceptionsPlugin(config),
  ],
  'PutObject',
  putObject,
) {
  constructor(input: object) {
    super(known(putObjectInput, input));
  }
}

/** The command of the SDK's own client, for the members in `getObjectInput`. */
export class GetObjectCommand extends command<object, MetadataBearer>(
  {},
  (_command, _stack, config: Config) => [
    getFlexibleChecksumsPlugin(config, {
      requestChecksumRequired: false,
      requestValidationModeMember: 'ChecksumMode',
      // SHA-1 and MD5 have a package of their own.
      responseAlgorithms: ['CRC64NVME', 'CRC32', 'CRC32C', 'SHA256'],
    }),
  ],
  'GetObject',
  getObject,
) {
  constructor(input: object) {
    super(known(getObjectInput, input));
  }
}

/** Refuses an input with a member that the schema does not have, because the SDK would leave it out. */
const known = ([, , name, , members]: StaticStructureSchema, input: object): object => {
  const unknown = Object.keys(input).filter((member) => !members.includes(member));
  if (unknown.length > 0) throw new Error(`Add ${unknown.join(', ')} to ${name} in shared/sdk/s3-schemas.ts.`);
  return input;
};

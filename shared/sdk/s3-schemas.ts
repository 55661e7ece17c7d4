import { ServiceException, type ServiceExceptionOptions } from '@smithy/core/client';
import { TypeRegistry } from '@smithy/core/schema';
import type {
  StaticErrorSchema,
  StaticOperationSchema,
  StaticSimpleSchema,
  StaticStructureSchema,
} from '@smithy/types';

// Schemas as the SDK writes them, with the members that the functions use. Each is an array: the kind of the shape, its
// namespace, name and traits, the names of its members, and the shape and traits of each member.

const namespace = 'com.amazonaws.s3';
const [operation, structure, error] = [9, 3, -3] as const;
const [text, number, timestamp, textByText] = [0, 1, 4, 128] as const;
/** Trait bits: the member is a part of the path, or the payload. */
const [inPath, inBody] = [1, 16] as const;

const blob: StaticSimpleSchema = [0, namespace, 'StreamingBlob', { streaming: 1 }, 42];

export const putObjectInput: StaticStructureSchema = [
  structure,
  namespace,
  'PutObjectRequest',
  0,
  ['Bucket', 'Key', 'Body', 'ContentType', 'IfNoneMatch', 'Metadata', 'ChecksumAlgorithm'],
  [
    [text, inPath],
    [text, inPath],
    [() => blob, inBody],
    [text, { httpHeader: 'Content-Type' }],
    [text, { httpHeader: 'If-None-Match' }],
    [textByText, { httpPrefixHeaders: 'x-amz-meta-' }],
    [text, { httpHeader: 'x-amz-sdk-checksum-algorithm' }],
  ],
  2,
];

const putObjectOutput: StaticStructureSchema = [structure, namespace, 'PutObjectOutput', 0, [], []];

export const getObjectInput: StaticStructureSchema = [
  structure,
  namespace,
  'GetObjectRequest',
  0,
  ['Bucket', 'Key', 'ChecksumMode'],
  [
    [text, inPath],
    [text, inPath],
    [text, { httpHeader: 'x-amz-checksum-mode' }],
  ],
  2,
];

const getObjectOutput: StaticStructureSchema = [
  structure,
  namespace,
  'GetObjectOutput',
  0,
  ['Body', 'LastModified', 'ContentLength', 'Metadata'],
  [
    [() => blob, inBody],
    [timestamp, { httpHeader: 'Last-Modified' }],
    [number, { httpHeader: 'Content-Length' }],
    [textByText, { httpPrefixHeaders: 'x-amz-meta-' }],
  ],
];

export const putObject: StaticOperationSchema = [
  operation,
  namespace,
  'PutObject',
  { http: ['PUT', '/{Key+}?x-id=PutObject', 200] },
  putObjectInput,
  putObjectOutput,
];

export const getObject: StaticOperationSchema = [
  operation,
  namespace,
  'GetObject',
  { http: ['GET', '/{Key+}?x-id=GetObject', 200] },
  getObjectInput,
  getObjectOutput,
];

/** Every error of S3 that has no class of its own. */
export class S3ServiceException extends ServiceException {}

/** There is no object under the key. */
export class NoSuchKey extends S3ServiceException {
  constructor(options: ServiceExceptionOptions) {
    super({ ...options, name: 'NoSuchKey', $fault: 'client' });
  }
}

const base = `smithy.ts.sdk.synthetic.${namespace}`;
const registryOf = (space: string, schema: StaticErrorSchema, exception: unknown): TypeRegistry => {
  const registry = new TypeRegistry(space);
  registry.registerError(schema, exception);
  return registry;
};

/** The errors that have a class: the service's own and `NoSuchKey`. */
export const errorTypeRegistries = [
  registryOf(base, [error, base, 'S3ServiceException', 0, [], []], S3ServiceException),
  registryOf(namespace, [error, namespace, 'NoSuchKey', { error: 'client', httpError: 404 }, [], []], NoSuchKey),
];

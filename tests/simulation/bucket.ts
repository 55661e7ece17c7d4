import {
  NoSuchKey,
  S3ServiceException,
  type GetObjectCommandInput,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';

export type StoredObject = Readonly<{ body: string; metadata: Readonly<Record<string, string>>; at: number }>;

/** An S3 bucket in memory. */
export class Bucket {
  readonly objects = new Map<string, StoredObject>();

  constructor(
    readonly onOverwrite: (key: string, before: StoredObject, after: StoredObject) => void = () => undefined,
  ) {}

  put({ Key = '', Body, Metadata = {}, IfNoneMatch }: PutObjectCommandInput, at: number): object {
    const before = this.objects.get(Key);
    if (IfNoneMatch === '*' && before !== undefined) {
      throw new S3ServiceException({
        name: 'PreconditionFailed',
        $fault: 'client',
        message: 'At least one of the pre-conditions you specified did not hold',
        $metadata: { httpStatusCode: 412 },
      });
    }
    const after = { body: typeof Body === 'string' ? Body : '', metadata: Metadata, at };
    this.objects.set(Key, after);
    if (before !== undefined) this.onOverwrite(Key, before, after);
    return {};
  }

  get({ Key = '' }: GetObjectCommandInput): object {
    const found = this.objects.get(Key);
    if (found === undefined) {
      throw new NoSuchKey({ message: 'The specified key does not exist.', $metadata: { httpStatusCode: 404 } });
    }
    return {
      Body: { transformToByteArray: () => Promise.resolve(Buffer.from(found.body)) },
      Metadata: found.metadata,
      LastModified: new Date(found.at),
    };
  }
}

import {
  type GetObjectCommandInput,
  type GetObjectCommandOutput,
  type ListObjectsV2CommandInput,
  type ListObjectsV2CommandOutput,
  NoSuchKey,
  type PutObjectCommandInput,
  type PutObjectCommandOutput,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { SdkStreamMixin } from '@smithy/types';

export type StoredObject = Readonly<{ body: string; metadata: Readonly<Record<string, string>>; at: number }>;

/** The SDK's output with another body. The SDK has a stream there. */
export type GotObject = Omit<GetObjectCommandOutput, '$metadata' | 'Body'> & Readonly<{ Body?: ObjectBody }>;

/** An S3 bucket in memory. */
export class Bucket {
  readonly objects = new Map<string, StoredObject>();

  constructor(
    readonly onOverwrite: (key: string, before: StoredObject, after: StoredObject) => void = () => undefined,
  ) {}

  put(
    { Key = '', Body, Metadata = {}, IfNoneMatch }: PutObjectCommandInput,
    at: number,
  ): Omit<PutObjectCommandOutput, '$metadata'> {
    const before = this.objects.get(Key);
    if (IfNoneMatch === '*' && before !== undefined) {
      throw new S3ServiceException({
        name: 'PreconditionFailed',
        $fault: 'client',
        message: 'At least one of the pre-conditions you specified did not hold',
        $metadata: { httpStatusCode: 412 },
      });
    }
    if (typeof Body !== 'string') throw new Error('the simulated bucket stores only text');
    const after = { body: Body, metadata: Metadata, at };
    this.objects.set(Key, after);
    if (before !== undefined) this.onOverwrite(Key, before, after);
    return {};
  }

  /** Lists keys, or the folders of a prefix if there is a delimiter. One page holds them all. */
  list({ Prefix = '', Delimiter }: ListObjectsV2CommandInput): Omit<ListObjectsV2CommandOutput, '$metadata'> {
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(Prefix)).sort();
    if (Delimiter === undefined) return { Contents: keys.map((Key) => ({ Key })), IsTruncated: false };
    const folderOf = (key: string): string | undefined => {
      const end = key.indexOf(Delimiter, Prefix.length);
      return end < 0 ? undefined : key.slice(0, end + 1);
    };
    const folders = new Set(keys.map(folderOf).filter((folder) => folder !== undefined));
    return {
      Contents: keys.filter((key) => folderOf(key) === undefined).map((Key) => ({ Key })),
      CommonPrefixes: [...folders].map((Folder) => ({ Prefix: Folder })),
      IsTruncated: false,
    };
  }

  get({ Key = '' }: GetObjectCommandInput): GotObject {
    const found = this.objects.get(Key);
    if (found === undefined) {
      throw new NoSuchKey({ message: 'The specified key does not exist.', $metadata: { httpStatusCode: 404 } });
    }
    const bytes = Buffer.from(found.body);
    return {
      Body: new ObjectBody(() => Promise.resolve(bytes)),
      ContentLength: bytes.byteLength,
      Metadata: { ...found.metadata },
      LastModified: new Date(found.at),
    };
  }
}

/** Every method that the SDK adds to a stream, so that the adapters may use any of them. */
export class ObjectBody implements SdkStreamMixin {
  constructor(readonly read: () => Promise<Uint8Array>) {}

  transformToByteArray(): Promise<Uint8Array> {
    return this.read();
  }

  async transformToString(encoding?: string): Promise<string> {
    return Buffer.from(await this.read()).toString((encoding ?? 'utf8') as BufferEncoding);
  }

  transformToWebStream(): ReadableStream {
    const { read } = this;
    return new ReadableStream({
      async start(controller) {
        controller.enqueue(await read());
        controller.close();
      },
    });
  }

  /** The same body, whose connection breaks while it is read. */
  cutShort(onRead: () => void): ObjectBody {
    return new ObjectBody(() => {
      onRead();
      return Promise.reject(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
    });
  }
}

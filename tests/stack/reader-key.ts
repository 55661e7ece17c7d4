import { CreateAccessKeyCommand, IAMClient } from '@aws-sdk/client-iam';
import { localCredentials } from '../../local/environment';
import type { Credentials } from './cloud';

/** Makes a key for the user that may read leads, as its administrator would. */
export const makeReaderKey = async (endpoint: string, region: string, userName: string): Promise<Credentials> => {
  const client = new IAMClient({ endpoint, region, credentials: localCredentials });
  const { AccessKey } = await client.send(new CreateAccessKeyCommand({ UserName: userName }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
};

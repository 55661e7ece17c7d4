import { CreateAccessKeyCommand, IAMClient } from '@aws-sdk/client-iam';
import type { LocalCloud } from '../../dev/start/environment';
import type { Credentials } from './deployed';

/** Creates an access key of the user that may read leads, as an administrator does. */
export const makeReaderKey = async (cloud: LocalCloud, userName: string): Promise<Credentials> => {
  const client = new IAMClient(cloud);
  const { AccessKey } = await client.send(new CreateAccessKeyCommand({ UserName: userName }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
};

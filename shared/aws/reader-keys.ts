import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  type IAMClient,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import type { AccessKey, AccessKeys } from '../operations/access-keys';

/** The access keys of an IAM user. */
export const userKeys = (client: IAMClient, UserName: string): AccessKeys => {
  const lastUseOf = async (id: string): Promise<Pick<AccessKey, 'lastUsed'>> => {
    const { AccessKeyLastUsed } = await client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id }));
    const { LastUsedDate: at, ServiceName: service = '', Region: region = '' } = AccessKeyLastUsed ?? {};
    return at === undefined ? {} : { lastUsed: { at, service, region } };
  };
  return {
    // A user has at most two keys, so that there is one page.
    list: async () => {
      const { AccessKeyMetadata = [] } = await client.send(new ListAccessKeysCommand({ UserName }));
      return Promise.all(
        AccessKeyMetadata.map(async ({ AccessKeyId: id = '', Status, CreateDate: createdAt }): Promise<AccessKey> => ({
          ...{ id, isActive: Status === 'Active', createdAt },
          ...(await lastUseOf(id)),
        })),
      );
    },
    create: async () => {
      const { AccessKey: made } = await client.send(new CreateAccessKeyCommand({ UserName }));
      return { id: made?.AccessKeyId ?? '', secret: made?.SecretAccessKey ?? '' };
    },
    deactivate: async (AccessKeyId) => {
      await client.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' }));
    },
    remove: async (AccessKeyId) => {
      await client.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    },
  };
};

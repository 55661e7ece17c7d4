import { type AttributeValue, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { leadKey } from '../../shared/aws/table-keys';
import { reasons } from '../stack/capabilities';
import { arbitraryRecord } from '../support/arbitrary';
import type { Harness } from './harness';

export const describeIndexKeys = ({ stores }: Harness, checksIndexKeys: boolean): void => {
  const ifChecked = checksIndexKeys ? describe : describe.skip;
  ifChecked(checksIndexKeys ? 'an index key' : `index keys are not tested here: ${reasons.checksIndexKeys}`, () => {
    const written = (key: string, value: AttributeValue) => {
      const lead = marshall(leadKey({ leadId: arbitraryRecord().event.lead_id, namespace: 'ingest' }));
      const put = new PutItemCommand({
        TableName: stores().tableName,
        Item: { ...lead, updated_at: { S: '2026' }, [key]: value },
      });
      const change = new UpdateItemCommand({
        TableName: stores().tableName,
        Key: lead,
        UpdateExpression: 'SET #key = :value',
        ExpressionAttributeNames: { '#key': key },
        ExpressionAttributeValues: { ':value': value },
      });
      return [() => stores().dynamodb.send(put), () => stores().dynamodb.send(change)];
    };

    it.each(['email_key', 'owner_key', 'status_key', 'updated_at', 'pending', 'pending_since'])(
      '%s accepts neither an empty string nor a value that is no string',
      async (key) => {
        for (const value of [{ S: '' }, { N: '1' }, { BOOL: true }]) {
          for (const write of written(key, value)) {
            await expect(write()).rejects.toMatchObject({ name: 'ValidationException' });
          }
        }
      },
    );
  });
};

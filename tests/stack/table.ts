import { type DynamoDBClient, GetItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { eventKey } from '../../shared/aws/table-keys';
import type { LeadId } from '../../shared/lead/lead-id';

/** The table of a stack. */
export const tableOf = (dynamodb: DynamoDBClient, TableName: string) => ({
  event: async (leadId: string, eventId: string): Promise<Record<string, unknown>> => {
    const Key = marshall(eventKey({ leadId: leadId as LeadId, eventId }));
    const { Item = {} } = await dynamodb.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return unmarshall(Item);
  },
  items: async (): Promise<readonly Record<string, unknown>[]> => {
    const all: Record<string, unknown>[] = [];
    for await (const { Items = [] } of paginateScan({ client: dynamodb }, { TableName })) {
      all.push(...Items.map((item) => unmarshall(item)));
    }
    return all;
  },
});

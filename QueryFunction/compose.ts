import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as t from 'io-ts';
import { readHistory } from '../shared/aws/lead-history';
import { findLeads } from '../shared/aws/lead-queries';
import { text } from '../shared/lambda/configuration';
import type { QueryPorts } from './answer-question';

/** The environment of the function (template.yaml). `CORS_ALLOWED_ORIGIN` is empty if no web page may read leads. */
export const querySettings = t.type({ TABLE_NAME: text, CORS_ALLOWED_ORIGIN: t.string });

type QuerySettings = t.TypeOf<typeof querySettings>;

/** Connects the ports of the use case to their adapters. */
export const queryPorts = (client: DynamoDBClient, { TABLE_NAME }: QuerySettings): QueryPorts => ({
  findLeads: findLeads(client, TABLE_NAME),
  readHistory: readHistory(client, TABLE_NAME),
});

import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';

export type Caller = Readonly<{
  arn: string;
  account: string;
  /** How much this machine is ahead of AWS, in milliseconds. Absent if the answer had no date. */
  skewMs?: number;
}>;

/**
 * Who the credentials belong to, and how far the clock is off.
 *
 * @throws what the SDK throws. `skewMs` is then a property of the error, if AWS answered: a clock that is far off makes
 *   it refuse the signature
 */
export const readCaller = async (client: STSClient): Promise<Caller> => {
  let skewMs: number | undefined;
  client.middlewareStack.add(
    (next) => async (args) => {
      const before = Date.now();
      const result = await next(args);
      const { headers = {} } = result.response as { headers?: Readonly<Record<string, string>> };
      const date = Date.parse(headers.date ?? '');
      // The header has whole seconds, cut off.
      if (!Number.isNaN(date)) skewMs = (before + Date.now()) / 2 - (date + 500);
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'readDate', override: true },
  );
  try {
    const { Arn: arn = '', Account: account = '' } = await client.send(new GetCallerIdentityCommand({}));
    return { arn, account, ...(skewMs === undefined ? {} : { skewMs }) };
  } catch (error) {
    throw Object.assign(error as Error, skewMs === undefined ? {} : { skewMs });
  }
};

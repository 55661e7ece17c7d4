import { DynamoDBClient, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { services } from '../../faults/classify';
import { errorAnswer } from '../../faults/error-answers';
import { faultKinds, faultSchedule } from '../../faults/fault-schedule';
import { loopback } from '../../support/loopback';

describe('the schedule of faults', () => {
  const first = (seed: number, number: number) => {
    const decide = faultSchedule(seed);
    return Array.from({ length: number }, () => decide('ses'));
  };

  it('is the same for the same seed, and differs for another seed', () => {
    expect(first(7, 200)).toEqual(first(7, 200));
    expect(first(7, 200)).not.toEqual(first(8, 200));
  });

  it('gives each service a series of its own, whatever the others call', () => {
    const decide = faultSchedule(7);
    const mixed = Array.from({ length: 200 }, () => {
      decide('s3');
      return decide('ses');
    });
    expect(mixed).toEqual(first(7, 200));
  });

  it('has each kind once before any kind comes twice', () => {
    for (const service of services) {
      const decide = faultSchedule(1);
      const kinds = Array.from({ length: 5_000 }, () => decide(service))
        .flatMap((fault) => (fault === undefined ? [] : [fault.kind]))
        .slice(0, faultKinds.length);
      expect([...kinds].sort()).toEqual([...faultKinds].sort());
    }
  });
});

describe('the injected errors of a service', () => {
  it('have the status that the service uses', () => {
    for (const service of services) {
      expect(errorAnswer(service, 'internal').status).toBe(500);
      expect(errorAnswer(service, 'unavailable').status).toBe(503);
      expect(errorAnswer(service, 'throttled').status).toBe(service === 's3' ? 503 : 400);
    }
  });

  it('are parsed by the SDK as the error that they name', async () => {
    const aws = await loopback((request, response) => {
      request.resume();
      const { status, headers, body } = errorAnswer('dynamodb', 'throttled');
      response.writeHead(status, headers).end(body);
    });
    const client = new DynamoDBClient({ ...aws.client, maxAttempts: 1 });
    await expect(client.send(new DescribeTableCommand({ TableName: 't' }))).rejects.toMatchObject({
      name: 'ProvisionedThroughputExceededException',
    });
    client.destroy();
    aws.close();
  });
});

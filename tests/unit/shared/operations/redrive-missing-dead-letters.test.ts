import { redriveMissingDeadLetters } from '../../../../shared/operations/redrive-missing-dead-letters';
import { down, failedEvent, operatorDouble } from './operator-double';

describe('redriving events without a dead letter', () => {
  it('sends each the message that ingestion sent, after it has allowed new mails', async () => {
    const event = failedEvent();
    const { ports, sent, redrivenEvents } = operatorDouble([event], []);
    expect(await redriveMissingDeadLetters(ports, [event])).toBe(1);
    const { s3_key, lead_id, event_id } = event;
    expect(sent.map((body) => JSON.parse(body) as unknown)).toStrictEqual([{ s3_key, lead_id, event_id }]);
    expect(redrivenEvents).toStrictEqual([event_id]);
  });

  it('does not count an event whose message the queue refuses', async () => {
    const { ports } = operatorDouble([], []);
    const send = () => Promise.resolve('refused' as const);
    expect(await redriveMissingDeadLetters({ ...ports, send }, [failedEvent()])).toBe(0);
  });

  it('ends after the current event when it is interrupted', async () => {
    const { ports, sent } = operatorDouble([], []);
    const interrupted = { ...ports, isInterrupted: () => sent.length === 1 };
    expect(await redriveMissingDeadLetters(interrupted, [failedEvent(), failedEvent()])).toBe(1);
  });

  it('reports what was redriven before an error', async () => {
    const { ports, sent } = operatorDouble([], []);
    const send: typeof ports.send = (body) => (sent.length === 1 ? down() : ports.send(body));
    await expect(redriveMissingDeadLetters({ ...ports, send }, [failedEvent(), failedEvent()])).rejects.toMatchObject({
      message: 'down',
      done: { redriven: 1, chosen: 2 },
    });
  });
});

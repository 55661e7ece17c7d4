import { findRecords } from '../../shared/aws/find-records';
import type { LeadId } from '../../shared/lead/lead-id';
import type { FindRecords } from '../../shared/ports/find-records';
import { factsOf } from '../../shared/stored/recorded-facts';
import type { Harness } from './harness';
import { done } from './stores';

export const describeKnownEvents = (on: Harness): void => {
  const { recorded, table } = on;
  describe('finding the events of a lead', () => {
    const find = (leadId: LeadId, by: Parameters<FindRecords>[1]) => done(findRecords(table())(leadId, by));

    it('finds one by its id, and finds those of a raw key', async () => {
      const [one, other] = [await recorded(), await recorded()];
      const { lead_id } = one.event;
      const facts = factsOf(one);
      expect(await find(lead_id, { eventId: one.eventId })).toMatchObject([facts]);
      expect(await find(lead_id, { s3Key: one.s3Key })).toMatchObject([facts]);
      expect(await find(lead_id, { eventId: other.eventId })).toStrictEqual([]);
      expect(await find(lead_id, { s3Key: other.s3Key })).toStrictEqual([]);
    });
  });
};

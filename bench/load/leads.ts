import type { LoadSource, PlainLead } from './sources';

/** A lead of the load: who sends it, and when its CRM writes the file of its owner. */
export type LoadLead = Readonly<{
  lead: PlainLead;
  source: LoadSource;
  /** `before`: when the contact was made, before the run. `meanwhile`: when the lead is sent, before it is due. */
  owner: 'before' | 'meanwhile';
}>;

/** Distinct leads, dealt to the sources in turn. Half of the leads of each source have an owner before the run. */
export const loadLeads = (count: number, sources: readonly LoadSource[]): readonly LoadLead[] =>
  Array.from({ length: count }, (_, index) => {
    const leadId = `L${index}`;
    const source = sources[index % sources.length];
    if (source === undefined) throw new Error('no source');
    return {
      lead: { leadId, name: `Lead ${index}`, email: `lead-${index}@example.com` },
      source,
      owner: Math.floor(index / sources.length) % 2 === 0 ? 'before' : 'meanwhile',
    };
  });

/** The owner's file of a lead. */
export const ownerOf = ({ leadId }: PlainLead) => ({
  owner_name: `Owner of ${leadId}`,
  owner_email: 'owner@example.com',
});

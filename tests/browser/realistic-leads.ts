import type { PastLead } from './past-leads';

const first = ['Ana', 'Ben', 'Chiara', 'David', 'Elif', 'Farid', 'Greta', 'Hiro', 'Ines', 'Jonas', 'Kalle', 'Lucía'];
const last = ['Keller', 'Novák', 'Rossi', 'Okafor', 'Yılmaz', 'Haddad', 'Lindqvist', 'Tanaka', 'Costa', 'Weber'];
const companies = ['northwind', 'fabrikam', 'contoso', 'umbrella', 'initech', 'globex', 'hooli'];
const statuses = ['new', 'demo requested', 'contacted', 'qualified', 'trial', 'proposal sent'];
const owners = ['Bob Builder', 'Maya Chen', 'Tomás Ruiz', 'Priya Nair', 'Olga Petrova'];
const sources = ['hubspot-eu', 'hubspot-eu', 'hubspot-eu', 'website', 'website', 'typeform', 'partners'];

/** Why some of them failed, and how often. */
const failures: readonly NonNullable<PastLead['failed']>[] = [
  ...Array.from({ length: 9 }, () => ({ reason: 'owner-missing' as const })),
  ...Array.from({ length: 4 }, () => ({ reason: 'owner-unreadable' as const, detail: 'owner_name must be a text' })),
  ...Array.from({ length: 3 }, () => ({ reason: 'mail-unconfirmed' as const })),
  { reason: 'mail-refused' },
];

/** A value of a list that is the same at each run. */
const pick = <A>(list: readonly A[], seed: number): A => list[(seed * 7919 + (seed >> 3) * 104_729) % list.length] as A;

/**
 * Leads of the past day as a sales team has them: more by day than by night, some of them failed.
 *
 * @param now the end of the day
 */
export const realisticLeads = (now: Date, count = 260): readonly PastLead[] =>
  Array.from({ length: count }, (_, index) => {
    const [given, family, company] = [
      pick(first, index + 3),
      pick(last, index * 5 + 1),
      pick(companies, index * 3 + 2),
    ];
    // Slower at night: the sine has its steepest part there.
    const part = index / count;
    const hoursAgo = 0.4 + 23 * (part + 0.11 * Math.sin(part * 2 * Math.PI + 0.6) - 0.11 * Math.sin(0.6));
    const failed = index % 15 === 4 ? failures[Math.floor(index / 15)] : undefined;
    return {
      id: `LD-${20_418 - index}`,
      source: pick(sources, index * 11 + 5),
      name: `${given} ${family}`,
      email: `${given}.${family}@${company}.example`
        .toLowerCase()
        .normalize('NFD')
        .replace(/[^a-z@.]/g, ''),
      status: pick(statuses, index * 2 + 1),
      owner: pick(owners, index * 13 + 4),
      receivedAt: new Date(now.getTime() - hoursAgo * 3_600_000),
      tookMs: 700 + ((index * 389) % 2900) + (index % 40 === 0 ? 21_000 : 0),
      ...(failed === undefined ? {} : { failed }),
    };
  });

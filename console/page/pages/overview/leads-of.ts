import type { Happening } from '../../../../shared/operations/views/event-period';
import type { LeadsSearch } from '../../app/leads-search';
import { periodEnd } from '../../format/period';
import type { Span } from './chart';

/** The search for the leads behind a number of the chart. @param at the begin of its period */
export const leadsOf = (during: Happening, at: string, span: Span): LeadsSearch => ({
  during,
  from: at,
  to: periodEnd(at, span),
});

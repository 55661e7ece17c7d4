import type { ReactNode } from 'react';

/**
 * A place whose text screen readers read when it changes. They read what is added to a region that is there already, and
 * as a rule not a region that appears together with its text. So it is mounted also while it is empty.
 *
 * @param label what the text is about, if the place does not say it
 */
export const LiveRegion = ({ label, children }: Readonly<{ label?: string; children?: ReactNode }>) => (
  <div className="live-region" role="status" aria-label={label}>
    {children}
  </div>
);

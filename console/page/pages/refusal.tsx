import { PageHeader } from '../parts/page-header';

/** Shown for an address that was used before, or has expired. */
export const Refusal = () => (
  <PageHeader
    title="This address can no longer be used"
    sub={
      <>
        An address of the console works once, for 10 minutes. Run <code className="mono">leadline console</code> again
        and open the address that it prints.
      </>
    }
  />
);

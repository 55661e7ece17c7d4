import { startedBy } from '../app/started-by';
import { PageHeader } from '../parts/page-header';

/** Shown for an address that was used before, or has expired. */
export const Refusal = () => (
  <PageHeader
    title="This address can no longer be used"
    sub={
      <>
        An address of the console works once, for 10 minutes. Press Enter in the terminal where{' '}
        <code className="mono">{startedBy()}</code> runs, or restart it if it runs without a terminal. Then open the
        address that it prints.
      </>
    }
  />
);

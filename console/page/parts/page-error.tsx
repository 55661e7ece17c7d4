import { type ErrorComponentProps } from '@tanstack/react-router';
import { Button } from './button';
import { PageHeader } from './page-header';

/** In place of a page whose code failed. The other pages stay usable. */
export const PageError = ({ reset }: ErrorComponentProps) => (
  <>
    <PageHeader title="This page failed" sub="The other pages still work. No action was started or stopped by this." />
    <div className="row">
      <Button look="primary" onClick={reset}>
        Try again
      </Button>
      <Button onClick={() => globalThis.location.reload()}>Reload the console</Button>
    </div>
  </>
);

/** For an address that is no page. */
export const NoSuchPage = () => (
  <PageHeader title="There is no such page" sub="The address may be from another version of the console." />
);

import { Button } from './button';
import { PageHeader } from './page-header';

/** In place of a page whose code failed. The other pages stay usable. */
export const PageError = ({ onRetry }: Readonly<{ onRetry: () => void }>) => (
  <>
    <PageHeader
      title="This page failed"
      sub="The other pages still work. What was started on the server goes on. If the console was updated, reload it."
    />
    <div className="row">
      <Button look="primary" onClick={onRetry}>
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

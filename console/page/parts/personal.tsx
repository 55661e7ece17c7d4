import { usePersonal } from '../app/personal';
import { isMasked } from '../format/masked';
import { visible } from '../format/visible';
import { Button } from './button';

/** A value that may be personal data. The server masks it, unless the page asks for it as it is. */
export const Personal = ({ value }: Readonly<{ value: string | null | undefined }>) => {
  const { personal } = usePersonal();
  if (value === null || value === undefined || value === '') return <span className="dim">–</span>;
  return <span className={personal === 'masked' && isMasked(value) ? 'mask' : undefined}>{visible(value)}</span>;
};

/** Shows the personal data of this page, or masks it again. */
export const PersonalSwitch = () => {
  const { personal, toggle } = usePersonal();
  const isShown = personal === 'shown';
  return (
    <Button look="quiet" icon={isShown ? 'eye-off' : 'eye'} aria-pressed={isShown} onClick={toggle}>
      {isShown ? 'Hide personal data' : 'Show personal data'}
    </Button>
  );
};

import type { OwnerPlan } from '../../api/owners';
import { visible } from '../format/visible';

/** What writing the file of an owner will change, or why it would be refused. It belongs into a live region. */
export const OwnerPlanNotice = ({
  plan: { problems, change, changed_fields, previous_owner },
}: Readonly<{ plan: OwnerPlan }>) => {
  if (problems.length > 0)
    return (
      <p className="notice bad">
        <span>
          <b>Leadline would refuse this file.</b> {problems.map(visible).join('; ')}
        </span>
      </p>
    );
  if (change === 'replaces')
    return (
      <p className="notice wait">
        <span>
          <b>It replaces {previous_owner === null ? 'an invalid file' : `the file of ${visible(previous_owner)}`}.</b>{' '}
          {changed_fields.length === 0 ? '' : `Changed: ${changed_fields.map(visible).join(', ')}.`}
        </span>
      </p>
    );
  return (
    <p className="notice">
      <span>{change === 'new' ? 'The file is valid. The lead has none yet.' : 'The stored file says the same.'}</span>
    </p>
  );
};

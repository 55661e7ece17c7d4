import { type Diagnosis, ok, problem, warning } from './finding';

/** @param status of CloudFormation, such as `UPDATE_COMPLETE` */
export const judgeStatus = (stackName: string, status: string): Diagnosis => {
  const events = `See why: aws cloudformation describe-stack-events --stack-name ${stackName}`;
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) return ok(`the stack ${stackName} is deployed (${status})`);
  if (status.endsWith('_IN_PROGRESS'))
    return warning(`the stack ${stackName} is being changed (${status})`, 'Wait until the deployment has ended.');
  if (status === 'UPDATE_ROLLBACK_COMPLETE' || status === 'IMPORT_ROLLBACK_COMPLETE')
    return warning(`the last deployment of ${stackName} was rolled back (${status}); the one before works`, events);
  return problem(`the stack ${stackName} is not usable (${status})`, events);
};

/**
 * @param deployed the output `Version` of the stack, if it has one
 * @param own the version of this `leadline`
 */
export const judgeVersion = (deployed: string | undefined, own: string): Diagnosis => {
  if (deployed === own) return ok(`the stack has version ${own}, as this leadline has`);
  return warning(
    deployed === undefined
      ? `the stack has no output Version, so that it is older than this leadline (${own})`
      : `the stack has version ${deployed}, and this leadline has ${own}`,
    'Deploy the stack again from the version of this leadline: sam build && sam deploy.',
  );
};

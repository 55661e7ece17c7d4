/** Which credentials the SDK uses in an environment, and how to correct them. It uses a profile before keys. */
export const credentialsAdvice = ({ AWS_PROFILE = '', AWS_ACCESS_KEY_ID = '' }: NodeJS.ProcessEnv): string => {
  const login = `aws sso login --profile ${AWS_PROFILE}`;
  if (AWS_PROFILE !== '' && AWS_ACCESS_KEY_ID !== '')
    return (
      `AWS_PROFILE (${AWS_PROFILE}) and AWS_ACCESS_KEY_ID are both set, and the profile is used. ` +
      'Unset AWS_PROFILE to use the keys. To use the profile, correct it. ' +
      `If it uses SSO, log in again: ${login}.`
    );
  if (AWS_PROFILE !== '')
    return (
      `The profile ${AWS_PROFILE} is used (--profile or AWS_PROFILE). Correct it. ` +
      `If it uses SSO, log in again: ${login}.`
    );
  if (AWS_ACCESS_KEY_ID !== '')
    return (
      'The keys of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are used. Correct them. ' +
      'Temporary keys also need AWS_SESSION_TOKEN; for other keys, unset it.'
    );
  return (
    'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. ' + 'If you use SSO, log in again: aws sso login.'
  );
};

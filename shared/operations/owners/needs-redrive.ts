/** Whether a finding is about an event that failed, so that it has to be redriven once the file is right. */
export const needsRedrive = (remedy: string): boolean =>
  remedy === 'redrive' || remedy === 'put-and-redrive' || remedy === 'correct-and-redrive';

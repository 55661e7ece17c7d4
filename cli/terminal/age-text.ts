/** An age in seconds up to 2 minutes, in minutes up to 2 hours, then in hours. */
export const ageText = (seconds: number): string => {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
};

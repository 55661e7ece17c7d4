import { createHash } from 'node:crypto';

// The kind of work that the functions do: JSON of some kilobytes, and hashes of it.
const lead = JSON.stringify(
  Array.from({ length: 400 }, (_, index) => ({ lead_id: `L${index}`, email: `lead-${index}@example.com`, index })),
);
const rounds = 4;

/**
 * The CPU time of a computation that is always the same, in milliseconds. It shows how fast the processor is now: other
 * programs take its caches and half of its cores, so that all programs need more CPU time for the same work.
 */
export const yardstick = (): number => {
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1)
    createHash('sha256')
      .update(JSON.stringify(JSON.parse(lead)))
      .digest();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

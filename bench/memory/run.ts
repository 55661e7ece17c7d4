// Measures the peak memory of the commands that read all events or all dead letters, on stores that make each item when
// it is read: `npm run bench:memory`. Exits with 1 if a command needs more than its bound.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../dev/paths';

const replay = ['replay', '--source', 'billing', '--since', '2026-01-01', '--until', '2026-02-01', '--yes'];

const cases = [
  { what: 'replay --mail --dry-run', count: 10_000, args: [...replay, '--mail', '--dry-run'], atMostMb: 400 },
  { what: 'replay --mail --dry-run', count: 1_000_000, args: [...replay, '--mail', '--dry-run'], atMostMb: 400 },
  { what: 'replay --mail', count: 100_000, args: [...replay, '--mail'], atMostMb: 400 },
  { what: 'dlq list', count: 10_000, args: ['dlq', 'list'], atMostMb: 1_000 },
  { what: 'dlq list', count: 100_000, args: ['dlq', 'list'], atMostMb: 1_000 },
  { what: 'dlq redrive --all', count: 100_000, args: ['dlq', 'redrive', '--all'], atMostMb: 1_000 },
];

const measured = cases.map(({ what, count, args, atMostMb }) => {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(root, 'bench/memory/command.ts'), String(count), ...args],
    { cwd: root, encoding: 'utf8' },
  );
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`${what}: ${stderr}`);
  const { peakMb, seconds } = JSON.parse(line) as Readonly<{ peakMb: number; seconds: number }>;
  process.stdout.write(
    `${what.padEnd(26)} ${String(count).padStart(9)} ${peakMb.toFixed(0).padStart(5)} MB of ${atMostMb} MB, ${seconds.toFixed(0)} s\n`,
  );
  return peakMb <= atMostMb;
});

process.exitCode = measured.every(Boolean) ? 0 : 1;

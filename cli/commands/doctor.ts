import type { Command } from 'commander';
import { diagnose } from '../../shared/operations/doctor/diagnose';
import { type Finding, findingView, type Level } from '../../shared/operations/doctor/finding';
import { countsOf } from '../../shared/operations/views/event-counts';
import { machineChecks } from '../machine/machine-checks';
import { commandWith, type Manual } from '../manual/manual';
import { ownVersion } from '../own-version';
import { errorReport } from '../problems/error-report';
import type { Session } from '../session';
import { countsText } from '../terminal/counts-text';
import { tableRow } from '../terminal/table-row';
import { healthChecks } from './doctor/health-checks';

const manual: Manual = {
  details: [
    'Looks at this machine (Node.js, Python, Docker, the port of local clouds), at your credentials, clock and region, ' +
      'and at the stack: its status and version, your permissions, SES (identities, sandbox, suppression of the ' +
      'recipient), alarms, the last run of ReconcileFunction, and the sources. Nothing is changed.',
    'Each finding is ok, a warning or a problem, and has its remedy. What cannot be known is not checked, and the reason ' +
      'is given: for example, a local cloud has no sandbox of SES.',
  ],
  examples: [
    ['Before and after a deployment', 'leadline doctor --stack-name crm-ingestion-prod'],
    ['For programs', 'leadline doctor --json'],
  ],
  exitCodes: { 0: 'there is no problem', 1: 'there is a problem' },
  seeAlso: ['docs/production.md', 'docs/operations.md'],
};

const row = tableRow([12, 12, 0]);

const words: Readonly<Record<Level, string>> = {
  ok: 'ok',
  warning: 'WARNING',
  problem: 'PROBLEM',
  'not-checked': '–',
};

/** `leadline doctor` */
export const doctorCommand = (session: Session): Command =>
  commandWith('doctor', manual)
    .description('Finds what is wrong with this machine, your credentials and the stack, and says what to do')
    .action(async (_options: unknown, command: Command) => {
      const isNamed = command.parent?.getOptionValueSource('stackName') === 'cli';
      const checks = [
        ...machineChecks(session.machine),
        ...healthChecks(session.health(), { version: ownVersion(), isNamed, now: new Date() }),
      ];
      const findings = await diagnose(checks, explained, (ended) =>
        session.onProgress('checked', ended, checks.length),
      );
      session.print(findings.map(findingView), [
        ...findings.flatMap(findingLines),
        countsText(countsOf(findings.map(({ level }) => level))) || 'nothing was checked',
      ]);
      session.finish({ leftAlone: findings.some(({ level }) => level === 'problem') });
    });

const explained = (error: unknown) => {
  const { kind, message } = errorReport(error);
  return { isDenied: kind === 'access-denied', message };
};

const findingLines = ({ check, level, message, remedy }: Finding): readonly string[] => [
  row([words[level], check, message]),
  ...(remedy === undefined ? [] : [row(['', '', remedy])]),
];

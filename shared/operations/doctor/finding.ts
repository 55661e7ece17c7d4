/** What is looked at, in the order in which it is shown. */
export type CheckName =
  | 'node'
  | 'python'
  | 'docker'
  | 'port'
  | 'region'
  | 'credentials'
  | 'clock'
  | 'stack'
  | 'version'
  | 'permissions'
  | 'mail'
  | 'alarms'
  | 'reconciler'
  | 'sources';

/**
 * - `ok`: nothing to do.
 * - `warning`: it works now, or only a part of it does not.
 * - `problem`: leads, mails or operators cannot rely on it.
 * - `not-checked`: it cannot be known here. The message says why.
 */
export type Level = 'ok' | 'warning' | 'problem' | 'not-checked';

/** `remedy` says what to do, and is absent if there is nothing to do. */
export type Diagnosis = Readonly<{ level: Level; message: string; remedy?: string }>;

export type Finding = Diagnosis & Readonly<{ check: CheckName }>;

export const ok = (message: string): Diagnosis => ({ level: 'ok', message });

export const warning = (message: string, remedy: string): Diagnosis => ({ level: 'warning', message, remedy });

export const problem = (message: string, remedy: string): Diagnosis => ({ level: 'problem', message, remedy });

export const notChecked = (why: string): Diagnosis => ({ level: 'not-checked', message: `not checked: ${why}` });

/** A finding as JSON for programs. */
export const findingView = ({ check, level, message, remedy }: Finding) => ({
  check,
  level,
  message,
  remedy: remedy ?? null,
});

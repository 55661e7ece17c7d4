import { randomUUID } from 'node:crypto';
import { exactJsonParser } from './exact-json';
import { ExactNumber } from './exact-number';

/**
 * Parses JSON without rounding numbers: see `exactJsonParser`. Its prefix is random, so that no sender can send a string
 * that looks like a placeholder.
 */
export const parseJson = exactJsonParser(randomUUID());

/** Writes what `parseJson` has read, with the exact value of every number. */
export const writeJson = (json: unknown): string => write(json, Object.keys);

/**
 * Canonical JSON (RFC 8785), except that a number is written with its exact value if a double cannot represent it. All
 * notations of a value give the same text, and different values give different texts.
 */
export const canonicalJson = (json: unknown): string => write(json, (object) => Object.keys(object).sort());

const write = (json: unknown, keysOf: (object: object) => readonly string[]): string => {
  if (json instanceof ExactNumber) return json.text;
  if (Array.isArray(json)) return `[${json.map((value) => write(value, keysOf)).join(',')}]`;
  if (typeof json !== 'object' || json === null) return JSON.stringify(json);
  const members = keysOf(json)
    .map((key) => [key, (json as Readonly<Record<string, unknown>>)[key]] as const)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${JSON.stringify(key)}:${write(value, keysOf)}`);
  return `{${members.join(',')}}`;
};

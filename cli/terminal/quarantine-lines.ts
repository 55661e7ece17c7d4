import { problemText } from '../../shared/codecs/validation-problem';
import type { quarantineDetailView } from '../../shared/operations/views/quarantine-view';

/** A quarantined request in full: one line for each field, then its problems, headers and values. */
export const quarantineLines = (details: ReturnType<typeof quarantineDetailView>): readonly string[] => {
  const { problems, request, ...fields } = details;
  return [
    ...Object.entries(fields).map(([name, value]) => line(name, value)),
    ...problems.map((problem) => line('problem', problemText(problem))),
    ...(typeof request === 'string' ? [line('request', request)] : requestLines(request)),
  ];
};

type Request = Exclude<ReturnType<typeof quarantineDetailView>['request'], string>;

const requestLines = ({ shape, headers, body, ...fields }: Request): readonly string[] => [
  ...Object.entries(fields).map(([name, value]) => line(name, value)),
  ...Object.entries(headers).flatMap(([name, values]) => values.map((value) => line('header', `${name}: ${value}`))),
  ...(shape ?? ['neither JSON nor a form; --raw prints it']).map((value) => line('value', value)),
  ...(body === undefined ? [] : [line('body', body)]),
];

const line = (name: string, value: unknown): string => `${name.padEnd(14)} ${textOf(value)}`;

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

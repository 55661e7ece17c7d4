import { InvalidArgumentError } from 'commander';

// Parsers of the global options that say where a command works.

/** The name of an AWS region, such as `eu-north-1`. It becomes part of host names. */
export const regionName = (text: string): string => {
  if (!/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(text))
    throw new InvalidArgumentError('Give the name of a region, such as eu-north-1.');
  return text;
};

/** The URL of an endpoint: scheme, host and port. Errors print it, so that it must hold no password. */
export const endpointUrl = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hostname === '')
    throw new InvalidArgumentError('Give a URL with its scheme, such as http://127.0.0.1:4566.');
  if (url.origin !== text.replace(/\/$/, '').toLowerCase())
    throw new InvalidArgumentError('Give only a scheme, a host and a port, such as http://127.0.0.1:4566.');
  return url.origin;
};

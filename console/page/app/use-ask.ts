import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Endpoint } from '../../api/endpoint';
import { ask, type Refused } from './ask';

/** The key under which the answer of a request is kept. */
export const keyOf = <Input, Answer>({ path }: Endpoint<Input, Answer>, input: Input) => [path, input] as const;

/** Reads from the server. The answer of an earlier input is shown until the new one is there. */
export const useAsk = <Input, Answer>(
  endpoint: Endpoint<Input, Answer>,
  input: Input,
): UseQueryResult<Answer, Refused> =>
  useQuery<Answer, Refused>({
    queryKey: keyOf(endpoint, input),
    queryFn: ({ signal }) => ask(endpoint, input, signal),
    placeholderData: keepPreviousData,
  });

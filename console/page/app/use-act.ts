import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query';
import type { Endpoint } from '../../api/endpoint';
import { ask, type Refused } from './ask';
import { readAgain } from './read-again';
import { toast } from './toasts';

/**
 * An action on the server. Its result or its failure is shown as a toast, and all that is on the page is read again.
 *
 * @param said the result as a sentence, or `undefined` if the view shows it by itself
 */
export const useAct = <Input, Answer>(
  endpoint: Endpoint<Input, Answer>,
  said: (answer: Answer, input: Input) => string | undefined,
): UseMutationResult<Answer, Refused, Input> => {
  const queries = useQueryClient();
  return useMutation<Answer, Refused, Input>({
    mutationFn: (input) => ask(endpoint, input),
    onSuccess: (answer, input) => {
      const text = said(answer, input);
      if (text !== undefined) toast('done', text);
    },
    onError: ({ problem }) => toast('failed', problem.message),
    onSettled: () => readAgain(queries),
  });
};

import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { FindLeads, HistorySearch, LeadHistory, LeadSearch, Page, ReadHistory } from '../shared/ports/lead-search';
import type { QueryRefusal } from './http/refusal';

export type QueryPorts = Readonly<{ findLeads: FindLeads; readHistory: ReadHistory }>;

export type Question =
  { readonly kind: 'search'; readonly search: LeadSearch } | { readonly kind: 'lead'; readonly search: HistorySearch };

export type Answer =
  { readonly kind: 'page'; readonly page: Page } | { readonly kind: 'history'; readonly history: LeadHistory };

/** Answers a query. An id without a lead and without events is `no-such-lead`. */
export const answer =
  ({ findLeads, readHistory }: QueryPorts) =>
  (question: Question): TE.TaskEither<QueryRefusal, Answer> => {
    switch (question.kind) {
      case 'search':
        return pipe(
          findLeads(question.search),
          TE.map((page): Answer => ({ kind: 'page', page })),
        );
      case 'lead':
        return pipe(
          readHistory(question.search),
          TE.filterOrElseW(
            ({ leads, events, unreadable }) => leads.length + events.length + unreadable.length > 0,
            (): QueryRefusal => ({ kind: 'no-such-lead' }),
          ),
          TE.map((history): Answer => ({ kind: 'history', history })),
        );
    }
  };

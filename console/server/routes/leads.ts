import * as E from 'fp-ts/Either';
import type { Hono } from 'hono';
import { ReadableStream } from 'node:stream/web';
import { problemText, validationProblems } from '../../../shared/codecs/validation-problem';
import type { LeadPorts } from '../../../shared/operations/leads/lead-ports';
import {
  type BadSearch,
  type LeadQuestion,
  type RowsPage,
  searchLeads,
} from '../../../shared/operations/leads/search-leads';
import { notCountedText } from '../../../shared/operations/views/not-counted';
import { leads, leadsExport, leadsExportPath } from '../../api/leads';
import type { Problem } from '../../api/problem';
import { exportLeads } from '../leads/export-leads';
import { leadQuestion } from '../leads/lead-question';
import { leadRowOf } from '../leads/lead-row';
import type { Pipeline } from '../pipeline';
import { BadInput, Conflict, refusalOf } from '../refusal';
import type { Respond } from '../respond';
import { readingLeads } from '../rights';

export const leadsRoutes = (respond: Respond, ports: LeadPorts): void => {
  respond(
    leads,
    async (sent) => {
      const { rows, next, unreadable, isWhole } = await pageOf(ports, leadQuestion(sent));
      const view = leadRowOf(sent.personal === 'shown');
      return { rows: rows.map(view), next: next ?? null, unreadable, is_whole: isWhole };
    },
    readingLeads,
  );
};

/** Adds the download of a search. A file cannot say that it lacks leads, so that there is none until all are counted. */
export const exportRoute = (
  app: Hono,
  ports: LeadPorts & Pick<Pipeline, 'overview'>,
  problemOf: (error: unknown) => Problem,
  now: () => Date,
): void => {
  app.get(leadsExportPath, async (context) => {
    if (context.req.method === 'HEAD') return context.body(null, 200);
    try {
      const sent = leadsExport.decode(context.req.query());
      if (E.isLeft(sent)) throw new BadInput(validationProblems(sent.left).map(problemText).join(', '));
      const { format, personal } = sent.right;
      const question = leadQuestion({ ...sent.right, limit: '100' });
      const first = await pageOf(ports, question);
      if (!first.isWhole) throw new Conflict(`${notCountedText(ports.overview())} ${exportAgain}`);
      context.header('content-type', format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json');
      context.header('content-disposition', `attachment; filename="leads-${fileTime(now())}.${format}"`);
      const texts = exportLeads(format, personal === 'shown', first, (cursor) =>
        pageOf(ports, { ...question, cursor }),
      );
      // An error ends the connection without the end of the file, so that the browser does not keep half of it.
      return context.body(ReadableStream.from(texts).pipeThrough(new TextEncoderStream()) as BodyStream);
    } catch (error) {
      const { status, problem } = refusalOf(error, problemOf, readingLeads);
      return context.json(problem, status);
    }
  });
};

/** The same class of streams, which the types of Node.js and of browsers declare apart. */
type BodyStream = globalThis.ReadableStream<Uint8Array>;

const exportAgain = 'A file would lack some. Export again when all are counted.';

const fileTime = (at: Date): string => at.toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-');

const pageOf = async (ports: LeadPorts, question: LeadQuestion): Promise<RowsPage> => {
  const page = await searchLeads(ports, question);
  if (E.isRight(page)) return page.right;
  throw new BadInput(badSearches[page.left]);
};

const badSearches: Readonly<Record<BadSearch, string>> = {
  'bad-cursor': 'The next page is not of this search. Start the search again.',
  'empty-value': 'Give a value to search for.',
};

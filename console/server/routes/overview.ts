import { overview, recount } from '../../api/overview';
import type { Pipeline } from '../pipeline';
import type { Respond } from '../respond';

export const overviewRoutes = (respond: Respond, pipeline: Pipeline): void => {
  respond(overview, () => Promise.resolve(pipeline.overview()));
  respond(recount, () => {
    pipeline.recount();
    return Promise.resolve({});
  });
};

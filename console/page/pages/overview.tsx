import { about } from '../../api/about';
import { useAsk } from '../app/use-ask';
import { PageHeader } from '../parts/page-header';

/** Does it flow, and what needs a person? */
export const Overview = () => {
  const { data } = useAsk(about, {});
  return <PageHeader title="Overview" sub={data?.stack ?? ' '} />;
};

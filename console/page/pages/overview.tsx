import { about } from '../../api/about';
import { useAsk } from '../app/use-ask';

/** Does it flow, and what needs a person? */
export const Overview = () => {
  const { data } = useAsk(about, {});
  return (
    <header>
      <div>
        <h1>Overview</h1>
        <p className="sub">{data === undefined ? '' : data.stack}</p>
      </div>
    </header>
  );
};

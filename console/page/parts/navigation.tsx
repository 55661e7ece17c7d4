import { useEffect, useState } from 'react';
import { about } from '../../api/about';
import { overview } from '../../api/overview';
import { open, usePath } from '../app/navigate';
import { navigation } from '../app/navigation';
import { addShortcuts } from '../app/shortcuts';
import { useAsk } from '../app/use-ask';
import { short } from '../format/number';
import { Icon } from './icon';
import { Link } from './link';
import { LiveIndicator } from './live-indicator';
import { FindBox } from './find-box';
import { ThemeSwitch } from './theme-switch';

/** The brand, the search, the pages with their counts, and where the console acts as whom. */
export const Navigation = () => {
  const [isOpen, setIsOpen] = useState(false);
  const path = usePath();
  const { data } = useAsk(about, {});
  useEffect(() => setIsOpen(false), [path]);
  useEffect(
    () =>
      addShortcuts(
        navigation.map(({ to, title, key }) => ({
          ...{ keys: `g ${key}`, does: `Go to ${title}` },
          run: () => open({ to }),
        })),
      ),
    [],
  );
  return (
    <div className="side">
      <div className="bar">
        <Link to="/" className="brand">
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M2.5 10h4l2.5-6 3 12 2.5-6h3" />
          </svg>
          Leadline
        </Link>
        <button
          type="button"
          className="btn quiet menu"
          aria-expanded={isOpen}
          aria-controls="pages"
          onClick={() => setIsOpen((known) => !known)}
        >
          <Icon name={isOpen ? 'close' : 'menu'} />
          Menu
        </button>
      </div>
      <div className="panel" id="pages" data-open={isOpen}>
        <FindBox onShow={() => setIsOpen(true)} onGo={() => setIsOpen(false)} />
        <nav aria-label="Pages">
          {navigation.map(({ to, title, count }) => (
            <Link key={to} to={to} className="nav" aria-current={isUnder(path, to) ? 'page' : undefined}>
              {title}
              {count === undefined ? null : <Count of={count} />}
            </Link>
          ))}
        </nav>
        <div className="stack">
          <LiveIndicator />
          {data === undefined ? null : (
            <dl>
              <dt className="sr-only">Stack</dt>
              <dd>
                <b>{data.stack}</b>
              </dd>
              <dt className="sr-only">Region</dt>
              <dd>
                {data.region}
                {data.isLocal ? ' · on this machine' : ''}
              </dd>
              <dt className="sr-only">Acting as</dt>
              <dd>
                as <b title={data.by}>{nameIn(data.by)}</b>
              </dd>
            </dl>
          )}
          <ThemeSwitch />
        </div>
      </div>
    </div>
  );
};

/** How much waits for a person on a page. */
const Count = ({ of }: Readonly<{ of: 'dead-letters' | 'quarantine' }>) => {
  const { data } = useAsk(overview, {});
  const count = of === 'dead-letters' ? data?.dead_letters.waiting : data?.quarantine?.count;
  if (count === undefined || count === null || count === 0) return null;
  return <span className={of === 'dead-letters' ? 'count bad' : 'count held'}>{short(count)}</span>;
};

/** Whether a page is that of the navigation, or one below it. Each path begins with `/`. */
const isUnder = (path: string, to: string): boolean => path === to || (to !== '/' && path.startsWith(`${to}/`));
/** The name at the end of an ARN. */
const nameIn = (by: string): string => by.split(/[/:]/).at(-1) ?? by;

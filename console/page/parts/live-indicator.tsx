import { useConnection } from '../app/live-provider';
import { Time } from './time';

/** Whether the page is current: live, or since when the server does not answer. */
export const LiveIndicator = () => {
  const { isOpen, since } = useConnection();
  return (
    <span className={isOpen ? 'live' : 'live off'} role="status">
      <i aria-hidden="true" />
      {isOpen ? (
        'Live'
      ) : (
        <span>
          Reconnecting, lost <Time at={since.toISOString()} />
        </span>
      )}
    </span>
  );
};

import { closeToast, useToasts } from '../app/toasts';
import { Icon } from './icon';

/** The results of the latest actions. The region is always there, so that screen readers read what is added. */
export const Toasts = () => {
  const toasts = useToasts();
  return (
    <div className="toasts" role="status" aria-label="Results">
      {toasts.map(({ id, kind, text }) => (
        <div key={id} className={`toast ${kind}`}>
          <Icon name={kind === 'done' ? 'check' : 'alert'} />
          <span>{text}</span>
          <button type="button" className="close" aria-label="Close" onClick={() => closeToast(id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
};

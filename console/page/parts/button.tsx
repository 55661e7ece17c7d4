import type { ButtonHTMLAttributes } from 'react';
import { Icon, type IconName } from './icon';

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> &
  Readonly<{
    /** `primary`: the one action that a page is for. `danger`: it gives something up. `quiet`: without a border. */
    look?: 'normal' | 'primary' | 'danger' | 'quiet';
    icon?: IconName;
    /** Whether it acts just now. It keeps its width, and cannot be pressed again. */
    isBusy?: boolean;
  }>;

export const Button = ({ look = 'normal', icon, isBusy = false, children, className = '', ...rest }: ButtonProps) => (
  <button
    type="button"
    {...rest}
    className={`btn ${look} ${className}`}
    aria-busy={isBusy || undefined}
    disabled={isBusy || rest.disabled === true}
  >
    {icon === undefined ? null : <Icon name={icon} />}
    {children}
  </button>
);

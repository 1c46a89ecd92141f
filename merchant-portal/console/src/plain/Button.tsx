import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { Link, type LinkProps } from 'react-router';

type Look = { kind?: 'primary' | 'text' | 'link'; size?: 'small' | 'large'; block?: boolean };
type Props = Look & { loading?: boolean; icon?: ReactNode } & ComponentProps<'button'>;

const classes = ({ kind, size, block }: Look, more = '') => ['button', kind, size, block && 'block', more].filter(Boolean).join(' ');

// Button is pressed once: while what it does is under way it stays where it is, keeps the focus, and does nothing.
export function Button({ kind, size, block, loading = false, icon, className, type = 'button', onClick, children, ...rest }: Props) {
  const press = (e: MouseEvent<HTMLButtonElement>) => (loading ? e.preventDefault() : onClick?.(e));
  return (
    <button type={type} className={classes({ kind, size, block }, className)} aria-busy={loading || undefined} onClick={press} {...rest}>
      {loading ? <span className="turning" aria-hidden="true" /> : icon}
      {children}
    </button>
  );
}

// ButtonLink leads somewhere and looks like what one does next.
export function ButtonLink({ kind, size, block, className, ...rest }: Look & LinkProps) {
  return <Link className={classes({ kind, size, block }, className)} {...rest} />;
}

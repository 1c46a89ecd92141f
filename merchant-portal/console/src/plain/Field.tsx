import { type ComponentProps, type ReactNode, useId } from 'react';

type Props = { label: string; error?: string; help?: string; after?: ReactNode } & ComponentProps<'input'>;

// Field is one line to fill in, under its label, with what is wrong with it right below.
export function Field({ label, error, help, after, id, ...rest }: Props) {
  const own = useId();
  const field = id ?? own;
  return (
    <div className="field">
      <label htmlFor={field}>{label}</label>
      <div className="field-box">
        <input id={field} aria-invalid={error ? true : undefined} aria-describedby={error || help ? `${own}-why` : undefined} {...rest} />
        {after}
      </div>
      <div id={`${own}-why`} className="field-why" role={error ? 'alert' : undefined}>{error ? <span className="wrong">{error}</span> : help}</div>
    </div>
  );
}

// written gives what stands in a form's field of a name.
export const written = (form: HTMLFormElement, name: string) => String(new FormData(form).get(name) ?? '');

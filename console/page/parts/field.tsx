import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react';

type Common = Readonly<{
  label: string;
  /** What to enter, in a few words. */
  hint?: string;
  /** What is wrong, and what to do. */
  error?: string | undefined;
  /** Whether only screen readers get the label, because the place says what the field is. */
  isLabelHidden?: boolean;
}>;

type Ids = Readonly<{ id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }>;

const Field = ({
  label,
  hint,
  error,
  isLabelHidden = false,
  control,
}: Common & Readonly<{ control: (ids: Ids) => ReactNode }>) => {
  const id = useId();
  const isDescribed = hint !== undefined || error !== undefined;
  return (
    <div className="field">
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : undefined}>
        {label}
      </label>
      {control({
        id,
        'aria-describedby': isDescribed ? `${id}-about` : undefined,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {isDescribed ? (
        <p id={`${id}-about`} className={error === undefined ? 'hint' : 'hint bad'}>
          {error ?? hint}
        </p>
      ) : null}
    </div>
  );
};

export const TextField = ({
  label,
  hint,
  error,
  isLabelHidden,
  ...rest
}: Common & InputHTMLAttributes<HTMLInputElement>) => (
  <Field
    {...common({ label, hint, error, isLabelHidden })}
    control={(ids) => <input type="text" autoComplete="off" spellCheck={false} {...rest} {...ids} className="input" />}
  />
);

/** @param isCode text in a fixed width, such as JSON */
export const TextArea = ({
  label,
  hint,
  error,
  isLabelHidden,
  isCode = false,
  ...rest
}: Common & TextareaHTMLAttributes<HTMLTextAreaElement> & Readonly<{ isCode?: boolean }>) => (
  <Field
    {...common({ label, hint, error, isLabelHidden })}
    control={(ids) => (
      <textarea rows={4} spellCheck={!isCode} {...rest} {...ids} className={isCode ? 'input mono' : 'input'} />
    )}
  />
);

/** @param options the values with their words */
export const Select = ({
  label,
  hint,
  error,
  isLabelHidden,
  options,
  ...rest
}: Common &
  SelectHTMLAttributes<HTMLSelectElement> &
  Readonly<{ options: readonly (readonly [value: string, word: string])[] }>) => (
  <Field
    {...common({ label, hint, error, isLabelHidden })}
    control={(ids) => (
      <select {...rest} {...ids} className="input">
        {options.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    )}
  />
);

type Given = Readonly<{ [Name in keyof Common]: Common[Name] | undefined }>;

const common = ({ label = '', hint, error, isLabelHidden }: Given): Common => ({
  label,
  error,
  ...(hint === undefined ? {} : { hint }),
  ...(isLabelHidden === undefined ? {} : { isLabelHidden }),
});

/** A choice that is on or off. */
export const Checkbox = ({ label, ...rest }: Readonly<{ label: string }> & InputHTMLAttributes<HTMLInputElement>) => (
  <label className="checkbox">
    <input {...rest} type="checkbox" />
    <span>{label}</span>
  </label>
);

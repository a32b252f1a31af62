/** Fields of several things: a value that all share, or "mixed"; what is typed replaces it in all of them. */
import type { ReactNode } from 'react';
import { SelectField, TextField, type TextInputProps } from '../ui/field.tsx';

type TextProps = Pick<TextInputProps, 'lines' | 'numeric' | 'faultOf'> & {
  label: string;
  /** Undefined where they differ. */
  value: string | undefined;
  placeholder?: string;
  /** False where empty is nothing to be. */
  clears?: boolean;
  onCommit: (text: string) => void;
};

export const SharedText = ({
  value,
  placeholder = '',
  clears = true,
  onCommit,
  ...rest
}: TextProps): ReactNode => (
  <TextField
    {...rest}
    value={value ?? ''}
    placeholder={value === undefined ? 'mixed' : placeholder}
    onCommit={onCommit}
    onClear={value === undefined && clears ? () => onCommit('') : undefined}
  />
);

type KindProps<T extends string> = {
  kinds: readonly T[];
  value: T | undefined;
  onChange: (kind: T) => void;
};

export function SharedKind<T extends string>({ kinds, value, onChange }: KindProps<T>) {
  const options = kinds.map((kind) => [kind, kind] as const);
  return (
    <SelectField<T | ''>
      label="Kind"
      value={value ?? ''}
      options={value === undefined ? [['', 'mixed'], ...options] : options}
      onChange={(kind) => kind !== '' && onChange(kind)}
    />
  );
}

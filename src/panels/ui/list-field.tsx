/** A list of texts of one thing: names, links. */
import { type Line, LinesField } from './lines-field.tsx';

type Props = {
  label: string;
  item: string;
  values: readonly string[];
  onCommit: (values: string[]) => void;
  placeholder?: string;
  faultOf?: (value: string) => string | null;
  /** Where a line leads; http and https only. */
  hrefOf?: (value: string) => string;
};

export function ListField({ values, onCommit, hrefOf, ...rest }: Props) {
  const lines = values.map((text, at): Line => {
    const line = {
      key: `${at} ${text}`,
      text,
      onRename: (to: string) => onCommit(values.with(at, to)),
      onDrop: () => onCommit(values.toSpliced(at, 1)),
    };
    return hrefOf ? { ...line, href: hrefOf(text) } : line;
  });
  return <LinesField {...rest} lines={lines} onAdd={(text) => onCommit([...values, text])} />;
}

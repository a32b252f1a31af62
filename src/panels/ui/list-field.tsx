/** A short list of texts, edited line by line: names, links, operations. */
import { Plus, X } from 'lucide';
import { useId } from 'react';
import { TextInput } from './field.tsx';
import { Icon } from './icon.tsx';

type Props = {
  label: string;
  /** One item, as it is called in the names of buttons: "link". */
  item: string;
  values: readonly string[];
  /** `from` names the line of `values` that each new line comes from; -1 is a new one. */
  onCommit: (values: string[], from: number[]) => void;
  placeholder?: string;
  faultOf?: (value: string) => string | null;
  /** Where a line leads; http and https only. */
  hrefOf?: (value: string) => string;
};

export function ListField({ label, item, values, onCommit, placeholder, faultOf, hrefOf }: Props) {
  const labelId = useId();
  const own = values.map((_, i) => i);
  const fault = faultOf ? { faultOf } : {};
  const rename = (at: number, text: string) =>
    text === ''
      ? drop(at)
      : onCommit(
          values.map((value, i) => (i === at ? text : value)),
          own,
        );
  const drop = (at: number) =>
    onCommit(
      values.filter((_, i) => i !== at),
      own.filter((i) => i !== at),
    );
  return (
    <fieldset className="field list-field" aria-labelledby={labelId}>
      <span className="label" id={labelId}>
        {label}
      </span>
      <div className="lines">
        {values.map((value, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines may be equal and have no other identity
          <div className="line" key={`${i} ${value}`}>
            <TextInput
              value={value}
              label={`${item} ${i + 1}`}
              onCommit={(text) => rename(i, text)}
              {...(faultOf ? { faultOf: (text) => (text === '' ? null : faultOf(text)) } : {})}
            />
            {hrefOf && (
              <a className="line-link" href={hrefOf(value)} target="_blank" rel="noopener noreferrer">
                open
              </a>
            )}
            <button
              type="button"
              className="icon-button small"
              aria-label={`Take ${value} off`}
              title="Take off"
              onClick={() => drop(i)}
            >
              <Icon of={X} size={14} />
            </button>
          </div>
        ))}
        <div className="line adding">
          <Icon of={Plus} size={14} />
          <TextInput
            value=""
            adds
            label={`Add ${item}`}
            placeholder={placeholder ?? `Add ${item}`}
            onCommit={(text) => onCommit([...values, text], [...own, -1])}
            {...fault}
          />
        </div>
      </div>
    </fieldset>
  );
}

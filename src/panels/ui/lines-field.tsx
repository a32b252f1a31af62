/** A short list of texts edited line by line, whatever it is a list of; after each act the focus stays in it. */
import { ArrowDown, ArrowUp, type IconNode, Plus, Text, X } from 'lucide';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import { TextInput } from './field.tsx';
import { Icon } from './icon.tsx';

export type Line = {
  key: string;
  text: string;
  onRename: (text: string) => void;
  onDrop: () => void;
  /** How many hold it: "3 of 5", with the words for it. */
  held?: { text: string; title: string };
  /** Adds it to those that lack it. */
  onSpread?: () => void;
  /** Where the line leads; http and https only. */
  href?: string;
  /** Moves the line up or down. */
  onMove?: (by: -1 | 1) => void;
  description?: {
    value: string;
    mixed?: boolean;
    faultOf: (text: string) => string | null;
    onCommit: (text: string) => void;
  };
};

type Props = {
  label: string;
  /** One item, as it is called in the names of buttons: "link". */
  item: string;
  lines: readonly Line[];
  /** Said under the list. */
  aside?: string | null;
  /** None where nothing can be added. */
  onAdd?: (text: string) => void;
  placeholder?: string;
  faultOf?: (value: string) => string | null;
};

/** Which button of which line gets the focus once the list has changed. */
type Next = { at: number; part: 'drop' | 'up' | 'down' };

export function LinesField({ label, item, lines, aside, onAdd, placeholder, faultOf }: Props) {
  const labelId = useId();
  const list = useRef<HTMLDivElement>(null);
  const next = useRef<Next | null>(null);
  useLayoutEffect(() => {
    const to = next.current;
    next.current = null;
    if (!to || !list.current) return;
    const row = list.current.children[Math.min(to.at, list.current.children.length - 1)];
    const target = [
      `[data-part="${to.part}"]`,
      to.part === 'up' ? '[data-part="down"]' : '[data-part="up"]',
      'input',
    ]
      .map((part) => row?.querySelector<HTMLElement>(`${part}:not(:disabled)`))
      .find((element) => element);
    target?.focus();
  });
  const then = (to: Next, act: () => void) => () => {
    next.current = to;
    act();
  };
  return (
    <fieldset className="field list-field" aria-labelledby={labelId}>
      <span className="label" id={labelId}>
        {label}
      </span>
      <div className="lines" ref={list}>
        {lines.map((line, i) => (
          <LineRow
            key={line.key}
            line={line}
            item={item}
            at={i}
            count={lines.length}
            spreads={lines.some(({ onSpread }) => onSpread)}
            faultOf={faultOf}
            then={then}
          />
        ))}
        {onAdd && (
          <div className="line adding">
            <Icon of={Plus} size={14} />
            <TextInput
              value=""
              adds
              label={`Add ${item}`}
              placeholder={placeholder ?? `Add ${item}`}
              onCommit={onAdd}
              {...(faultOf ? { faultOf } : {})}
            />
          </div>
        )}
      </div>
      {aside && <p className="aside">{aside}</p>}
    </fieldset>
  );
}

type RowProps = {
  line: Line;
  item: string;
  at: number;
  count: number;
  /** Whether any line has a button to add it to the others: then all keep room for it. */
  spreads: boolean;
  faultOf: Props['faultOf'];
  then: (to: Next, act: () => void) => () => void;
};

function LineRow({ line, item, at, count, spreads, faultOf, then }: RowProps) {
  const { text, onMove, onDrop, description } = line;
  const [describing, setDescribing] = useState(false);
  const described = description && (description.value !== '' || description.mixed || describing);
  return (
    <div className="line">
      <div className="line-main">
        <TextInput
          value={text}
          label={`${item} ${at + 1}`}
          onCommit={(to) => (to === '' ? onDrop() : line.onRename(to))}
          {...(faultOf ? { faultOf: (to) => (to === '' ? null : faultOf(to)) } : {})}
        />
        {line.href !== undefined && (
          <a className="line-link" href={line.href} target="_blank" rel="noopener noreferrer">
            open
          </a>
        )}
        {line.held && (
          <span className="held number" title={line.held.title}>
            {line.held.text}
          </span>
        )}
        {line.onSpread ? (
          <LineButton label={`Add ${text} to the others`} icon={Plus} part="spread" onClick={line.onSpread} />
        ) : (
          spreads && <span className="no-button" />
        )}
        {description && !described && (
          <LineButton
            label={`Describe ${text}`}
            icon={Text}
            part="describe"
            onClick={() => setDescribing(true)}
          />
        )}
        {described && <span className="no-button" />}
        {onMove && count > 1 && (
          <>
            <LineButton
              label={`Move ${text} up`}
              icon={ArrowUp}
              part="up"
              disabled={at === 0}
              onClick={then({ at: at - 1, part: 'up' }, () => onMove(-1))}
            />
            <LineButton
              label={`Move ${text} down`}
              icon={ArrowDown}
              part="down"
              disabled={at === count - 1}
              onClick={then({ at: at + 1, part: 'down' }, () => onMove(1))}
            />
          </>
        )}
        <LineButton
          label={`Take ${text} off`}
          icon={X}
          part="drop"
          onClick={then({ at, part: 'drop' }, onDrop)}
        />
      </div>
      {described && (
        <div className="line-description">
          <TextInput
            lines
            value={description.value}
            label={`Description of ${text}`}
            placeholder={description.mixed ? 'mixed' : 'What it does'}
            autoFocus={describing}
            onCommit={description.onCommit}
            onDone={() => setDescribing(false)}
            faultOf={description.faultOf}
          />
        </div>
      )}
    </div>
  );
}

type ButtonProps = { label: string; icon: IconNode; part: string; onClick: () => void; disabled?: boolean };

const LineButton = ({ label, icon, part, onClick, disabled }: ButtonProps) => (
  <button
    type="button"
    className="icon-button small"
    data-part={part}
    aria-label={label}
    title={label}
    disabled={disabled}
    onClick={onClick}
  >
    <Icon of={icon} size={14} />
  </button>
);

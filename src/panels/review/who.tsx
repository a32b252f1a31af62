/** Who on the board each part of the files is. Any of it a person can say otherwise. */
import { useMemo, useRef, useState } from 'react';
import { createMatcher, type Id, type Matcher, nodeName, type Pairing } from '../../graph/index.ts';
import type { ImportReview, Workspace } from '../../workspace/index.ts';
import { whyWords } from '../sources/match/rows.ts';
import { Labelled } from '../ui/field.tsx';
import { KindIcon } from '../ui/icon.tsx';
import { BY } from './words.ts';

/** More are found by typing some of their name. */
const LISTED = 50;
const FILTERED_FROM = 20;

type Props = { workspace: Workspace; review: ImportReview };

export function WhoIsWho({ workspace, review }: Props) {
  const nodes = workspace.use((state) => state.board.nodes);
  const matcher = useMemo(() => createMatcher(nodes), [nodes]);
  const [filter, setFilter] = useState('');
  const { pairings } = review.told;
  // a row stays where it is when a person says otherwise: the focus is in it
  const known = useRef<ReadonlySet<Id> | null>(null);
  known.current ??= new Set(
    pairings.flatMap(({ by, node }) => (by === 'name' || by === 'alias' ? [node.id] : [])),
  );
  const isKnown = ({ node }: Pairing) => known.current!.has(node.id);
  const wanted = filter.trim().toLowerCase();
  const found = pairings.filter(({ node }) => node.name.toLowerCase().includes(wanted));
  const [matched, open] = [found.filter(isKnown), found.filter((each) => !isKnown(each))];
  const row = (pairing: Pairing) => (
    <Row key={pairing.node.id} {...{ workspace, review, pairing, matcher }} />
  );
  return (
    <section aria-label="Who is who">
      <h3>Who is who</h3>
      {pairings.length > FILTERED_FROM && (
        <Labelled label="Find a part of the files">
          {(id) => (
            <input
              id={id}
              type="search"
              value={filter}
              autoComplete="off"
              onChange={(event) => setFilter(event.target.value)}
            />
          )}
        </Labelled>
      )}
      {open.length > 0 && <ul>{open.slice(0, LISTED).map(row)}</ul>}
      <More of={open.length} />
      {matched.length > 0 && (
        <Folded summary={`${matched.length} known by name`}>
          {() => (
            <>
              <ul>{matched.slice(0, LISTED).map(row)}</ul>
              <More of={matched.length} />
            </>
          )}
        </Folded>
      )}
    </section>
  );
}

const More = ({ of }: { of: number }) =>
  of > LISTED ? <p className="aside">and {of - LISTED} more: find them by name</p> : null;

/** What is in it is made when it is opened. */
function Folded({ summary, children }: { summary: string; children: () => React.ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {open && children()}
    </details>
  );
}

function Row({ workspace, review, pairing, matcher }: Props & { pairing: Pairing; matcher: Matcher }) {
  const nodes = workspace.use((state) => state.board.nodes);
  const [isOffered, setOffered] = useState(false);
  const { node, with: is, by } = pairing;
  const likely = useMemo(
    () => (by === 'name' ? [] : matcher.candidates([node.name, ...(node.match?.names ?? [])])),
    [matcher, node, by],
  );
  const ring = (on: boolean) =>
    workspace.session({ ringed: on && is !== null ? { type: 'node', id: is } : null });
  const nameOf = (id: Id) => nodeName({ nodes }, id);
  const listed = new Set(likely.map((each) => each.node));
  // thousands of parts in each of the lists would be too many: the one that is gone to has them
  const others = isOffered ? Object.keys(nodes) : is === null ? [] : [is];
  const rest = others.filter((id) => !listed.has(id)).sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return (
    <li
      className="who"
      aria-label={node.name}
      onPointerEnter={() => ring(true)}
      onPointerLeave={() => ring(false)}
    >
      <KindIcon kind={node.kind} size={14} />
      <b className="cut" title={node.name}>
        {node.name}
      </b>
      <span className="aside">{BY[by]}</span>
      <select
        aria-label={`${node.name} is`}
        value={is ?? ''}
        onPointerEnter={() => setOffered(true)}
        onFocus={() => {
          setOffered(true);
          ring(true);
        }}
        onBlur={() => ring(false)}
        onChange={(event) => review.choose(node.id, event.target.value || null)}
      >
        <option value="">a new {node.kind}</option>
        {likely.map(({ node: id, likeness }) => (
          <option key={id} value={id}>
            {nameOf(id)} ({whyWords(likeness, nodes[id]!)})
          </option>
        ))}
        {rest.map((id) => (
          <option key={id} value={id}>
            {nameOf(id)}
          </option>
        ))}
      </select>
    </li>
  );
}

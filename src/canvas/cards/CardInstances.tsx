/** On a card: a tick for each instance over its figures, and on its lower border how far they differ. */
import { useRef } from 'react';
import { cardStrip, cardTag, cardTagAt, cssFont, FONTS, nodeFace, severityOf } from '../../picture/index.ts';
import { spreadAt } from '../../workspace/index.ts';
import { CardHatching } from './CardHatching.tsx';
import { type LiveProps, set, useWritten } from './written.ts';

/** Any figure: where the line over it stands is asked. */
const STRIP_ONLY = [{ label: '', text: '', stale: false }];

export default function CardInstances({ workspace, node }: LiveProps) {
  const group = useRef<SVGGElement>(null);
  useWritten({ workspace, node }, () => {
    const [strip, tag] = group.current?.children ?? [];
    const [ticks, highest, chosen] = strip?.children ?? [];
    const [plate, words] = tag?.children ?? [];
    if (!strip || !ticks || !highest || !chosen || !tag || !plate || !words) return;
    const { divider, width, height } = nodeFace(node, STRIP_ONLY);
    const spread = spreadAt(workspace, { type: 'node', id: node.id });
    set(strip, 'display', spread && divider ? 'inline' : 'none');
    if (spread && divider) {
      const face = cardStrip(spread, divider, workspace.use.getState().session.instance);
      set(strip, 'transform', `translate(${face.x} ${face.y})`);
      set(strip, 'data-severity', face.severity);
      set(ticks, 'd', face.ticks);
      set(highest, 'd', face.highest);
      set(chosen, 'd', face.chosen ?? '');
    }
    const face = spread && cardTag(spread);
    set(tag, 'display', face ? 'inline' : 'none');
    if (!spread || !face?.text) return;
    const at = cardTagAt(face, { width, height });
    set(tag, 'transform', `translate(${at.x} ${at.y})`);
    set(tag, 'data-severity', severityOf(spread.skew));
    set(plate, 'width', String(face.width));
    set(plate, 'height', String(face.height));
    set(plate, 'rx', String(face.height / 2));
    set(words, 'x', String(face.text.x));
    set(words, 'y', String(face.text.y));
    if (words.textContent !== face.text.text) words.textContent = face.text.text;
  });
  return (
    <>
      <CardHatching workspace={workspace} node={node} />
      <g ref={group} className="figures instances">
        <g display="none">
          <path />
          <path className="highest" />
          <path className="spoken-of" />
        </g>
        <g display="none">
          <rect />
          <text style={{ font: cssFont(FONTS.pill) }} />
        </g>
      </g>
    </>
  );
}

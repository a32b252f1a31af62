/** Stroke icons: lucide's for the instruments, the drawing's own for the kinds of parts. */
import type { IconNode } from 'lucide';
import { createElement } from 'react';
import type { NodeKind } from '../../graph/index.ts';
import { iconPath } from '../../picture/index.ts';

export function Icon({ of, size = 16 }: { of: IconNode; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      {of.map(([tag, attributes]) =>
        createElement(tag, { key: `${tag} ${Object.values(attributes).join(' ')}`, ...attributes }),
      )}
    </svg>
  );
}

export function KindIcon({ kind, size = 16 }: { kind: NodeKind; size?: number }) {
  return (
    <svg className="icon kind-icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <path d={iconPath(kind)} />
    </svg>
  );
}

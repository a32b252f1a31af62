/** What a finding on one setting says beside it, where the setting itself is in sight. */
import type { KeyFinding } from '../../analysis/index.ts';

export type Beside = {
  /** In a chip: what it is. */
  kind: string;
  /** How it is coloured: what may hurt, what to ask about, what is well. */
  tone: 'hurting' | 'asking' | 'quiet';
  /** More of it, a sentence or two. */
  text: string;
};

export function besideOf(finding: KeyFinding): Beside {
  switch (finding.kind) {
    case 'deviates': {
      const { fallback, ratio, towards, why } = finding;
      const far = ratio === null ? '' : `, this is ${ratioText(ratio)} of it`;
      const text = `Default ${fallback}${far}. ${towards === 'other' ? 'It is the other way that hurts: ' : ''}`;
      const because = towards === 'other' ? why.charAt(0).toLowerCase() + why.slice(1) : why;
      const kinds = {
        hurting: 'deviates, the way that hurts',
        other: 'deviates, the other way',
        unclear: 'deviates',
      };
      return {
        kind: kinds[towards],
        tone: towards === 'hurting' ? 'hurting' : 'asking',
        text: text + because,
      };
    }
    case 'old default': {
      const { changed, fallback, why } = finding;
      return {
        kind: 'old default',
        tone: 'asking',
        text: `The default before ${changed}; now it is ${fallback}. ${why}`,
      };
    }
    case 'redundant':
      return { kind: 'the default', tone: 'quiet', text: '' };
    case 'unreadable':
      return { kind: 'can’t be read', tone: 'hurting', text: `Default ${finding.fallback}.` };
    case 'unknown default':
      return {
        kind: 'default not known',
        tone: 'quiet',
        text: `In ${finding.system} ${finding.version ?? ''}`.trim(),
      };
    case 'unknown key':
      return finding.nearest === null
        ? { kind: 'not in the catalogue', tone: 'quiet', text: '' }
        : { kind: 'unknown key', tone: 'hurting', text: `Not known in ${finding.system}.` };
  }
}

/** `1,048,576×`, `0.2×`. */
function ratioText(ratio: number): string {
  const digits = ratio >= 100 ? 0 : ratio >= 10 ? 1 : 2;
  const rounded = ratio < 0.01 ? ratio.toPrecision(2) : Number(ratio.toFixed(digits)).toLocaleString('en');
  return `${rounded}×`;
}

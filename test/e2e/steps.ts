/**
 * Every step in which the README's system of ten parts is sketched, here and in three other tools, in their shortest
 * documented way. What a step is, and where each way is documented: docs/steps.md, which is checked against this.
 */

/** One key, a chord included, or one action of the pointer. */
type Step = {
  by: 'key' | 'pointer';
  what: string /** It writes a name for the first time. */;
  names: boolean;
};

const key = (...keys: string[]): Step[] => keys.map((what) => ({ by: 'key', what, names: false }));
const pointer = (what: string): Step[] => [{ by: 'pointer', what, names: false }];
const typed = (text: string): Step[] => key(...[...text].map((sign) => (sign === '\n' ? 'Enter' : sign)));
const naming = (steps: Step[]): Step[] => steps.map((step) => ({ ...step, names: true }));
/** A name letter by letter. */
const named = (name: string): Step[] => naming(typed(name));
/** A name from its first letters on. */
const completed = (letters: string): Step[] => naming([...typed(letters), ...key('Tab')]);

const NAMES = [
  ...['browser', 'nginx', 'catalog', 'checkout', 'redis'],
  ...['postgres', 'stripe', 'payments', 'orders', 'mail-worker'],
] as const;
type Name = (typeof NAMES)[number];

/** Chalkline: in the command bar. `first` is how a name is written the first time. */
const inTheBar = (first: (name: Name) => Step[]): Step[] => [
  ...key('Control+k'),
  ...[first('browser'), typed('>'), first('nginx'), typed('>'), first('catalog'), typed(',')].flat(),
  ...[first('checkout'), typed('>'), first('redis'), typed(','), first('postgres'), typed(';')].flat(),
  ...[first('stripe'), typed('<'), first('payments'), typed('<'), typed('c'), key('Tab')].flat(),
  ...[typed('=>'), first('orders'), typed('>'), first('mail-worker')].flat(),
  ...key('Enter'),
];

const SHORT: Partial<Record<Name, string>> = {
  ...{ browser: 'b', nginx: 'n', redis: 'r', postgres: 'p', stripe: 'st' },
};

/**
 * Excalidraw and draw.io: each part beside the one before it; where the next one belongs to another part, the click
 * that selects that part also ends the typing.
 */
const drawn = (
  add: Step[],
  end: Step[],
  first: Step[],
  label: (name: Name) => Step[],
  joins: Step[],
): Step[] => [
  ...[first, label('browser'), end, add, label('nginx'), end, add, label('catalog'), end].flat(),
  ...[add, label('redis'), pointer('click catalog'), add, label('postgres')].flat(),
  ...[pointer('click nginx'), add, label('checkout'), end, add, label('payments'), end].flat(),
  ...[add, label('stripe'), pointer('click checkout'), add, label('orders'), end].flat(),
  ...[add, label('mail-worker'), joins].flat(),
];

const TO_REDIS = pointer('drag checkout to redis');
const TO_POSTGRES = pointer('drag checkout to postgres');

const kindWords: Partial<Record<Name, string>> = {
  ...{ browser: 'client', nginx: 'gateway', redis: 'cache' },
  ...{ postgres: 'database', orders: 'topic', stripe: 'external' },
};
/** The name, and below it the kind, where the name does not say it already. */
const withKind =
  (words: Partial<Record<Name, string>>) =>
  (name: Name): Step[] => [...named(name), ...(words[name] ? typed(`\n${words[name]}`) : [])];

const excalidraw = (label: (name: Name) => Step[]): Step[] =>
  drawn(
    key('Control+ArrowRight', 'Enter'),
    key('Control+Enter'),
    [...key('r'), ...pointer('drag a box'), ...key('Enter')],
    label,
    [pointer('click the arrow tool'), TO_REDIS, key('a'), TO_POSTGRES].flat(),
  );

/** Where the shape is to be another than the last one, a click in the sidebar takes the place of the key. */
const drawio = (add: Step[], label: (name: Name) => Step[]): Step[] =>
  drawn(add, key('Escape'), pointer('click a shape in the sidebar'), label, [...TO_REDIS, ...TO_POSTGRES]);

const MERMAID_BARE = `graph LR
browser-->nginx-->catalog & c[checkout]-->redis & postgres
c-->payments-->stripe
c-->orders-->mail-worker`;

const MERMAID_KINDS = `graph LR
browser-client-->nginx-gateway-->catalog & c[checkout]-->redis-cache & p[(postgres)]
c-->payments-->stripe-external
c-->orders-topic-->mail-worker`;

/** A text typed as it stands, the first mention of each name told from the rest. */
function typedText(text: string): Step[] {
  const steps = typed(text);
  for (const name of NAMES) {
    const at = text.indexOf(name);
    for (let i = at; i < at + name.length; i++) steps[i] = { ...steps[i]!, names: true };
  }
  return steps;
}

type Way = { tool: string; kinds: boolean; steps: Step[] };

export const OURS = {
  'Chalkline, names typed out': inTheBar(named),
  'Chalkline, names completed': inTheBar((name) => (SHORT[name] ? completed(SHORT[name]) : named(name))),
};

/** With kinds first; ours are the same either way. */
export const WAYS: readonly Way[] = [true, false].flatMap((kinds) => [
  ...Object.entries(OURS).map(([tool, steps]) => ({ tool, kinds, steps })),
  {
    tool: 'draw.io',
    kinds,
    steps: kinds
      ? drawio(pointer('click a shape in the sidebar'), withKind({ nginx: 'gateway', redis: 'cache' }))
      : drawio(key('Alt+Shift+ArrowRight'), named),
  },
  { tool: 'Excalidraw', kinds, steps: excalidraw(kinds ? withKind(kindWords) : named) },
  { tool: 'Mermaid', kinds, steps: typedText(kinds ? MERMAID_KINDS : MERMAID_BARE) },
]);

/** The letters of the ten names. */
export const LETTERS = NAMES.join('').length;

/** Steps as they are read: letters as they are, other keys and the pointer in ⟨ ⟩. */
export const spelled = (steps: readonly Step[]): string =>
  steps
    .map(({ what }) => (what.length === 1 && what !== ' ' ? what : what === ' ' ? '␣' : `⟨${what}⟩`))
    .join('');

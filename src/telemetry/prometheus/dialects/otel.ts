/**
 * What the OpenTelemetry dialects share: the names that exporters make of the conventions' names, who measured,
 * and the questions about timers. Exporters write dots or underscores, append the unit or do not, and put
 * prefixes before; one fleet may do several of these at once.
 */
import type { Pace } from '../../pace.ts';
import type { Labels } from '../answer.ts';
import type { Asked, End, Loose } from '../traffic.ts';
import type { Answers, Scope } from './dialect.ts';
import {
  type Measured,
  measured,
  plain,
  type Timer,
  timerNames,
  timerQuestions,
  timersIn,
} from './measure.ts';
import type { Parts } from './parts.ts';
import { anyIsOneOf, firstOf, type Matchers } from './promql.ts';
import { oneScrape } from './scrapes.ts';

/** Who measured: by the resource, by labels of the scrape, or by those that the scrape pushed aside. */
const NAME = ['service.name', 'service', 'exported_job', 'job'];
export const WHO = [...NAME, 'service.instance.id', 'exported_instance', 'instance'];

const PREFIX = '(?:[a-zA-Z0-9_]+_)?';
const anySeparator = (name: string): string => name.replaceAll('.', '[._]');

/** A regular expression of what a timer may be called. */
const stemOf = (name: string): string => `${PREFIX}${anySeparator(name)}(?:[._](?:seconds|milliseconds))?`;
/** Likewise for a gauge, or a counter. */
export const numberNames = (name: string): string => `${PREFIX}${anySeparator(name)}(?:_total)?`;

export const namesLike = (names: readonly string[], name: string): string[] => {
  const pattern = new RegExp(`^${numberNames(name)}$`);
  return names.filter((each) => pattern.test(each)).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
};

/** A timer's name in the conventions, and its unit where the metric's name does not tell. */
export type Convention = { name: string; scale: number };
export const SECONDS = 1000;
export const MILLISECONDS = 1;

export const namesOfTimers = (conventions: readonly Convention[]): string =>
  conventions.map(({ name }) => timerNames(stemOf(name))).join('|');

const scaleBy = (scale: number) => (metric: string) =>
  metric.endsWith('milliseconds') ? MILLISECONDS : metric.endsWith('seconds') ? SECONDS : scale;

/** Names of labels as a metric's exporter writes them. */
export const labelsFor = (metric: string, labels: readonly string[]): string[] => {
  const underscored = labels.map(plain);
  return metric.includes('.') ? [...new Set([...labels, ...underscored])] : underscored;
};

export const narrowedTo = (metric: string, { only }: Scope): Matchers | undefined =>
  only ? anyIsOneOf(labelsFor(metric, NAME), only) : undefined;

/** One timer that is asked about. */
type Meter = { key: string; timer: Timer; asked: Asked };
export type Timed = Measured & { who: Who; asked: Asked };

export type Meters = {
  questions: Record<string, string>;
  /**
   * All that was timed, what came in twice once.
   * @param what tells apart what one process timed
   */
  read(
    answers: Answers,
    parts: Parts,
    hasFailed: (labels: Labels) => boolean,
    what: (labels: Labels) => string,
    pace: Pace,
  ): Promise<{ timed: Timed[]; twice: ReadonlySet<string> }>;
};

/**
 * The timers that exist of those that the conventions name, the present names before those of old.
 * @param labels what one process timed is told apart by these, in the conventions' writing
 * @param outcome and failures by these; null where only times are asked for
 */
export function metersOf(
  key: string,
  names: readonly string[],
  conventions: readonly Convention[],
  labels: readonly string[],
  outcome: readonly string[] | null,
  scope: Scope,
): Meters | null {
  const group = [...WHO, ...labels];
  const timers = conventions.flatMap(({ name, scale }) => timersIn(names, stemOf(name), scaleBy(scale)));
  if (timers.length === 0) return null;
  const questions: Record<string, string> = {};
  const meters = timers.map((timer, i): Meter => {
    const own = `${key} ${i}`;
    const of = (all: readonly string[]) => labelsFor(timer.metric, all);
    const asked = timerQuestions(
      own,
      timer,
      of(group),
      outcome && of(outcome),
      scope,
      narrowedTo(timer.metric, scope),
    );
    Object.assign(questions, asked);
    const latency = asked[`${own} bucket`]!;
    const count = asked[`${own} count`];
    return {
      key: own,
      timer,
      asked: { caller: latency, callee: latency, ...(count !== undefined && { rate: count, failed: count }) },
    };
  });
  return {
    questions,
    async read(answers, parts, hasFailed, what, pace) {
      const all: (Timed & { metric: string })[] = [];
      for (const { key: own, timer, asked } of meters)
        for (const one of await measured(answers, own, timer, group, hasFailed, pace)) {
          const who = whoIn(parts, one.labels);
          if (who) all.push({ ...one, who, asked, metric: timer.metric });
        }
      const { kept, twice } = oneScrape(
        all,
        ({ who, labels }) => `${who.key}\n${what(labels)}`,
        ({ who, metric }) => (who.job === null ? metric : `${metric} of job ${who.job}`),
      );
      return { timed: kept, twice };
    },
  };
}

export type Who = {
  end: End;
  instance: string | null;
  /** Tells processes apart. */
  key: string;
  /** The job that scraped it, where that is not what it is named by. */
  job: string | null;
};

export function whoIn(parts: Parts, labels: Labels): Who | null {
  const service = firstOf(labels, 'service_name', 'service', 'exported_job');
  const name = service ?? firstOf(labels, 'job');
  if (name === null) return null;
  const instance = firstOf(labels, 'service_instance_id', 'exported_instance', 'instance');
  const end = parts(`service ${name}`, () => {
    // The conventions make a job of namespace/name.
    const own = name.slice(name.lastIndexOf('/') + 1);
    const loose: Loose[] = own === name || own === '' ? [] : [{ name: own, of: name }];
    return { names: [name], loose, kind: 'service' };
  });
  return { end, instance, key: `${name}\n${instance}`, job: service === null ? null : (labels.job ?? '') };
}

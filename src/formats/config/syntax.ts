/** How a text is written: by its file's name, or else by what is in it. */
import { isCommandLine } from './command-line.ts';
import { linesOf } from './entry.ts';

export type Syntax =
  | 'properties'
  | 'env'
  | 'conf'
  | 'ini'
  | 'nginx'
  | 'haproxy'
  | 'document'
  | 'command line';

const NAMES: readonly (readonly [RegExp, Syntax])[] = [
  [/\.properties$/, 'properties'],
  [/(?:^|\/|\.)\.?env(?:\.[\w-]+)?$/, 'env'],
  [/\.(?:ini|cnf)$/, 'ini'],
  [/nginx[\w.-]*\.conf$/, 'nginx'],
  [/haproxy[\w.-]*\.(?:cfg|conf)$/, 'haproxy'],
  [/\.(?:ya?ml|json)$/, 'document'],
  [/(?:^|\/)jvm\.options$/, 'command line'],
];

/** What is configured by a file of that name. */
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/consumer[\w.-]*\.properties$/, 'Kafka consumer'],
  [/producer[\w.-]*\.properties$/, 'Kafka producer'],
  [/(?:^|\/)(?:server|broker|controller)(?:[-.]\w+)?\.properties$/, 'Kafka broker'],
  [/hikari[\w.-]*\.properties$/, 'HikariCP'],
  [/redis[\w.-]*\.conf$/, 'Redis'],
  [/postgres(?:ql)?[\w.-]*\.conf$/, 'PostgreSQL'],
  [/rabbitmq[\w.-]*\.conf$/, 'RabbitMQ'],
  [/(?:^|\/)(?:my|mysql|mysqld|mariadb)[\w.-]*\.cnf$/, 'MySQL'],
  [/(?:^|\/)jvm\.options$/, 'JVM'],
  [/(?:^|\/)(?:application|bootstrap)[\w.-]*\.(?:properties|ya?ml)$/, 'Spring Boot'],
];

const byName = <T>(table: readonly (readonly [RegExp, T])[], name: string): T | null =>
  table.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1] ?? null;

export const systemByName = (name: string): string | null => byName(SYSTEMS, name);

export const syntaxOf = (text: string, name: string): Syntax => byName(NAMES, name) ?? syntaxByContent(text);

function syntaxByContent(text: string): Syntax {
  const lines = linesOf(text).filter((line) => !/^\s*(?:#|$|;|!|\/\/)/.test(line));
  const [first = ''] = lines;
  const share = (pattern: RegExp) =>
    lines.length === 0 ? 0 : lines.filter((line) => pattern.test(line)).length / lines.length;
  if (/^\s*\[[^\]"'{},]+\]\s*(?:[#;].*)?$/.test(first)) return 'ini';
  if (/^(?:global|defaults|frontend|backend|listen)\b[^=:;]*$/.test(first)) return 'haproxy';
  if (share(/^[^"]*[;{}]\s*(?:#.*)?$/) > 0.6 && !/^\s*[{["]/.test(first)) return 'nginx';
  if (/^\s*[[{]|^(?:---|%YAML)/.test(first)) return 'document';
  if (isCommandLine(text)) return 'command line';
  if (share(/^\s*(?:-\s|(?:-\s+)?["']?[\w.[\]/-]+["']?\s*:(?:\s|$))/) > 0.5) return 'document';
  if (share(/^\s*(?:export\s+)?[A-Z_][A-Z0-9_]*=/) > 0.6) return 'env';
  if (share(/(?<!\\)(?:\\\\)*\\$|\\u[0-9a-fA-F]{4}/) > 0) return 'properties';
  // what Java would take for part of the value, others have for a remark, and quote
  const isConf = share(/^\s*[\w.-]+\s*=\s*['"]|\S\s+#\s/) > 0 || share(/^\s*[^\s=:]+\s*[=:]/) < 0.5;
  return isConf ? 'conf' : 'properties';
}

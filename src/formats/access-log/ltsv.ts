/** Labelled tab-separated values (ltsv.org): `status:200<tab>reqtime:0.012`. Its labels come with their units. */

type Values = Record<string, string>;

const PIECE = /^([\w.-]{1,100}):(.*)$/s;
const FEWEST = 3;

/** Null for what is no such line. */
export function ltsvIn(line: string): Values | null {
  const pieces = line.split('\t').map((piece) => PIECE.exec(piece));
  if (pieces.length < FEWEST) return null;
  const values: Values = {};
  for (const piece of pieces) {
    if (!piece) return null;
    const [, label, value] = piece as string[];
    // Common log format puts its time in brackets.
    values[label!] = label === 'time' ? value!.replace(/^\[|\]$/g, '') : value!;
  }
  return values;
}

/** Labels as ltsv.org proposes them, as variables of nginx: times are seconds there. */
export const LTSV_NAMES: Readonly<Record<string, string>> = {
  ...{ time: 'time_iso8601', req: 'request', method: 'request_method', uri: 'request_uri' },
  ...{ reqtime: 'request_time', apptime: 'upstream_response_time' },
  ...{ upstream: 'upstream_addr', vhost: 'host' },
};

/** Only these say how long it took, and no JSON calls it so. */
export const isLtsv = (values: Readonly<Record<string, unknown>>): boolean =>
  'status' in values && ('reqtime' in values || 'apptime' in values);

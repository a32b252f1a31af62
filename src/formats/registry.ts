/** Every format, in the order in which they are asked whether a file is theirs: the first that recognises it reads it. */
import { ACCESS_LOG } from './access-log/format.ts';
import { ADDRESSES } from './addresses/format.ts';
import { BOARD } from './board.ts';
import { JSON_CANVAS } from './canvas/format.ts';
import { COMPOSE } from './compose/format.ts';
import { CSV, CSV_NODES, CSV_READINGS } from './csv/format.ts';
import { D2 } from './d2/format.ts';
import { DEPENDENCIES } from './dependencies/format.ts';
import { DOT } from './dot/format.ts';
import { DRAWIO } from './drawio/format.ts';
import { EXCALIDRAW, EXCALIDRAW_CLIPBOARD } from './excalidraw/format.ts';
import type { Format } from './format.ts';
import { GRAFANA } from './grafana/format.ts';
import { JAEGER } from './jaeger/format.ts';
import { KIALI } from './kiali/format.ts';
import { KUBERNETES } from './kubernetes/format.ts';
import { LIKEC4 } from './likec4/format.ts';
import { LINK } from './link.ts';
import { MARKDOWN } from './markdown/format.ts';
import { MERMAID } from './mermaid/format.ts';
import { OTLP } from './otlp.ts';
import { PNG } from './png.ts';
import { SKETCH } from './sketch/format.ts';
import { STRUCTURIZR } from './structurizr/format.ts';
import { SVG } from './svg.ts';
import { XRAY } from './xray/format.ts';
import { ZIPKIN } from './zipkin/format.ts';

// One line each. What is told by a name of its own stands before what is told by its looks; a sketch is nearly any text.
export const FORMATS: readonly Format[] = [
  JSON_CANVAS,
  GRAFANA,
  EXCALIDRAW,
  EXCALIDRAW_CLIPBOARD,
  DRAWIO,
  BOARD,
  LINK,
  OTLP,
  JAEGER,
  ZIPKIN,
  KIALI,
  COMPOSE,
  KUBERNETES,
  ADDRESSES,
  DEPENDENCIES,
  XRAY,
  ACCESS_LOG,
  CSV,
  CSV_NODES,
  CSV_READINGS,
  PNG,
  SVG,
  MERMAID,
  MARKDOWN,
  DOT,
  STRUCTURIZR,
  LIKEC4,
  D2,
  SKETCH,
];

/** The format of this id. */
export const formatOf = (id: string): Format | undefined => FORMATS.find((format) => format.id === id);

/** The formats that a suffix belongs to; a file's name says nothing more than these. */
export const formatsNamed = (file: string): readonly Format[] => {
  const name = file.toLowerCase();
  return FORMATS.filter(
    ({ read, readMany, suffixes }) => (read ?? readMany) && suffixes.some((suffix) => name.endsWith(suffix)),
  );
};

/** True for a name that some format's files have. */
export const isNamed = (file: string): boolean => formatsNamed(file).length > 0;

/** What the dialog to open files offers: every suffix that something is read from, packed or not. */
export const ACCEPTED: readonly string[] = [
  ...new Set([
    ...FORMATS.filter(({ read, readMany }) => read ?? readMany).flatMap(({ suffixes }) =>
      suffixes.map((suffix) => suffix.slice(suffix.lastIndexOf('.'))),
    ),
    ...['.gz', '.zip'],
  ]),
];

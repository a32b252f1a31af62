/** `formats`: what can be read and written. */
import { FORMATS } from '../../formats/index.ts';
import { type Args, type Command, JSON_OUT } from '../command.ts';
import { table } from '../help.ts';

export const LIST_FORMATS: Command = {
  name: 'formats',
  summary: 'List the formats that are read and written',
  operands: '',
  takes: [0, 0],
  about: [
    'Lists every format by the id that --from and --to take: whether it is read (r) and written (w), its name, and the suffixes of its files. What each reads, keeps and loses is in docs/formats.md, and in the JSON.',
  ],
  options: { json: JSON_OUT },
  examples: [{ run: 'chalkline formats', says: 'All of them.' }],
  run: async ({ has }: Args) => {
    console.log(has('json') ? JSON.stringify(FORMATS.map(factsOf), null, 2) : table(FORMATS.map(rowOf)));
    return 0;
  },
};

type Format = (typeof FORMATS)[number];

/** Pictures say that they are written, and are drawn by another command. */
const canWrite = ({ write, writes }: Format) => write !== undefined || writes !== undefined;
const canRead = ({ read, readMany }: Format) => read !== undefined || readMany !== undefined;

const rowOf = (format: Format): [string, string] => [
  `${canRead(format) ? 'r' : '-'}${canWrite(format) ? 'w' : '-'} ${format.id}`,
  `${format.name} (${[...format.suffixes, ...(format.suffixes.length === 0 && format.suffix ? [format.suffix] : [])].join(' ')})`,
];

const factsOf = (format: Format) => {
  const { id, name, suffixes, reads, writes, keeps, loses } = format;
  return {
    id,
    name,
    canRead: canRead(format),
    canWrite: canWrite(format),
    suffixes,
    reads,
    writes,
    keeps,
    loses,
  };
};

/** Damaged, mislabelled and hostile files of the formats that are also written here: each is answered in time, and none leaves a trace. */
import { FORMATS } from '../../src/formats/index.ts';
import { expectAnswersOf } from './hostile.ts';

expectAnswersOf(FORMATS.filter((format) => format.write && (format.read ?? format.readMany)));

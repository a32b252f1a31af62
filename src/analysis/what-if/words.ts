/** What is said of predictions. */
import type { Assumption } from './prediction.ts';

const SENTENCES: Record<Assumption, string> = {
  'calls after one another wait for each other':
    'A call that began after another had ended waited for it; calls side by side stay side by side.',
  'own time only': 'The part’s own work changes, not what it waits for.',
  'whole call': 'The whole call changes, with all that is behind it.',
  'not called': 'It is not called at all, nor is what only it calls.',
  'same for all requests': 'Slow and fast requests gain alike: every quantile shrinks as the mean does.',
  'waits as one queue': 'It waits as one queue does (M/M/1): with less work to do, less is waited, too.',
  'no waiting known': 'How busy the part is was not measured: waiting for it is not counted.',
  'one after the other': 'What a request calls, it calls one after the other.',
  'nothing else changes': 'Load, answers and everything else stay as they are.',
};

export const assumptionSentence = (assumption: Assumption): string => SENTENCES[assumption];

/**
 * Suspects: everything known becomes one ranking with reasons.
 *
 *   snapshots ─► figures (before, now, how sure) ─► accounts (who took the time) ─► evidence (local signs, in nats)
 *   marks · experiments · config findings ─────────────────────────────────────────► rank ─► shares
 */
export { rankSuspects, type SuspectsInput, suspectKey } from './rank.ts';
export type { Suspect } from './reason.ts';
export { reasonSentence, refutationSentence, suspectName } from './words.ts';

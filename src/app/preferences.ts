/** What a person prefers, kept in this browser: theme, quantile, units, grid. Never in a board. */
import * as z from 'zod/mini';
import { UNITS } from '../graph/index.ts';
import type { Session, Workspace } from '../workspace/index.ts';
import { applyTheme } from './theme.ts';

const STORED = 'chalkline.preferences';

const schema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  quantile: z.union([z.literal(0.5), z.literal(0.95), z.literal(0.99)]),
  units: z.enum(UNITS),
  grid: z.boolean(),
  perInstance: z._default(z.boolean(), false),
});
type Preferences = z.infer<typeof schema>;

const preferencesOf = ({ theme, quantile, units, grid, perInstance }: Session) => ({
  theme,
  quantile,
  units,
  grid,
  perInstance,
});

/** What was stored, or nothing where that is not there or not whole. */
function stored(): Partial<Preferences> {
  try {
    const parsed = schema.safeParse(JSON.parse(localStorage.getItem(STORED) ?? 'null'));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}

/** Takes over what was stored, and stores every change from then on. */
export function keepPreferences(workspace: Workspace): void {
  workspace.session(stored());
  applyTheme(workspace.use.getState().session.theme);
  workspace.use.subscribe(({ session }, before) => {
    const now = JSON.stringify(preferencesOf(session));
    if (session === before.session || now === JSON.stringify(preferencesOf(before.session))) return;
    applyTheme(session.theme);
    try {
      localStorage.setItem(STORED, now);
    } catch {
      // a browser that stores nothing still shows what was chosen
    }
  });
}

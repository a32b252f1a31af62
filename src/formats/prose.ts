/** Secrets in what people write on drawings and in tables: no setting of a part, and on a screen all the same. */
import { isSecret, withoutCredentials } from './secrets.ts';

/** `API_KEY=…`, `password: …` */
const SAID =
  /(?<![\w./-])([A-Za-z][\w.-]{0,60})(\s*:\s*|=)("[^"\n]{0,1000}"|'[^'\n]{0,1000}'|[^\s"',;|]{1,1000})/g;
/** Characters of a text that is looked through. */
const LONGEST = 20_000;

/** After a colon also words stand: `token: JWT` says what it is. */
const isDrawn = (sign: string, value: string): boolean =>
  sign === '=' || (/\d/.test(value) && /[a-z]/i.test(value) && value.length >= 6);

/** Cleans texts, and counts those that had something in them. */
export function secretsOut() {
  let count = 0;
  const clean = (text: string): string => {
    if (text.length > LONGEST || !/[=:]/.test(text)) return text;
    const said = text.replace(SAID, (all, key: string, sign: string, value: string) =>
      isDrawn(sign.trim(), value) && isSecret(key, value) ? '' : all,
    );
    const bare = said.includes('://') ? said.split('\n').map(withoutCredentials).join('\n') : said;
    if (bare === text || bare.trim() === text.trim()) return text;
    count++;
    return bare
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join('\n');
  };
  return { clean, count: () => count };
}

export const SECRETS = 'secrets in texts, left out';

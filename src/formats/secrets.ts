/**
 * Passwords, tokens and keys in what a file sets: they are left out wherever a file is read, and whoever reads says so.
 * Rather one too many is left out than one kept: the board is shown to people, saved and sent.
 */

/** True for a setting whose value must not be kept. @param key as the file has it: `POSTGRES_PASSWORD`, `sasl.jaas.config` */
export function isSecret(key: string, value: string): boolean {
  const plain = value.trim().replace(/^(["'])(.*)\1$/s, '$2');
  if (LOOKS_SECRET.some((pattern) => pattern.test(plain))) return true;
  if (HARMLESS.test(plain)) return false;
  const words = wordsOf(key);
  const last = words.at(-1);
  if (last === undefined) return false;
  const phrase = words.join(' ');
  if (PASSED_ON.test(phrase)) return false;
  if (SECRET_WORDS.has(last) || JOINED_SECRET.test(last) || SECRET_PHRASES.test(phrase)) return true;
  if ((last === 'key' || last === 'keys') && RANDOM.test(plain)) return true;
  if (words.some((word) => STRONG_WORDS.has(word))) return !ABOUT.has(last) && !SETTING.test(plain);
  return COUNTABLE.has(last) && !SETTING.test(plain);
}

/** The same text without user names and passwords in its addresses, and without those among their parameters. */
export function withoutCredentials(text: string): string {
  const plain = text.trim();
  const bare = plain
    // before what stands in front of an @: a password that is a parameter may have one in it
    .replace(PARAMETER, (_, before: string) => (before === '&' || before === ';' ? '' : before))
    .replace(/,(?:user|password)=[^\s,'"]*/gi, '')
    .replace(/([a-z][a-z0-9+.-]{1,30}:\/\/)[^\s/?#'"<>,]*@/gi, '$1')
    // of several hosts each may have its own
    .replace(/,[^\s:@/,'"]{1,100}:[^\s@/,'"]{1,200}@/g, ',')
    .replace(/(jdbc:oracle:\w{1,10}:)[^\s:@/]{1,100}\/[^\s@'"]{1,200}@/gi, '$1@')
    // as Go's drivers have it: `user:password@tcp(host:3306)/orders`
    .replace(/(^|[\s'"=])[^\s:@/'"=]{1,100}:[^\s@/'"]{0,200}@(?=(?:tcp|unix)\d?\()/g, '$1');
  if (bare === plain) return plain;
  return bare
    .replace(/\?[&;]/g, '?')
    .replace(/\?(?=$|[\s'"])/g, '')
    .replace(/^[&;]|\s+(?=\s|$)/g, '')
    .trim();
}

const PARAMETER =
  /([?&;]|^|\s)(?:user(?:name|[ _]?id)?|uid|password|passwd|pwd|pass|secret|(?:access_?)?token|api_?key|sig|(?:shared_?access|account|access|secret)_?key|sharedaccesssignature)=(?:"[^"]*"|'[^']*'|[^&;\s'"]*)/gi;

/** Lower-case words of a name: `dbPassword`, `DB_PASSWORD` and `db.password` are two words each. */
const wordsOf = (key: string): string[] =>
  key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => (/^\d+$/.test(word) ? '' : word.replace(/(?<=[a-z]{3})\d+$/, '')))
    .filter((word) => word !== '');

const STRONG_WORDS = new Set([
  ...['password', 'passwords', 'passwd', 'passphrase', 'secret', 'secrets', 'credential', 'credentials'],
]);
const SECRET_WORDS = new Set([
  ...STRONG_WORDS,
  ...['pwd', 'pass', 'pw', 'apikey', 'requirepass', 'masterauth', 'userpass', 'authtoken', 'accesskey'],
  ...['secretkey', 'privatekey', 'pgpassword', 'mysqlpwd'],
]);
/** `DATASOURCEPASSWORD`, `sessionsecret`, `bindpw` */
const JOINED_SECRET = /^[a-z]{2,}(?:password|passwd|passphrase|secret|secretkey|apikey)$|^bindpw$/;
/** `max_tokens` 100 is a number of them. */
const COUNTABLE = new Set(['token', 'tokens', 'salt', 'pepper', 'bearer', 'authorization']);
/** `DB_PASSWORD_FILE`, `SECRET_NAME`: where it is, or how it is treated. */
const ABOUT = new Set([
  ...['file', 'path', 'dir', 'location', 'name', 'ref', 'provider', 'type', 'mode', 'policy', 'enabled'],
  ...['encoding', 'encoder', 'length', 'lifetime', 'expiry'],
]);
const SECRET_PHRASES =
  /\b(?:(?:api|access|private|secret|account|signing|encryption|shared|master|license|licence|ssh|deploy|storage|function|hmac|aes|rsa|enc|encrypt|crypto|cipher|fernet|session|cookie|jwt|auth|anon|service role|app) keys?(?: (?:id|base))?|erlang cookie|jaas config|(?:stats|redis|rediscli) auth)$/;

/** As keys are drawn: letters and digits in one, and longer than a name that has both. */
const RANDOM = /^(?=\D*\d)(?=[^a-z]*[a-z])[\w+/=-]{20,}$/i;

/** nginx passes requests on; whether there may be no password, or a random one, is a switch. */
const PASSED_ON =
  /\b(?:(?:proxy|fastcgi|grpc|scgi|uwsgi|memcached|by) pass|(?:allow empty|random root) password)$/;

/** What no secret is, whatever its key: nothing, a switch, a file, a place that something else is put into. */
const HARMLESS =
  /^(?:|true|false|yes|no|on|off|none|null|required|requested|optional|preferred|enabled?|disabled?|include|omit|same-origin|\/[\w./-]+|[a-z]:\\.*|file:.*|\$\{[^}]*\}|\$\([^)]*\)|\$[A-Z_][A-Z0-9_]*|%\w+%|<[^>]*>|\{\{.*\}\})$/is;
/** Numbers, with or without units, and the names of algorithms. */
const SETTING =
  /^(?:-?[\d.]+\s*(?:[a-z%]{0,8})|scram-sha-\d+|md5|trust|plain|bcrypt|argon2\w*|pbkdf2\w*|sha-?\d+|hs\d+|rs\d+)$/i;

const LOOKS_SECRET = [
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /^eyJ[\w-]{8,}\.[\w-]+\.[\w-]*$/,
  /^(?:bearer|basic)\s+[\w+/.=~-]{6,}$/i,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\b(?:gh[pousr]_\w{30,}|github_pat_\w{20,}|glpat-[\w-]{20,}|xox[abposr]-[\w-]{10,}|sk-[\w-]{20,}|[sr]k_(?:live|test)_\w{3,}|AIza[\w-]{35})/,
  /\/\/(?:hooks\.slack\.com\/services|discord(?:app)?\.com\/api\/webhooks)\/\w/,
  /\bpassword\s*=\s*(["'])[^"']+\1/i,
  // redis.conf: user default on >password
  /^\S+\s+(?:on|off)\b.*\s[>#]\S+/,
];

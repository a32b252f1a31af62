/** Random ids for records and boards: 12 characters of 32, 60 bits. Works without a secure context, too. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => ALPHABET[byte & 31]).join('');
}

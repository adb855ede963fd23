/** Ids of new records: short, readable, stable on rename, and the same for the same edit on every machine. */

/** Letters that do not fall apart into one of a to z and a mark. */
const written: Readonly<Record<string, string>> = {
  ...{ ł: 'l', ø: 'o', đ: 'd', ð: 'd', ħ: 'h', ı: 'i', ŧ: 't', ŋ: 'ng', ĸ: 'k' },
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ə: 'e' },
}

/** `Sign refill form` → `sign-refill-form`; a number is added where the id is taken. */
export function slugOf(label: string, taken: { has(id: string): boolean }, fallback: string): string {
  const plain = label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łøđðħıŧŋĸßæœþə]/g, (letter) => written[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 32)
    .replace(/^-+|-+$/g, '')
  const base = plain === '' ? fallback : plain
  if (!taken.has(base)) return base
  for (let n = 2; ; n++) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`
}

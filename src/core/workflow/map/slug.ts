/** Ids of new records: short, readable, stable on rename, and the same for the same edit on every machine. */

/** `Sign refill form` → `sign-refill-form`; a number is added where the id is taken. */
export function slugOf(label: string, taken: { has(id: string): boolean }, fallback: string): string {
  const plain = label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 32)
    .replace(/^-+|-+$/g, '')
  const base = plain === '' ? fallback : plain
  if (!taken.has(base)) return base
  for (let n = 2; ; n++) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`
}

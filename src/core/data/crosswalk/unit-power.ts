/** Units that differ by a power of ten: what a dose loses when a unit is swapped. */

const prefixes: ReadonlyMap<string, number> = new Map([
  ['k', 3],
  ['d', -1],
  ['c', -2],
  ['m', -3],
  ['u', -6],
  ['n', -9],
  ['p', -12],
])

/** Dimension of a unit and its power of ten; null for units without a prefix that could be swapped. */
export function baseUnit(unit: string): { base: string; power: number } | null {
  const found = /^([kdcmunp]?)(g|L|l|mol|m)(\/.+)?$/.exec(unit)
  if (!found) return null
  const base = (found[2] === 'l' ? 'L' : (found[2] ?? '')) + (found[3] ?? '')
  return { base, power: prefixes.get(found[1] ?? '') ?? 0 }
}

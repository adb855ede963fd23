/** The number of a column by its name. */

/** A header of 10,000 names is asked for each of them, by every rule and for every record. */
const known = new WeakMap<readonly string[], ReadonlyMap<string, number>>()

/** The first column of this name, as `header.indexOf`; -1 where there is none. The header must not change. */
export function columnIn(header: readonly string[], name: string): number {
  let columns = known.get(header)
  if (!columns) {
    const made = new Map<string, number>()
    for (const [column, each] of header.entries()) if (!made.has(each)) made.set(each, column)
    known.set(header, made)
    columns = made
  }
  return columns.get(name) ?? -1
}

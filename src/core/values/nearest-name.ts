/** The name that was probably meant: the one with the fewest letters changed, added or left out. */

/** Null where more than a third of the letters would have to change; of names equally near the first. */
export function nearestName(wanted: string, names: readonly string[]): string | null {
  const plain = (name: string): string => name.toLowerCase().slice(0, longest)
  let best: string | null = null
  let fewest = Math.max(1, Math.floor(plain(wanted).length / 3)) + 1
  for (const name of names) {
    const changes = changesBetween(plain(wanted), plain(name))
    if (changes < fewest) {
      best = name
      fewest = changes
    }
  }
  return best
}

const longest = 100

/** Levenshtein distance, row by row. */
function changesBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++)
      next.push(Math.min((row[j] ?? 0) + (letter === b[j] ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    row = next
  }
  return row[b.length] ?? 0
}

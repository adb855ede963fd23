/** How much of what waits is written together. */

/** So many of the first that they stay under both limits; always one. */
export function groupSize<T>(waiting: readonly T[], most: number, mostBytes: number, bytesOf: (one: T) => number): number {
  let bytes = 0
  for (const [index, one] of waiting.entries()) {
    bytes += bytesOf(one)
    if (index > 0 && (index >= most || bytes > mostBytes)) return index
  }
  return waiting.length
}

/** Best one-to-one assignment by total score (Hungarian algorithm with potentials, O(n³)). */

/** `scores[i][j]`, any shape; gives the column of each row, −1 for rows left over. Equal totals are settled by order. */
export function assign(scores: readonly Float64Array[]): Int32Array {
  const rows = scores.length
  const columns = scores[0]?.length ?? 0
  const size = Math.max(rows, columns)
  const cost = (i: number, j: number): number => (i < rows && j < columns ? 1 - (scores[i]?.[j] ?? 0) : 1)
  const u = new Float64Array(size + 1)
  const v = new Float64Array(size + 1)
  // rowOf[j] is the row that holds column j; column 0 and row 0 stand outside.
  const rowOf = new Int32Array(size + 1)
  const way = new Int32Array(size + 1)
  for (let i = 1; i <= size; i++) {
    rowOf[0] = i
    let j0 = 0
    const least = new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY)
    const used = new Uint8Array(size + 1)
    do {
      used[j0] = 1
      const i0 = rowOf[j0] ?? 0
      let delta = Number.POSITIVE_INFINITY
      let j1 = 0
      for (let j = 1; j <= size; j++) {
        if (used[j]) continue
        const reduced = cost(i0 - 1, j - 1) - (u[i0] ?? 0) - (v[j] ?? 0)
        if (reduced < (least[j] ?? 0)) {
          least[j] = reduced
          way[j] = j0
        }
        if ((least[j] ?? 0) < delta) {
          delta = least[j] ?? 0
          j1 = j
        }
      }
      for (let j = 0; j <= size; j++) {
        if (used[j]) {
          u[rowOf[j] ?? 0] = (u[rowOf[j] ?? 0] ?? 0) + delta
          v[j] = (v[j] ?? 0) - delta
        } else least[j] = (least[j] ?? 0) - delta
      }
      j0 = j1
    } while ((rowOf[j0] ?? 0) !== 0)
    do {
      const j1 = way[j0] ?? 0
      rowOf[j0] = rowOf[j1] ?? 0
      j0 = j1
    } while (j0 !== 0)
  }
  const columnOf = new Int32Array(rows).fill(-1)
  for (let j = 1; j <= columns; j++) {
    const row = (rowOf[j] ?? 0) - 1
    if (row >= 0 && row < rows) columnOf[row] = j - 1
  }
  return columnOf
}

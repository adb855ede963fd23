/** MSER-5 (White 1997): how many of the first cases to leave out because the system is still filling. */

export interface WarmUp {
  readonly skip: number
  /** False when the best cut lies at half of the run: still warming up. */
  readonly settled: boolean
}

/** Batches of 5; the cut d ≤ n/2 with the least Σ(Y − Ȳ)²/(n − d)² over what is left. */
export function mser5(series: Float64Array): WarmUp {
  const n = Math.floor(series.length / 5)
  if (n < 4) return { skip: 0, settled: true }
  const means = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let k = 0; k < 5; k++) sum += series[5 * i + k] ?? 0
    means[i] = sum / 5
  }
  let sum = 0
  let squares = 0
  let best = Number.POSITIVE_INFINITY
  let cut = 0
  const half = Math.floor(n / 2)
  for (let d = n - 1; d >= 0; d--) {
    const value = means[d] ?? 0
    sum += value
    squares += value * value
    const left = n - d
    const spread = (squares - (sum * sum) / left) / (left * left)
    if (d <= half && spread <= best) {
      best = spread
      cut = d
    }
  }
  return { skip: cut * 5, settled: cut < half }
}

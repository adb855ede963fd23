/** Page–Hinkley: where the mean of a series begins to rise or fall and stays there. */

export interface Shift {
  /** Where it was noticed, and where it began, as indexes of the series. */
  readonly noticed: number
  readonly began: number
  readonly direction: 'up' | 'down'
}

/** Drift that is not worth an alarm, and the sum at which one is raised; both in standard deviations of the baseline. */
const tolerated = 0.35
const alarm = 15

/** `baseline` values from the begin of the series say what is usual; null where nothing changes. */
export function pageHinkley(series: readonly number[], baseline: number): Shift | null {
  const usual = series.slice(0, baseline)
  if (usual.length < 10) return null
  const mean = usual.reduce((sum, value) => sum + value, 0) / usual.length
  const sd = Math.sqrt(usual.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (usual.length - 1))
  // Rounding leaves a spread of 1e-16 in equal values, against which every later value would be far off.
  if (sd <= 1e-9 * Math.max(1, Math.abs(mean))) return null
  const sums = { up: 0, down: 0 }
  const since = { up: baseline, down: baseline }
  for (let i = baseline; i < series.length; i++) {
    const z = ((series[i] as number) - mean) / sd
    for (const [direction, step] of [
      ['up', z - tolerated],
      ['down', -z - tolerated],
    ] as const) {
      sums[direction] = Math.max(0, sums[direction] + step)
      if (sums[direction] === 0) since[direction] = i + 1
      if (sums[direction] > alarm) return { noticed: i, began: since[direction], direction }
    }
  }
  return null
}

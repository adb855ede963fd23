/** Buckets of numbers, narrow enough for quantiles within one percent. */

const double = new Float64Array(1)
const halves = new Uint32Array(double.buffer)

/** Sign, exponent and the first six binary digits of a double: a bucket is at most 1/64 of its value wide. */
export function bucketOf(value: number): number {
  // Both zeros are one value.
  double[0] = value === 0 ? 0 : value
  return (halves[1] as number) >>> 14
}

/** The middle of a bucket, hence within 1/128 of every value in it. */
function bucketValue(bucket: number): number {
  if (bucket === 0) return 0
  halves[1] = (bucket << 14) | (1 << 13)
  halves[0] = 0
  return Number((double[0] as number).toPrecision(6))
}

/** The values below which the shares of all lie, as the middles of their buckets. @param all sum of the counts of all buckets */
export function quantilesOf(buckets: ReadonlyMap<number, number>, all: number, shares: readonly number[]): number[] {
  const sorted = [...buckets].map(([bucket, count]) => [bucketValue(bucket), count] as const).sort((a, b) => a[0] - b[0])
  return shares.map((share) => {
    const wanted = Math.max(1, Math.ceil(share * all))
    let before = 0
    for (const [value, count] of sorted) {
      before += count
      if (before >= wanted) return value
    }
    return 0
  })
}

/** Logarithm, exponential and normal quantile out of + − × ÷ √ alone: the language leaves the last bits of Math.log to the engine. */

const bytes = new ArrayBuffer(8)
const float = new Float64Array(bytes)
const words = new Uint32Array(bytes)
float[0] = 1
/** Which half of a double holds the exponent on this machine. */
const high = words[1] === 0x3ff00000 ? 1 : 0

const ln2 = Math.LN2

/** Natural logarithm of a normal positive double; relative error below 1e-15. */
export function ln(x: number): number {
  float[0] = x
  const word = words[high] ?? 0
  let exponent = (word >>> 20) - 1023
  words[high] = (word & 0x000fffff) | 0x3ff00000
  let m = float[0]
  if (m > Math.SQRT2) {
    m /= 2
    exponent++
  }
  const s = (m - 1) / (m + 1)
  const z = s * s
  // atanh series to s²¹: |s| ≤ 0.1716.
  const sum =
    1 +
    z *
      (1 / 3 +
        z *
          (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * (1 / 15 + z * (1 / 17 + z * (1 / 19 + z / 21)))))))))
  return exponent * ln2 + 2 * s * sum
}

/** Exponential for −700 … 700. */
export function exp(x: number): number {
  const k = Math.round(x / ln2)
  const r = x - k * ln2
  let sum = 1
  for (let i = 14; i >= 1; i--) sum = 1 + (sum * r) / i
  float[0] = 1
  words[high] = (k + 1023) << 20
  return sum * float[0]
}

const a = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1, 2.506628277459239,
] as const
const b = [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1] as const
const c = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783,
] as const
const d = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416] as const

/** Quantile of the standard normal (Acklam's rational approximation, relative error below 1.2e-9). */
export function normalQuantile(p: number): number {
  if (p < 0.02425) return tail(Math.sqrt(-2 * ln(p)))
  if (p > 0.97575) return -tail(Math.sqrt(-2 * ln(1 - p)))
  const q = p - 0.5
  const r = q * q
  return (
    ((((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q) /
    (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1)
  )
}

function tail(q: number): number {
  return (
    (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) / ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1)
  )
}

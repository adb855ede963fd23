/** Logarithm, exponential and normal quantile out of + − × ÷ √ alone: the language leaves the last bits of Math.log to the engine. */

const bytes = new ArrayBuffer(8)
const float = new Float64Array(bytes)
const words = new Uint32Array(bytes)
float[0] = 1
/** Which half of a double holds the exponent on this machine. */
const high = words[1] === 0x3ff00000 ? 1 : 0

const ln2 = Math.LN2

/** Places c = k/128 around which the logarithm is developed: 1/c and ln c, for k = 90 … 182. */
const firstPlace = 90
const inverses = Float64Array.from({ length: 93 }, (_, i) => 128 / (firstPlace + i))
const logarithms = Float64Array.from({ length: 93 }, (_, i) => bySeries((firstPlace + i) / 128))

/** 2ᵏ⁻¹⁰²³ … for k up to 2046, exact. */
const powers = new Float64Array(2047)
for (let k = 0, up = 1; k <= 1023; k++, up *= 2) {
  powers[1023 + k] = up
  powers[1023 - k] = 1 / up
}

/** Natural logarithm of a normal positive double; relative error below 1e-15. */
export function ln(x: number): number {
  float[0] = x
  let exponent = ((words[high] as number) >>> 20) - 1023
  // Multiplied, not written into the bits: reading a double back that was half overwritten costs more than all the rest.
  let m = x * (powers[1023 - exponent] as number)
  if (m > Math.SQRT2) {
    m /= 2
    exponent++
  }
  const k = (m * 128 + 0.5) | 0
  // m − c is exact, and at c = 1 nothing is lost where ln x is small. |r| ≤ 0.0056: terms to r⁷.
  const r = (m - k / 128) * (inverses[k - firstPlace] as number)
  const tail = r * r * (0.5 - r * (1 / 3 - r * (0.25 - r * (0.2 - r * (1 / 6 - r / 7)))))
  return exponent * ln2 + ((logarithms[k - firstPlace] as number) + (r - tail))
}

/** ln m for m in √½ … √2: the atanh series to s²¹, |s| ≤ 0.1716. */
function bySeries(m: number): number {
  const s = (m - 1) / (m + 1)
  const z = s * s
  let sum = 0
  for (let n = 21; n >= 1; n -= 2) sum = 1 / n + z * sum
  return 2 * s * sum
}

/** 1 / n for the series of the exponential. */
const reciprocals = Float64Array.from({ length: 15 }, (_, n) => 1 / n)

/** Exponential up to 700; 0 below −700. */
export function exp(x: number): number {
  if (x < -700) return 0
  const k = Math.round(x / ln2)
  const r = x - k * ln2
  let sum = 1
  for (let i = 14; i >= 1; i--) sum = 1 + sum * r * (reciprocals[i] as number)
  return sum * (powers[1023 + k] as number)
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

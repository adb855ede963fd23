/** Shares of the normal and gamma distributions, for fits; about ten digits. */

/** Lanczos approximation (g = 7, n = 9). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const z = x - 1
  const t = z + 7.5
  const sum = lanczos.reduce((total, c, index) => total + (index === 0 ? c : c / (z + index)), 0)
  return Math.log(2 * Math.PI) / 2 + (z + 0.5) * Math.log(t) - t + Math.log(sum)
}

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** Regularised lower incomplete gamma: share of a gamma of this shape and scale 1 that is at most x. Series below, continued fraction above. */
export function gammaShare(shape: number, x: number): number {
  if (x <= 0) return 0
  const front = Math.exp(shape * Math.log(x) - x - logGamma(shape))
  if (x < shape + 1) {
    let term = 1 / shape
    let sum = term
    for (let n = 1; n < 1000 && term > sum * 1e-14; n++) {
      term *= x / (shape + n)
      sum += term
    }
    return Math.min(1, front * sum)
  }
  let b = x + 1 - shape
  let c = 1e300
  let d = 1 / b
  let h = d
  for (let i = 1; i < 1000; i++) {
    const a = -i * (i - shape)
    b += 2
    d = 1 / (a * d + b || 1e-300)
    c = b + a / c || 1e-300
    const step = c * d
    h *= step
    if (Math.abs(step - 1) < 1e-14) break
  }
  return Math.max(0, 1 - front * h)
}

/** Share of the standard normal that is at most z. */
export function normalShare(z: number): number {
  const half = gammaShare(0.5, (z * z) / 2) / 2
  return z < 0 ? 0.5 - half : 0.5 + half
}

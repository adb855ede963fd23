/** A non-negative number with its own binary exponent: products of thousands of small factors keep their digits, without logarithms. */

const step = 2 ** 512
const stepBack = 2 ** -512

export interface Scaled {
  times(factor: number): void
  plus(other: Scaled): void
  plusProduct(other: Scaled, factor: number): void
  /** As an ordinary number; 0 when too small to write. */
  value(): number
  readonly parts: { readonly mantissa: number; readonly steps: number }
}

export function scaled(initial: number): Scaled {
  let mantissa = initial
  let steps = 0
  const settle = (): void => {
    if (mantissa === 0) steps = 0
    else if (mantissa < stepBack) {
      mantissa *= step
      steps--
    } else if (mantissa > step) {
      mantissa *= stepBack
      steps++
    }
  }
  return {
    times(factor) {
      mantissa *= factor
      settle()
    },
    plus(other) {
      this.plusProduct(other, 1)
    },
    plusProduct(other, factor) {
      const { mantissa: theirs, steps: addedSteps } = other.parts
      const added = theirs * factor
      if (added === 0) return
      if (mantissa === 0) {
        mantissa = added
        steps = addedSteps
      } else if (addedSteps === steps) mantissa += added
      else if (addedSteps === steps - 1) mantissa += added * stepBack
      else if (addedSteps === steps + 1) {
        mantissa = mantissa * stepBack + added
        steps = addedSteps
      } else if (addedSteps > steps) {
        mantissa = added
        steps = addedSteps
      }
      settle()
    },
    value() {
      if (steps > 1) return Number.POSITIVE_INFINITY
      if (steps < -2) return 0
      return mantissa * (steps === 1 ? step : steps === 0 ? 1 : steps === -1 ? stepBack : stepBack * stepBack)
    },
    get parts() {
      return { mantissa, steps }
    },
  }
}

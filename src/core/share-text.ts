/** A share as people read it. */

/**
 * "1.53 %": at most so many of so many, to the hundredth. A bound is rounded up: rounded down it would promise what was not proven, and one
 * of none would deny what may be there.
 */
export function boundText(most: number, of: number): string {
  const hundredths = (most * 10_000) / Math.max(1, of)
  return hundredths > 0 && hundredths < 1 ? '< 0.01 %' : `${(Math.ceil(hundredths) / 100).toFixed(2)} %`
}

/** `share` from 0 to 1: "92 %", with one decimal where it has one. What is not none and not all never reads as 0 % or 100 %. */
export function shareText(share: number): string {
  const tenths = Math.round(share * 1000)
  if (share > 0 && tenths === 0) return '< 0.1 %'
  if (share < 1 && tenths === 1000) return '> 99.9 %'
  return `${tenths / 10} %`
}

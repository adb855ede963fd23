/** A share as people read it. */

/** `share` from 0 to 1: "92 %", with one decimal where it has one. What is not none and not all never reads as 0 % or 100 %. */
export function shareText(share: number): string {
  const tenths = Math.round(share * 1000)
  if (share > 0 && tenths === 0) return '< 0.1 %'
  if (share < 1 && tenths === 1000) return '> 99.9 %'
  return `${tenths / 10} %`
}

/** Lengths of time as people read them, the same on the screen and on the command line: "18 h 12 min", "4 min", "40 s". */

/** @param seconds from 0 up */
export function durationText(seconds: number): string {
  if (Math.round(seconds) < 60) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const whole = String(hours).replace(/\B(?=(?:\d{3})+$)/g, ',')
  return rest === 0 ? `${whole} h` : `${whole} h ${rest} min`
}

/** A change: "−1 h 5 min", "+40 s", "0 s". */
export function changeText(seconds: number): string {
  const text = durationText(Math.abs(seconds))
  if (text === '0 s') return text
  return `${seconds < 0 ? '−' : '+'}${text}`
}

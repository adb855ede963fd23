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

/** What a range of changes means: "84 min less", "2 to 5 min more", "3 min less to 5 min more", "no change". Ends in any order. */
export function rangeOfMinutes([one, other]: readonly [number, number]): string {
  const [low, high] = [Math.min(one, other), Math.max(one, other)].map((value) => Math.round(value * 10) / 10)
  const text = (value = 0): string => String(Math.abs(value) >= 100 ? Math.round(Math.abs(value)) : Math.abs(value))
  const word = (value = 0): string => (value < 0 ? 'less' : 'more')
  const [a, b] = [text(low), text(high)]
  if (low === 0 && high === 0) return 'no change'
  if (a === b && word(low) === word(high)) return `${a} min ${word(low)}`
  if (low !== undefined && high !== undefined && low < 0 && high > 0) return `${a} min less to ${b} min more`
  const ends = (high ?? 0) <= 0 ? [b, a] : [a, b]
  return `${ends.join(' to ')} min ${(high ?? 0) <= 0 ? 'less' : 'more'}`
}

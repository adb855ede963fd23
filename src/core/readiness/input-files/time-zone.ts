/** Times by the clock of a place, without an offset, written with the offset that its zone had then (IANA time zone database, or a fixed offset). */

const fixed = /^(?:Z|UTC|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))$/
/** Three letters mean different places to different people, but for these of the database. */
const named = /^(?:[A-Za-z].*\/.+|[A-Za-z]\w{3,}|GMT|[CEMW]ET)$/
const local = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?([.,]\d+)?$/

/** True for UTC, an offset as +01:00, and a name of the database as Europe/Vienna, Japan or CET. */
export function isZone(zone: string): boolean {
  if (fixed.test(zone)) return true
  try {
    return named.test(zone) && new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** True for a day with a time and nothing that says where. */
export function lacksOffset(time: string): boolean {
  return local.test(time.trim())
}

/** @param time one that lacks its offset; in the hour that a clock reads twice the earlier moment is meant */
export function inZone(time: string, zone: string): string {
  const [, day = '', minute = '', second = ':00', part = ''] = local.exec(time.trim()) ?? []
  const offset = zone === 'UTC' || zone === 'Z' ? 'Z' : fixed.test(zone) ? zone : offsetThen(`${day}T${minute}${second}Z`, zone)
  return `${day}T${minute}${second}${part.replace(',', '.')}${offset}`
}

/** The offset of a zone at a moment of its own clock: that of the day before and of the day after are the two it can have. */
function offsetThen(clock: string, zone: string): string {
  const at = Date.parse(clock)
  const around = [-1, 1].map((days) => offsetAt(at + days * 86_400_000, zone))
  const fits = around.find((minutes) => offsetAt(at - minutes * 60_000, zone) === minutes)
  const minutes = fits ?? around[0] ?? 0
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** Minutes that the clock of the zone is ahead of UTC. */
function offsetAt(at: number, zone: string): number {
  const parts = new Map(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)] as const),
  )
  const get = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
  const clock = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'))
  return Math.round(clock / 60_000 - Math.floor(at / 60_000))
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}

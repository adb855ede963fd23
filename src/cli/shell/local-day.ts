/** The day where a command runs: asked once per run, so that nothing in it disagrees about today. */

/** YYYY-MM-DD by the clock on the wall, not by that of Greenwich. */
export function localDay(now: Date = new Date()): string {
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}

/**
 * How many projects this browser has kept, in a cookie: it stands outside IndexedDB, holds a count and no data, and goes only when the
 * person clears the site. Other ports of a host see it, and have databases of their own.
 */

const marker = (): string => `carryover-projects-${globalThis.location?.port ?? ''}`
/** Earlier versions had one count for all ports of a host. */
const earlierMarker = 'carryover-projects'

export function readMarker(): number {
  return countIn(marker()) ?? 0
}

/** The most that this database can have had; null where nothing tells. Of the two counts the larger: it only ever keeps something from being dropped. */
export function mostProjects(): number | null {
  const counts = [countIn(marker()), countIn(earlierMarker)].filter((count) => count !== null)
  return counts.length === 0 ? null : Math.max(...counts)
}

export function writeMarker(count: number): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the marker must be outside IndexedDB and readable at once; it holds one number
  document.cookie = `${marker()}=${count}; max-age=31536000; path=/; SameSite=Strict`
}

function countIn(name: string): number | null {
  const match = new RegExp(`(?:^|; )${name}=(\\d+)`).exec(document.cookie)
  return match ? Number(match[1]) : null
}

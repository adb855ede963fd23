/** Where a link may lead: a page of this app, or a file that came with it. A browser never sends what stands behind `#`. */

export type Address = `#/${string}` | 'about/licences.txt' | 'about/sbom.cdx.json'

/** The link to a page by its path and search, `/data/findings/…?severity=critical`: whatever is given, it leads to no other host. */
export function linkTo(route: string): Address {
  return `#/${route.replace(/^#?\/?/, '')}`
}

/** Keystroke-level model (Card, Moran, Newell 1980): what error-free experts need, within about 21 %. */
import type { Node } from './workflow.ts'

/** Seconds: key of an average skilled typist, pointing, button press or release, thinking. */
export const klm = { key: 0.2, point: 1.1, button: 0.1, mental: 1.35 } as const

/** Pointing plus press and release. */
export const secondsPerClick = klm.point + 2 * klm.button

/** Response time of the system per screen counts as 0 unless measured; null when clicks are not given. */
export function klmSeconds(node: Node): { readonly least: number; readonly most: number } | null {
  if (node.clicks === null) return null
  const least = secondsPerClick * node.clicks + klm.key * (node.keys ?? 0)
  return { least, most: least + klm.mental * node.clicks }
}

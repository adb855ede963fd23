/** Which source of the project a file is: by its digest first, then by its name among those that are not here yet. */
import type { Side, SourceEntry } from '../../core/data/source.ts'

export type Match =
  /** The same bytes, under the name the project knows or found back. */
  | { readonly kind: 'same'; readonly source: SourceEntry }
  /** Other bytes under a name whose file is not in this session. */
  | { readonly kind: 'newer'; readonly source: SourceEntry }
  /** Other bytes under the name of a file that is in this session: a newer extract, or the file of the other side. */
  | { readonly kind: 'ask'; readonly source: SourceEntry; readonly otherSide: Side | null }
  | { readonly kind: 'new' }

/**
 * @param here ids of the sources whose bytes are in this session
 */
export function matchSource(
  name: string,
  sha256: string | null,
  sources: readonly SourceEntry[],
  here: ReadonlySet<string>,
): Match {
  const named = sources.filter((source) => source.name === name)
  const missing = sources.filter((source) => !here.has(source.id))
  const bytesAre = (source: SourceEntry): boolean => source.sha256 !== null && source.sha256 === sha256
  const same = named.filter(bytesAre)
  const found = same.find((source) => !here.has(source.id)) ?? same[0] ?? missing.find(bytesAre)
  if (found) return { kind: 'same', source: found }
  const awaited = named.find((source) => !here.has(source.id))
  if (awaited) return { kind: 'newer', source: awaited }
  const [first] = named
  if (!first) return { kind: 'new' }
  const taken = new Set(named.map((source) => source.side))
  const otherSide = (['legacy', 'target'] as const).find((side) => !taken.has(side)) ?? null
  return { kind: 'ask', source: first, otherSide }
}

/** Names of streams: `ledger`, `files`, `map/<id>` and `sealed/<kind>`. Any other name is refused. */

export type StreamKind = 'ledger' | 'files' | 'map' | 'sealed'

export interface StreamName {
  readonly kind: StreamKind
  /** What stands behind the slash; empty for `ledger` and `files`. */
  readonly id: string
}

/** Ids as workflows and sealed kinds have them: no slash, no dot at the start, at most 128 characters. */
const identifier = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/

/** Null for a name that is none. */
export function streamNameOf(text: string): StreamName | null {
  if (text === 'ledger' || text === 'files') return { kind: text, id: '' }
  const slash = text.indexOf('/')
  const kind = text.slice(0, slash)
  const id = text.slice(slash + 1)
  if (slash < 0 || !identifier.test(id)) return null
  return kind === 'map' || kind === 'sealed' ? { kind, id } : null
}

/** Ids of projects as addresses carry them. */
export function isProjectId(text: string): boolean {
  return identifier.test(text)
}

/** Prefixes of a BPMN document: those it declares itself, because what is written back uses them, and free ones for the rest. */
import type { Json } from '../../../canonical.ts'
import { isMembers } from '../../../values/json.ts'
import { boundsUri, carryoverUri, diagramUri, linesUri, modelUri } from './vocabulary.ts'

export interface Spaces {
  /** Declarations that have to be added. */
  readonly declared: Readonly<Record<string, string>>
  /** Prefix of a namespace with its colon; empty where it is the default one. */
  of(uri: string): string
}

const usual: readonly (readonly [uri: string, prefix: string])[] = [
  [modelUri, 'bpmn'],
  [diagramUri, 'bpmndi'],
  [boundsUri, 'dc'],
  [linesUri, 'di'],
  [carryoverUri, 'carryover'],
]

/** @param attributes of the `definitions` that a map came from */
export function spacesOf(attributes: Json | undefined): Spaces {
  const names = new Set<string>()
  const prefixes = new Map<string, string>()
  for (const [name, uri] of Object.entries(isMembers(attributes) ? attributes : {})) {
    const match = /^xmlns(?::(.+))?$/.exec(name)
    if (!match || typeof uri !== 'string') continue
    names.add(match[1] ?? '')
    if (!prefixes.has(uri)) prefixes.set(uri, match[1] === undefined ? '' : `${match[1]}:`)
  }
  const declared: Record<string, string> = {}
  for (const [uri, wanted] of usual) {
    if (prefixes.has(uri)) continue
    let prefix = wanted
    for (let n = 2; names.has(prefix); n++) prefix = `${wanted}${n}`
    names.add(prefix)
    prefixes.set(uri, `${prefix}:`)
    declared[`xmlns:${prefix}`] = uri
  }
  return { declared, of: (uri) => prefixes.get(uri) ?? '' }
}

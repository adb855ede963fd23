/** Whether a run read what the project names as its sources today: the bytes, and the way they are read. */
import { digestOf } from '../../canonical.ts'
import type { SourceEntry } from '../../data/model/source.ts'
import type { RunInput, RunSummary } from './run.ts'
import { jsonOf } from './save.ts'

/** Digest of everything beside the bytes that decides what is read: side, table, format, choices and the schema it is bound to. */
export function readingDigest({ side, table, format, reading, schema }: Omit<SourceEntry, 'sha256'>): string {
  return digestOf(jsonOf({ side, table, format, reading, schema }))
}

export interface InputChange {
  readonly name: string
  readonly how: 'changed' | 'read otherwise' | 'added' | 'removed'
}

/** The first source that is not as the run read it; null when all are. Files of one name on one side are told apart by their order. */
export function inputChange(sources: readonly SourceEntry[], run: Pick<RunSummary, 'inputs'>): InputChange | null {
  const left = new Map<string, RunInput[]>()
  for (const input of run.inputs) left.set(keyOf(input), [...(left.get(keyOf(input)) ?? []), input])
  for (const source of sources) {
    const { name } = source
    const input = left.get(keyOf(source))?.shift()
    if (!input) return { name, how: movedFrom(source, left) ? 'read otherwise' : 'added' }
    if (source.sha256 !== null && bare(source.sha256) !== bare(input.sha256)) return { name, how: 'changed' }
    if (input.reading !== undefined && input.reading !== readingDigest(source)) return { name, how: 'read otherwise' }
  }
  const [gone] = [...left.values()].flat()
  return gone ? { name: gone.name, how: 'removed' } : null
}

/** The same bytes under the same name on the other side: somebody changed the side, nobody added a file. */
function movedFrom(source: SourceEntry, left: ReadonlyMap<string, readonly RunInput[]>): boolean {
  const other = left.get(keyOf({ side: source.side === 'legacy' ? 'target' : 'legacy', name: source.name })) ?? []
  return other.some((input) => source.sha256 !== null && bare(input.sha256) === bare(source.sha256))
}

/** "allergies.csv changed", "how allergies.csv is read changed", "allergies.csv was added". */
export function changeWords({ name, how }: InputChange): string {
  if (how === 'changed') return `${name} changed`
  return how === 'read otherwise' ? `how ${name} is read changed` : `${name} was ${how}`
}

function keyOf({ side, name }: Pick<RunInput, 'side' | 'name'>): string {
  return `${side}\n${name}`
}

/** Digests are written with or without the name of the algorithm. */
function bare(digest: string): string {
  return digest.replace(/^sha256:/, '')
}

/** What a run of the server rests on: the documents of the project as they stand here, and which of its files the server finds. */
import { type SourceEntry, sides, sourcesDocument } from '../../core/data/model/source.ts'
import { isOfRun, type ServerInputs, type ServerVerb } from '../../core/team/server-runs.ts'
import { keptIn } from '../../core/values/document.ts'
import { placedFiles, placedSource } from '../../io/s3/placed-sources.ts'
import type { BlobFolder } from '../store/blobs.ts'
import type { Room } from '../streams/room.ts'

/** Most bytes of one document that a run reads; definitions of FHIR packages are the largest. */
const largestDocument = 256 * 1024 * 1024

export interface RunDocuments {
  /** By path and SHA-256. */
  readonly digests: Readonly<Record<string, string>>
  readonly bytes: ReadonlyMap<string, Uint8Array>
}

/** A sentence where the project is not all here. */
export async function runDocuments(room: Room, blobs: BlobFolder): Promise<RunDocuments | string> {
  const digests: Record<string, string> = {}
  const bytes = new Map<string, Uint8Array>()
  for (const [path, { digest }] of await room.files()) {
    if (digest === null || !isOfRun(path)) continue
    const held = await blobs.bytes(room.project, digest, largestDocument)
    if (held === null) return `${path} of this project is not on the server. Open the project in a browser that has it.`
    digests[path] = digest
    bytes.set(path, held)
  }
  if (!bytes.has('carryover.json')) return 'This project is still being moved to the server. Try again when that is done.'
  return { digests, bytes }
}

/** @param place where the files of this project lie */
export async function runInputs({ bytes }: RunDocuments, place: string): Promise<ServerInputs> {
  const named = sourcesOf(bytes)
  const sources = await Promise.all(
    named.map(async ({ side, name }) => ({ side, name, bytes: (await placedSource(place, side, name))?.source.size ?? null })),
  )
  const unnamed: ServerInputs['unnamed'][number][] = []
  for (const side of sides)
    for (const file of await placedFiles(place, side))
      if (!named.some((source) => source.side === side && source.name === file.name)) unnamed.push({ side, ...file })
  return { place, sources, unnamed, verbs: verbsOf(bytes, named) }
}

function sourcesOf(bytes: RunDocuments['bytes']): readonly SourceEntry[] {
  const document = bytes.get('data/sources.json')
  return (document && keptIn(document, sourcesDocument)) ?? []
}

/** What the project has enough for: both sides are held against each other by a field map. */
function verbsOf(bytes: RunDocuments['bytes'], sources: readonly SourceEntry[]): ServerVerb[] {
  const has = (side: SourceEntry['side']): boolean => sources.some((source) => source.side === side)
  if (sources.length === 0) return []
  const isMapped = [...bytes.keys()].some((path) => path.startsWith('mapping/'))
  return ['validate', ...(has('legacy') && has('target') && isMapped ? (['reconcile'] as const) : []), 'profile']
}

/** What a run of the server rests on: the documents of the project as they stand here, and which of its files the server finds. */
import { type SourceEntry, sides, sourcesDocument } from '../../core/data/model/source.ts'
import { isOfRun, type ServerInputs, type ServerVerb } from '../../core/team/server-runs.ts'
import { keptIn } from '../../core/values/document.ts'
import { placedFiles, placedSource } from '../../io/s3/placed-sources.ts'
import { type BlobFolder, largestBlob } from '../store/blobs.ts'
import type { Room } from '../streams/room.ts'

/** By path and SHA-256; a sentence where the project is not all here. Reads none of them. */
export async function runDocuments(room: Room, blobs: BlobFolder): Promise<Readonly<Record<string, string>> | string> {
  const digests: Record<string, string> = {}
  for (const [path, { digest }] of await room.files()) {
    if (digest === null || !isOfRun(path)) continue
    if (!(await blobs.has(room.project, digest)))
      return `${path} of this project is not on the server. Open the project in a browser that has it.`
    digests[path] = digest
  }
  if (digests['carryover.json'] === undefined)
    return 'This project is still being moved to the server. Try again when that is done.'
  return digests
}

/** @param place where the files of this project lie */
export async function runInputs(room: Room, blobs: BlobFolder, place: string): Promise<ServerInputs | string> {
  const digests = await runDocuments(room, blobs)
  if (typeof digests === 'string') return digests
  const named = await sourcesOf(room.project, digests['data/sources.json'], blobs)
  const sources = await Promise.all(
    named.map(async ({ side, name }) => ({ side, name, bytes: (await placedSource(place, side, name))?.source.size ?? null })),
  )
  const unnamed: ServerInputs['unnamed'][number][] = []
  for (const side of sides)
    for (const file of await placedFiles(place, side))
      if (!named.some((source) => source.side === side && source.name === file.name)) unnamed.push({ side, ...file })
  return { place, sources, unnamed, verbs: verbsOf(Object.keys(digests), named) }
}

async function sourcesOf(project: string, digest: string | undefined, blobs: BlobFolder): Promise<readonly SourceEntry[]> {
  const document = digest === undefined ? null : await blobs.bytes(project, digest, largestBlob)
  return (document && keptIn(document, sourcesDocument)) ?? []
}

/** What the project has enough for: both sides are held against each other by a field map. */
function verbsOf(paths: readonly string[], sources: readonly SourceEntry[]): ServerVerb[] {
  const has = (side: SourceEntry['side']): boolean => sources.some((source) => source.side === side)
  if (sources.length === 0) return []
  const isMapped = paths.some((path) => path.startsWith('mapping/'))
  return ['validate', ...(has('legacy') && has('target') && isMapped ? (['reconcile'] as const) : []), 'profile']
}

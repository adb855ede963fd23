/** What the tasks of a mapping write down, and how it is read again: pieces of files in several shuffle files, so that none grows large. */
import { deserialize, serialize } from 'node:v8'
import type { NotedKeys } from '../../core/data/crosswalk/records/key-log.ts'
import type { MapPiece, MapTotals } from '../../core/data/crosswalk/records/map-stretch.ts'
import type { RunKey } from '../run-key.ts'
import type { TaskWork } from '../spread-verb.ts'
import type { BlocksAsked } from '../stretches/opened.ts'
import { type PieceEnds, readPiece, writePieces } from '../stretches/shuffled.ts'
import type { EndedPart } from '../stretches/stretches-of.ts'
import type { WorkFolder } from '../work-folder.ts'

export interface MapAsked extends BlocksAsked {
  /** Of the field map: each task must follow the same one. */
  readonly mapping: string
  /** False where nobody asked for files: only the counts are shown. */
  readonly writes: boolean
  readonly turns: readonly number[]
}

/** The part of a task that mapped a stretch; names of target files, no cell. */
export interface MapPart extends EndedPart {
  /** Files of pieces in their order: of each piece what it is, and the type of its records. */
  readonly files: readonly {
    readonly ends: PieceEnds
    readonly pieces: readonly (readonly [kind: MapPiece['kind'], type: string])[]
  }[]
  /** Why the end of its container could not be unpacked. */
  readonly damage: string | null
}

/** Pieces of the file that bears the name of the task. */
const totalsPiece = 0
const keysPiece = 1

/** Writes pieces as they come, some to each file. */
export class PieceWriter {
  readonly files: MapPart['files'][number][] = []
  private pieces: Uint8Array[] = []
  private labels: (readonly [MapPiece['kind'], string])[] = []
  private held = 0
  private readonly work: TaskWork
  private readonly name: string

  private readonly fileBytes: number

  /** @param fileBytes so many are held before they are written */
  constructor(work: TaskWork, name: string, fileBytes: number) {
    this.fileBytes = fileBytes
    this.work = work
    this.name = name
  }

  async add(piece: MapPiece): Promise<void> {
    const bytes = bytesOf(piece)
    this.pieces.push(bytes)
    this.labels.push([piece.kind, 'type' in piece ? piece.type : ''])
    this.held += bytes.length
    if (this.held >= this.fileBytes) await this.end()
  }

  async end(): Promise<void> {
    if (this.pieces.length === 0) return
    const ends = await writePieces(this.work, fileName(this.name, this.files.length), this.pieces)
    this.files.push({ ends, pieces: this.labels })
    this.pieces = []
    this.labels = []
    this.held = 0
  }
}

/** Pieces of a task in their order. @param wants those that are read */
export async function* readPieces(
  folder: WorkFolder,
  key: RunKey,
  name: string,
  { files }: MapPart,
  wants: (kind: MapPiece['kind']) => boolean,
): AsyncGenerator<MapPiece> {
  for (const [at, { ends, pieces }] of files.entries()) {
    if (!pieces.some(([kind]) => wants(kind))) continue
    const file = fileName(name, at)
    // At once: a request for each piece would take longer than the pieces.
    const sealed = await folder.slice(`shuffle/${file}`, 0, ends.at(-1) ?? 0)
    for (const [i, [kind, type]] of pieces.entries()) {
      const [from, to] = [ends[i - 1] ?? 0, ends[i] ?? 0]
      if (!wants(kind) || from === to) continue
      yield pieceOf(kind, type, key.open(`${file}:${i}`, sealed.subarray(from, to)))
    }
  }
}

export async function writeTotals(
  work: TaskWork,
  name: string,
  totals: MapTotals,
  keys: readonly NotedKeys[],
): Promise<PieceEnds> {
  return await writePieces(work, name, [serialize(totals), serialize(keys)])
}

export async function readTotals(folder: WorkFolder, key: RunKey, name: string, { ends }: MapPart): Promise<MapTotals> {
  return deserialize(await readPiece(folder, key, name, ends, totalsPiece)) as MapTotals
}

export async function readKeys(folder: WorkFolder, key: RunKey, name: string, { ends }: MapPart): Promise<NotedKeys[]> {
  return deserialize(await readPiece(folder, key, name, ends, keysPiece)) as NotedKeys[]
}

function fileName(name: string, at: number): string {
  return `${name}-${at}`
}

function bytesOf(piece: MapPiece): Uint8Array {
  if (piece.kind === 'origins') return serialize([piece.text, piece.lines])
  return piece.kind === 'ids' ? serialize(piece.hashes) : piece.bytes
}

function pieceOf(kind: MapPiece['kind'], type: string, bytes: Uint8Array): MapPiece {
  if (kind === 'ids') return { kind, type, hashes: deserialize(bytes) as Float64Array }
  if (kind !== 'origins') return kind === 'records' ? { kind, type, bytes } : { kind, bytes }
  const [text, lines] = deserialize(bytes) as [string, Uint32Array]
  return { kind, type, text, lines }
}

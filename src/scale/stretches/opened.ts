/** What the first tasks of a run find out about its inputs: what each one is, what that took to read, and where its records can be cut. */
import type { Structure } from '../../core/data/model/events.ts'
import type { BlockStart } from '../../core/data/read/stretches/census.ts'
import type { ByteSource } from '../../core/operation.ts'
import type { RunKey } from '../run-key.ts'
import { nameOf } from '../tasks.ts'
import { readJson, type WorkFolder } from '../work-folder.ts'
import { RememberedSource, type Stretch } from './remembered-source.ts'
import { type PieceEnds, readPiece } from './shuffled.ts'

/** What the plan of every verb says of the bytes that it reads. */
export interface BlocksAsked {
  readonly blockBytes: number
  /** What one task of the census reads: whole blocks; left out where that is one block. */
  readonly scanBytes?: number
  readonly inputs: readonly {
    readonly name: string
    readonly bytes: number
    /** The ETag of an object in a store; when a file of a disk was written, in milliseconds since 1970. */
    readonly version?: string
  }[]
  /** By input in which turn it is read, from 0; left out where all of them are read at once. */
  readonly turns?: readonly number[]
}

/** What an input was found to be when it was opened. */
export interface OpenedInput {
  /** `here`: the report reads it itself. */
  readonly kind: 'table' | 'lines' | 'here'
  /** Stretches of it can be read alone. */
  readonly isCut: boolean
  readonly bodyByte: number
  readonly bodyLine: number
  readonly delimiter: number
  readonly quote: number
  readonly hasGuess: boolean
  readonly heads: readonly { readonly from: number; readonly bytes: number }[]
}

/** The part of the task `open`. */
export interface OpenPart {
  readonly inputs: readonly OpenedInput[]
  readonly ends: PieceEnds
}

/** The part of the task `cuts`. */
export interface CutsPart {
  readonly inputs: readonly {
    readonly sha256: string | null
    /** Null where a block was not scanned. */
    readonly sha256Blocks: string | null
    /** Number of the first block that was not scanned: from there on nobody knows where records begin. */
    readonly lostFrom: number | null
    /** By block; null where no record begins in it or behind it. */
    readonly starts: readonly (BlockStart | null)[]
  }[]
}

/** What an input holds, once it was looked into. */
export interface FoundForm {
  /** A table, lines that are records each, or anything else. */
  readonly form: 'table' | 'lines' | 'other'
  /** It lies in a container. */
  readonly isPacked: boolean
  readonly structure: Structure | null
  /** A stretch of the table can be read alone. */
  readonly canBeCut: boolean
}

/** @param heads what was read of the input to know it */
export function openedInput(
  { form, isPacked, structure, canBeCut }: FoundForm,
  heads: readonly Stretch[],
  hasGuess: boolean,
): OpenedInput {
  const dialect = structure?.dialect.value
  const isPlain = dialect?.delimiter.length === 1 && (dialect.quote === '' || dialect.escape === dialect.quote)
  return {
    kind: form === 'other' ? 'here' : form,
    isCut: (form === 'lines' && !isPacked) || (canBeCut && isPlain && dialect?.newline !== '\r'),
    bodyByte: structure?.bodyByte ?? 0,
    bodyLine: structure?.bodyLine ?? 1,
    delimiter: dialect?.delimiter.charCodeAt(0) ?? -1,
    quote: dialect === undefined || dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0),
    hasGuess,
    heads: heads.map(({ from, bytes }) => ({ from, bytes: bytes.length })),
  }
}

export async function openPartOf(folder: WorkFolder): Promise<OpenPart> {
  return (await readJson(folder, `parts/${nameOf({ stage: 'open', index: 0 })}.json`)) as OpenPart
}

export async function cutsPartOf(folder: WorkFolder): Promise<CutsPart> {
  return (await readJson(folder, `parts/${nameOf({ stage: 'cuts', index: 0 })}.json`)) as CutsPart
}

/** An input with what the task `open` remembers of it. */
export interface RememberedInput {
  readonly source: ByteSource
  /** What a verb laid aside with it; empty where it laid nothing aside. */
  readonly beside: Uint8Array
}

/** Pieces of the task `open`: by input what was read of it, then what the verb lays aside. */
export function openPieces(heads: readonly (readonly Stretch[])[], beside: readonly Uint8Array[]): Uint8Array[] {
  return heads.flatMap((own, i) => [Buffer.concat(own.map(({ bytes }) => bytes)), beside[i] ?? new Uint8Array(0)])
}

/** @param read told of every byte that is read of an input itself */
export async function rememberedInputs(
  folder: WorkFolder,
  key: RunKey,
  given: readonly ByteSource[],
  read: (bytes: number) => void,
): Promise<RememberedInput[]> {
  const name = nameOf({ stage: 'open', index: 0 })
  const { inputs, ends } = await openPartOf(folder)
  return await Promise.all(
    given.map(async (source, i) => {
      const bytes = await readPiece(folder, key, name, ends, i * 2)
      const beside = await readPiece(folder, key, name, ends, i * 2 + 1)
      const known: Stretch[] = []
      let at = 0
      for (const head of inputs[i]?.heads ?? []) {
        known.push({ from: head.from, bytes: bytes.subarray(at, at + head.bytes) })
        at += head.bytes
      }
      return { source: new RememberedSource(source, known, read), beside }
    }),
  )
}

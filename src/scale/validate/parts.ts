/** What the tasks of a validation write down, and how it is read again. */
import type { JsonObject } from '../../core/data/model/record.ts'
import type { ValidateSource } from '../../core/data/model/validation.ts'
import type { Landmark } from '../../core/data/read/landmarks.ts'
import type { BlockStart } from '../../core/data/spread/census.ts'
import type { Settled } from '../../core/data/validate/stretch-task.ts'
import type { StretchTotals } from '../../core/data/validate/table-front.ts'
import type { RunKey } from '../run-key.ts'
import { nameOf } from '../tasks.ts'
import { readJson, type WorkFolder } from '../work-folder.ts'
import type { Block } from './blocks.ts'
import { lostTasks } from './lost.ts'
import { RememberedSource, type Stretch } from './remembered-source.ts'
import { type PieceEnds, readPiece } from './shuffled.ts'

/** What a plan of a validation says beside its stages. */
export interface ValidateAsked {
  readonly blockBytes: number
  readonly partitions: number
  readonly inputs: readonly {
    readonly name: string
    readonly bytes: number
    /** State of an object in a store; left out for files of a disk. */
    readonly version?: string
  }[]
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

export interface OpenPart {
  readonly inputs: readonly OpenedInput[]
  readonly settled: Settled
  readonly ends: PieceEnds
}

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

export interface StretchPart {
  readonly totals: StretchTotals
  readonly landmarks: readonly Landmark[]
  readonly tested: readonly number[]
  readonly ends: PieceEnds
}

/** A stretch of lines; its pieces hold judged blocks, the last one what was counted beside. */
export interface LinesPart {
  readonly ends: PieceEnds
  /** Bytes of the file that were read, from `from` (inclusive) to `to` (exclusive); the whole of it where it is packed. */
  readonly from: number
  readonly to: number
  /** Of the lines, unpacked. */
  readonly bytes: number
  /** Why the end of its container could not be unpacked. */
  readonly damage: string | null
}

/** Pieces of the file of a stretch. */
export const eventsPiece = 0
export const patientsPiece = 1
export const firstKeys = 2

/** The inputs with what the task `open` remembers of them. */
export async function rememberedInputs(
  folder: WorkFolder,
  key: RunKey,
  given: readonly ValidateSource[],
  read: (bytes: number) => void,
): Promise<ValidateSource[]> {
  const name = nameOf({ stage: 'open', index: 0 })
  const { inputs, ends } = await openPartOf(folder)
  return await Promise.all(
    given.map(async (one, i) => {
      const bytes = await readPiece(folder, key, name, ends, i * 2)
      const guess = await readPiece(folder, key, name, ends, i * 2 + 1)
      const known: Stretch[] = []
      let at = 0
      for (const head of inputs[i]?.heads ?? []) {
        known.push({ from: head.from, bytes: bytes.subarray(at, at + head.bytes) })
        at += head.bytes
      }
      const parsed = inputs[i]?.hasGuess === true ? (JSON.parse(new TextDecoder().decode(guess)) as JsonObject | null) : undefined
      return {
        ...one,
        ...(parsed === undefined ? {} : { guess: parsed }),
        source: new RememberedSource(one.source, known, read),
      }
    }),
  )
}

export async function openPartOf(folder: WorkFolder): Promise<OpenPart> {
  return (await readJson(folder, `parts/${nameOf({ stage: 'open', index: 0 })}.json`)) as OpenPart
}

export async function cutsPartOf(folder: WorkFolder): Promise<CutsPart> {
  return (await readJson(folder, `parts/${nameOf({ stage: 'cuts', index: 0 })}.json`)) as CutsPart
}

export async function mappedOf(folder: WorkFolder, blocks: readonly Block[], input: number): Promise<Map<string, StretchPart>> {
  const parts = new Map<string, StretchPart>()
  for (const [index, block] of blocks.entries()) {
    if (block.input !== input) continue
    const name = nameOf({ stage: 'map', index })
    const part = (await readJson(folder, `parts/${name}.json`)) as StretchPart | null
    if (part !== null && !part.totals.isEmpty) parts.set(name, part)
  }
  return parts
}

/** The stretches of a table that count, by task and in the order of the file. */
export async function stretchesOf(
  folder: WorkFolder,
  blocks: readonly Block[],
  input: number,
): Promise<Map<string, StretchPart>> {
  const name = nameOf({ stage: 'whole', index: input })
  // What was to be judged whole has stretches that do not fit together.
  if ((await lostTasks(folder, 'whole')).has(input)) return new Map()
  const whole = (await readJson(folder, `parts/${name}.json`)) as StretchPart | null
  return whole === null ? await mappedOf(folder, blocks, input) : new Map([[name, whole]])
}

/** The stretches of an input of lines, by task and in the order of the file. */
export async function linesOf(folder: WorkFolder, blocks: readonly Block[], input: number): Promise<Map<string, LinesPart>> {
  const names = blocks.flatMap((block, index) => (block.input === input ? [nameOf({ stage: 'map', index })] : []))
  const parts = new Map<string, LinesPart>()
  for (const name of [...names, nameOf({ stage: 'whole', index: input })]) {
    const part = (await readJson(folder, `parts/${name}-lines.json`)) as LinesPart | null
    if (part !== null) parts.set(name, part)
  }
  return parts
}

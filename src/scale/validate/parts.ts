/** What the tasks of a validation write down, and how it is read again. */
import type { JsonObject } from '../../core/data/model/record.ts'
import type { ValidateSource } from '../../core/data/model/validation.ts'
import type { Landmark } from '../../core/data/read/landmarks.ts'
import type { Settled } from '../../core/data/validate/stretch-task.ts'
import type { StretchTotals } from '../../core/data/validate/table-front.ts'
import type { RunKey } from '../run-key.ts'
import type { Block } from '../stretches/blocks.ts'
import { type BlocksAsked, type OpenPart, openPartOf, rememberedInputs } from '../stretches/opened.ts'
import type { PieceEnds } from '../stretches/shuffled.ts'
import type { EndedPart } from '../stretches/stretches-of.ts'
import { nameOf } from '../tasks.ts'
import { readJson, type WorkFolder } from '../work-folder.ts'

/** What a plan of a validation says beside its stages. */
export interface ValidateAsked extends BlocksAsked {
  readonly partitions: number
}

/** The part of the task `open`. */
export interface ValidateOpenPart extends OpenPart {
  readonly settled: Settled
}

export interface StretchPart extends EndedPart {
  readonly totals: StretchTotals
  readonly landmarks: readonly Landmark[]
  readonly tested: readonly number[]
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
export async function rememberedTables(
  folder: WorkFolder,
  key: RunKey,
  given: readonly ValidateSource[],
  read: (bytes: number) => void,
): Promise<ValidateSource[]> {
  const { inputs } = await openPartOf(folder)
  const sources = given.map(({ source }) => source)
  return (await rememberedInputs(folder, key, sources, read)).map(({ source, beside }, i) => {
    const isGuessed = inputs[i]?.hasGuess === true
    const guess = isGuessed ? (JSON.parse(new TextDecoder().decode(beside)) as JsonObject | null) : undefined
    return { ...(given[i] as ValidateSource), ...(guess === undefined ? {} : { guess }), source }
  })
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

/** What was read of the inputs of a run, stretch by stretch in the order of the files: tables, lines, and inputs that one task read whole. */
import type { LineCounts } from '../../core/data/read/json/ndjson.ts'
import type { ToldGap } from '../../core/data/validate/told.ts'
import type { RunKey } from '../run-key.ts'
import { nameOf } from '../tasks.ts'
import { readJson, type WorkFolder } from '../work-folder.ts'
import type { Block } from './blocks.ts'
import { gapsOfInputs } from './lost.ts'
import { type BlocksAsked, cutsPartOf } from './opened.ts'
import { type PieceEnds, readPiece } from './shuffled.ts'
import { type EndedPart, rangeOf, stretchesOf } from './stretches-of.ts'

/** A part with nothing but pieces. */
export interface PiecesPart {
  readonly ends: PieceEnds
}

/** A stretch of lines, or an input that one task read whole. */
export interface OtherPart extends PiecesPart {
  /** Of the lines; null where the whole input was read. */
  readonly counts: (LineCounts & { readonly bytes: number }) | null
  /** Why the end of its container could not be unpacked. */
  readonly damage: string | null
}

/** A stretch of an input, as the task that read it wrote it down. */
export interface ReadPart {
  readonly input: number
  readonly name: string
  readonly ends: PieceEnds
  /** Records of the input that stand before those that it counts from 1 on. */
  readonly before: number
  readonly table: EndedPart | null
  readonly other: OtherPart | null
}

/** Every stretch that counts, in the order of the files. */
export async function readParts(folder: WorkFolder, asked: BlocksAsked, blocks: readonly Block[]): Promise<ReadPart[]> {
  const all: ReadPart[] = []
  const cuts = await cutsPartOf(folder)
  for (const input of asked.inputs.keys()) {
    const wholeName = nameOf({ stage: 'whole', index: input })
    const whole = await otherPart(folder, wholeName)
    if (whole !== null) {
      all.push({ input, name: wholeName, ends: whole.ends, before: 0, table: null, other: whole })
      continue
    }
    for (const [name, table] of await stretchesOf(folder, blocks, input))
      all.push({ input, name, ends: table.ends, before: 0, table, other: null })
    let before = 0
    for (const [index, block] of blocks.entries()) {
      const name = nameOf({ stage: 'map', index })
      const other = block.input === input ? await otherPart(folder, name) : null
      if (other === null) continue
      // Where a block before was set aside, the lines themselves were counted when the file was cut.
      before = Math.max(before, (cuts.inputs[input]?.starts[block.number]?.record ?? 1) - 1)
      all.push({ input, name, ends: other.ends, before, table: null, other })
      before += other.counts?.records ?? 0
    }
  }
  return all
}

async function otherPart(folder: WorkFolder, name: string): Promise<OtherPart | null> {
  return (await readJson(folder, `parts/${name}-side.json`)) as OtherPart | null
}

/** The only piece of a task. */
export async function onlyPiece(folder: WorkFolder, key: RunKey, stage: string, index = 0): Promise<Uint8Array> {
  const name = nameOf({ stage, index })
  const part = (await readJson(folder, `parts/${name}.json`)) as PiecesPart | null
  if (part === null) throw new Error('A part of the run is not there')
  return await readPiece(folder, key, name, part.ends, 0)
}

/** By input the bytes that none of the stretches holds, because their tasks were set aside. */
export async function gapsBetween(
  folder: WorkFolder,
  asked: BlocksAsked,
  blocks: readonly Block[],
  parts: readonly ReadPart[],
): Promise<(readonly ToldGap[])[]> {
  const cuts = await cutsPartOf(folder)
  return await gapsOfInputs(folder, asked, blocks, async (input, opened) => {
    const bytes = asked.inputs[input]?.bytes ?? 0
    return parts
      .filter((part) => part.input === input)
      .map(({ name, table, other }) => {
        if (table !== null) return rangeOf(table.totals, opened, bytes)
        const block = blocks[Number(name.split('-')[1])]
        if (name.startsWith('whole') || !block) return { from: 0, to: bytes }
        const from = cuts.inputs[input]?.starts[block.number]?.byte ?? block.from
        return { from, to: from + (other?.counts?.bytes ?? 0) }
      })
  })
}

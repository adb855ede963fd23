/** The stretches of a table, as the tasks that read them wrote them down. */
import type { StretchEnds } from '../../core/data/read/stretches/stretch-gate.ts'
import { readJson, type WorkFolder } from '../work-folder.ts'
import type { Block } from './blocks.ts'
import { isChain } from './chain.ts'
import { lostNames, type Range } from './lost.ts'
import { cutsPartOf, type OpenedInput } from './opened.ts'
import { atOnce, type ReadTasks } from './read-tasks.ts'
import type { PieceEnds } from './shuffled.ts'

/** The part of a task that read a stretch. */
export interface EndedPart {
  readonly totals: StretchEnds
  /** Pieces of its file in `shuffle/`. */
  readonly ends: PieceEnds
}

/** The bytes of a stretch of a table. @param bytes of the whole input */
export function rangeOf({ from, to }: StretchEnds, { bodyByte }: Pick<OpenedInput, 'bodyByte'>, bytes: number): Range {
  return { from: from?.byte ?? bodyByte, to: to?.byte ?? bytes }
}

/** By task and in the order of the file, what the map read of an input. */
export async function mappedOf<Part extends EndedPart>(
  folder: WorkFolder,
  blocks: readonly Block[],
  input: number,
  tasks: ReadTasks = atOnce,
): Promise<Map<string, Part>> {
  const parts = new Map<string, Part>()
  for (const [index, block] of blocks.entries()) {
    if (block.input !== input) continue
    const name = tasks.ofBlock(index)
    const part = (await readJson(folder, `parts/${name}.json`)) as Part | null
    if (part !== null && !part.totals.isEmpty) parts.set(name, part)
  }
  return parts
}

/** The stretches of a table that count, by task and in the order of the file. */
export async function stretchesOf<Part extends EndedPart>(
  folder: WorkFolder,
  blocks: readonly Block[],
  input: number,
  tasks: ReadTasks = atOnce,
): Promise<Map<string, Part>> {
  const name = tasks.ofInput(input)
  // What was to be read whole has stretches that do not fit together.
  if ((await lostNames(folder, [name])).has(name)) return new Map()
  const whole = (await readJson(folder, `parts/${name}.json`)) as Part | null
  return whole === null ? await mappedOf(folder, blocks, input, tasks) : new Map([[name, whole]])
}

/** The stretch that one task read, where it counts: as `stretchesOf` without the others. */
export async function stretchOf<Part extends EndedPart>(
  folder: WorkFolder,
  task: string,
  input: number,
  tasks: ReadTasks = atOnce,
): Promise<Part | null> {
  const name = tasks.ofInput(input)
  if ((await lostNames(folder, [name])).has(name)) return null
  const whole = (await readJson(folder, `parts/${name}.json`)) as Part | null
  if (whole !== null || task === name) return task === name ? whole : null
  const part = (await readJson(folder, `parts/${task}.json`)) as Part | null
  return part?.totals.isEmpty === false ? part : null
}

/** Whether what the map read of an input fits together, but for what was set aside. */
export async function fitsTogether(
  folder: WorkFolder,
  blocks: readonly Block[],
  input: number,
  tasks: ReadTasks = atOnce,
): Promise<boolean> {
  const parts = await mappedOf(folder, blocks, input, tasks)
  const { lostFrom = null } = (await cutsPartOf(folder)).inputs[input] ?? {}
  const own = [...blocks.entries()].filter(([, block]) => block.input === input)
  const lost = await lostNames(
    folder,
    own.map(([index]) => tasks.ofBlock(index)),
  )
  const isLost = ([index, { number }]: readonly [number, Block]): boolean =>
    lost.has(tasks.ofBlock(index)) || (lostFrom !== null && number >= lostFrom)
  const ofBlocks = own.flatMap(([index, { number }]) => {
    const part = parts.get(tasks.ofBlock(index))
    return part ? [[number, part.totals] as const] : []
  })
  return isChain(new Map(ofBlocks), new Set(own.filter(isLost).map(([, { number }]) => number)))
}

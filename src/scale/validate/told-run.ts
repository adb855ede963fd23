/** What the tasks of a validation found, as its report asks for it: parts and rows of the work folder, no input. */
import { deserialize } from 'node:v8'
import type { JudgedBlock } from '../../core/data/fhir/block-message.ts'
import type { ToldStretch } from '../../core/data/fhir/visit/run-contract.ts'
import { readVerdicts } from '../../core/data/spread/key-entries.ts'
import { StretchTasks } from '../../core/data/validate/stretch-task.ts'
import type { ToldGap, ToldLines, ToldRun, ToldTable } from '../../core/data/validate/told.ts'
import type { ValidateInput } from '../../core/data/validate/validate-input.ts'
import { digestBlock } from '../../core/file-hash.ts'
import type { RunKey } from '../run-key.ts'
import { type Block, blocksOf } from '../stretches/blocks.ts'
import { type CutsPart, cutsPartOf, openPartOf } from '../stretches/opened.ts'
import { type PieceEnds, readPiece } from '../stretches/shuffled.ts'
import { stretchesOf } from '../stretches/stretches-of.ts'
import { nameOf } from '../tasks.ts'
import { readJson, type WorkFolder } from '../work-folder.ts'
import {
  eventsPiece,
  type LinesPart,
  linesOf,
  patientsPiece,
  rememberedTables,
  type StretchPart,
  type ValidateAsked,
} from './parts.ts'
import { doubtsOf, judgedGaps, lostOf, notJudgedOf } from './set-aside.ts'

type Digests = Pick<ToldTable, 'sha256' | 'sha256Blocks'>

/** A stretch of lines with the number of its first record in the file. */
interface NumberedLines {
  readonly name: string
  readonly first: number
  readonly part: LinesPart
}

export interface ToldValidation {
  /** The inputs with what is remembered of them, and what was told. */
  readonly input: ValidateInput
  /** Names of inputs that the report reads itself, with the reason. */
  readonly readHere: readonly string[]
}

/** @param read told of every byte that is read of an input after all */
export async function toldValidation(
  folder: WorkFolder,
  key: RunKey,
  asked: ValidateAsked,
  given: ValidateInput,
  read: (bytes: number) => void,
  signal: AbortSignal,
): Promise<ToldValidation> {
  const blocks = blocksOf(asked)
  const opened = await openPartOf(folder)
  const cuts = await cutsPartOf(folder)
  const inputs = await rememberedTables(folder, key, given.inputs, read)
  const input: ValidateInput = { ...given, inputs }
  const tables = new Map<number, Map<string, StretchPart>>()
  for (const [i, { kind }] of opened.inputs.entries())
    if (kind === 'table') tables.set(i, await stretchesOf<StretchPart>(folder, blocks, i))
  const followed = [...tables].find(([, parts]) => [...parts.values()].some(({ totals }) => totals.isFollowed))
  const nameOfInput = (i: number): string => asked.inputs[i]?.name ?? ''
  if (followed)
    return { input, readHere: [`${nameOfInput(followed[0])} holds several tables, so the report reads all inputs itself.`] }
  const sets = await new StretchTasks(input).keySets(signal)
  const lost = await lostOf(folder, asked, blocks)
  const gaps = await judgedGaps(folder, asked, blocks)
  const torn = new Set(gaps.flatMap((own, i) => (own.length > 0 ? [i] : [])))
  const keys = sets.map(() => ({ tested: 0, pairs: [] as number[], missing: [] as number[], distinct: 0 }))
  for (const parts of tables.values())
    for (const { tested } of parts.values())
      tested.forEach((count, set) => {
        const one = keys[set]
        if (one) one.tested += count
      })
  for (let partition = 0; partition < asked.partitions; partition++) {
    const bytes = await folder.read(`parts/${nameOf({ stage: 'reduce', index: partition })}`)
    if (bytes === null && lost.reduce.has(partition)) continue
    if (bytes === null) throw new Error('A part of the run is not there')
    readVerdicts(sets.length, bytes).forEach((verdict, set) => {
      const one = keys[set]
      if (!one) return
      for (const number of verdict.pairs) one.pairs.push(number)
      for (const number of verdict.missing) one.missing.push(number)
      one.distinct += verdict.distinct
    })
  }
  const digests = (input: number): Digests => {
    const { bytes = 0 } = asked.inputs[input] ?? {}
    const { sha256 = null, sha256Blocks = null } = cuts.inputs[input] ?? {}
    const { scanBytes = asked.blockBytes } = asked
    const isSame = scanBytes === digestBlock || bytes <= Math.min(scanBytes, digestBlock)
    return { sha256, sha256Blocks: isSame ? sha256Blocks : null }
  }
  const lines = new Map<number, ToldLines>()
  for (const [i, { kind }] of opened.inputs.entries())
    if (kind === 'lines')
      lines.set(i, toldLines(folder, key, numbered(await linesOf(folder, blocks, i), blocks, cuts), gaps[i] ?? [], digests(i)))
  const told: ToldRun = {
    inputs: opened.inputs.map((_, i) => {
      const parts = tables.get(i)
      return parts ? toldTable(folder, key, parts, gaps[i] ?? [], digests(i)) : (lines.get(i) ?? null)
    }),
    notJudged: notJudgedOf(gaps, lost, nameOfInput),
    keys: keys.map(({ pairs, missing, ...one }, set) => ({
      ...one,
      ...doubtsOf(sets, set, torn, lost, nameOfInput),
      pairs: Uint32Array.from(pairs),
      missing: Uint32Array.from(missing),
    })),
  }
  const readHere = opened.inputs.flatMap(({ kind }, i) =>
    kind === 'here' && (asked.inputs[i]?.bytes ?? 0) > 0 ? [`${nameOfInput(i)} is not spread; the report reads it itself.`] : [],
  )
  return { input: { ...input, told }, readHere }
}

function numbered(parts: ReadonlyMap<string, LinesPart>, blocks: readonly Block[], { inputs }: CutsPart): NumberedLines[] {
  return [...parts].map(([name, part]) => {
    const [stage, index] = name.split('-')
    const block = stage === 'map' ? blocks[Number(index)] : undefined
    return { name, first: (block && inputs[block.input]?.starts[block.number]?.record) ?? 1, part }
  })
}

function toldLines(
  folder: WorkFolder,
  key: RunKey,
  all: readonly NumberedLines[],
  gaps: readonly ToldGap[],
  digests: Digests,
): ToldLines {
  return {
    kind: 'lines',
    gaps,
    ...digests,
    size: all.reduce((sum, { part: { bytes } }) => sum + bytes, 0),
    damage: all.map(({ part: { damage } }) => damage).find((damage) => damage !== null) ?? null,
    async *stretches() {
      let done = 0
      for (const [i, { name, first, part }] of all.entries()) {
        const { ends, bytes, from } = part
        const isBehindGap = from > (all[i - 1]?.part.to ?? 0)
        const last = ends.length - 1
        const blocks = async function* (): AsyncGenerator<JudgedBlock> {
          for (let piece = 0; piece < last; piece++)
            yield* deserialize(await readPiece(folder, key, name, ends, piece)) as JudgedBlock[]
        }
        done += bytes
        const totals = deserialize(await readPiece(folder, key, name, ends, last)) as ToldStretch['totals']
        yield { blocks: blocks(), totals, done, first: isBehindGap ? first : null }
      }
    },
  }
}

function toldTable(
  folder: WorkFolder,
  key: RunKey,
  parts: ReadonlyMap<string, StretchPart>,
  gaps: readonly ToldGap[],
  digests: Digests,
): ToldTable {
  const all = [...parts]
  const piece = async (stretch: number, which: number): Promise<Uint8Array> => {
    const [name, part] = all[stretch] ?? []
    return name === undefined || !part ? new Uint8Array(0) : await readPiece(folder, key, name, part.ends, which)
  }
  return {
    kind: 'table',
    gaps,
    ...digests,
    stretches: all.map(([, { totals }]) => totals),
    events: (stretch) => piece(stretch, eventsPiece),
    patientKeys: async (stretch) => new Uint32Array((await piece(stretch, patientsPiece)).slice().buffer),
    async strays(stretch) {
      const name = straysOf(all[stretch]?.[0] ?? '', await blockCount(folder))
      const part = (await readJson(folder, `parts/${name}.json`)) as { readonly ends: PieceEnds } | null
      return part === null ? new Uint8Array(0) : await readPiece(folder, key, name, part.ends, 0)
    },
  }
}

/** The task that looked records of a stretch up again. */
function straysOf(stretch: string, blocks: number): string {
  const [stage = '', number = ''] = stretch.split('-')
  return nameOf({ stage: 'strays', index: Number(number) + (stage === 'whole' ? blocks : 0) })
}

async function blockCount(folder: WorkFolder): Promise<number> {
  const plan = (await readJson(folder, 'plan.json')) as { readonly stages: readonly { name: string; tasks: number }[] }
  return plan.stages.find(({ name }) => name === 'map')?.tasks ?? 0
}

/** The tasks of a spread profile: each stretch of a table is profiled by itself; what a column is like adds up. */
import { deserialize, serialize } from 'node:v8'
import type { TableStateRecord } from '../../core/data/columns/state-record.ts'
import type { ValidateSource } from '../../core/data/model/validation.ts'
import { type ProfileInput, type ProfileResult, profileOf, type ReadTable, readInput } from '../../core/data/profile/profile.ts'
import { type ProfiledStretch, profileStretch, tableOfStretches } from '../../core/data/profile/profile-stretch.ts'
import type { StretchPlace } from '../../core/data/read/stretches/stretch-gate.ts'
import type { ToldGap } from '../../core/data/validate/told.ts'
import type { RunPlan } from '../plan.ts'
import type { RunKey } from '../run-key.ts'
import type { SpreadJob, TaskWork } from '../spread-verb.ts'
import { stretchOfBlock } from '../stretches/block-stretch.ts'
import { type Block, blocksOf, firstStages } from '../stretches/blocks.ts'
import { countedFolder } from '../stretches/counted-folder.ts'
import { joinBlocks, scanBlocks } from '../stretches/find-cuts.ts'
import { lookIntoInputs } from '../stretches/look-into-inputs.ts'
import { gapsOfInputs, notReadOf } from '../stretches/lost.ts'
import { type BlocksAsked, cutsPartOf, openPartOf, rememberedInputs } from '../stretches/opened.ts'
import { readPiece, writePieces } from '../stretches/shuffled.ts'
import { type EndedPart, fitsTogether, rangeOf, stretchesOf } from '../stretches/stretches-of.ts'
import { nameOf, type Task } from '../tasks.ts'
import { type WorkFolder, writeJson } from '../work-folder.ts'

const leftOut = 'The counts of its columns leave these records out, and no schema is suggested for it.'

export function profileStages(asked: BlocksAsked): RunPlan['stages'] {
  const blocks = blocksOf(asked).length
  return [...firstStages(asked), { name: 'map', tasks: blocks }, { name: 'whole', tasks: asked.inputs.length }]
}

export class ProfileTasks implements SpreadJob {
  private readonly blocks: readonly Block[]
  private readonly asked: BlocksAsked
  private readonly given: ProfileInput
  private inputs: Promise<readonly ValidateSource[]> | null = null
  private told: (bytes: number) => void = () => undefined

  /** @param given as the words of the command open it */
  constructor(asked: BlocksAsked, given: ProfileInput) {
    this.asked = asked
    this.given = given
    this.blocks = blocksOf(asked)
  }

  async run(task: Task, work: TaskWork, signal: AbortSignal): Promise<void> {
    this.told = work.read
    const name = nameOf(task)
    if (task.stage === 'open') await lookIntoInputs(name, this.given.inputs, work, signal)
    else if (task.stage === 'census') await scanBlocks(task, this.asked, this.given.inputs, work)
    else if (task.stage === 'cuts') await joinBlocks(name, this.asked, work)
    else if (task.stage === 'map') await this.map(name, task.index, work, signal)
    else await this.whole(name, task.index, work, signal)
  }

  private async map(name: string, index: number, work: TaskWork, signal: AbortSignal): Promise<void> {
    const { block, source } = this.block(index)
    const opened = (await openPartOf(work.folder)).inputs[block.input]
    const cuts = (await cutsPartOf(work.folder)).inputs[block.input]
    const stretch = opened && cuts ? await stretchOfBlock(block, opened, cuts, this.asked, source) : null
    if (stretch?.kind === 'table') await this.profile(name, block.input, stretch, work, signal)
    else await writeJson(countedFolder(work), `parts/${name}.json`, null)
  }

  /** Profiles a table in one stretch, where it can not be cut or where its stretches do not fit together. */
  private async whole(name: string, input: number, work: TaskWork, signal: AbortSignal): Promise<void> {
    const opened = (await openPartOf(work.folder)).inputs[input]
    if (opened?.kind === 'table' && !(opened.isCut && (await fitsTogether(work.folder, this.blocks, input))))
      await this.profile(name, input, { place: null, until: Number.POSITIVE_INFINITY }, work, signal)
    else await writeJson(countedFolder(work), `parts/${name}.json`, null)
  }

  private async profile(
    name: string,
    input: number,
    stretch: { readonly place: StretchPlace | null; readonly until: number },
    work: TaskWork,
    signal: AbortSignal,
  ): Promise<void> {
    this.inputs ??= rememberedTables(work.folder, work.key, this.given.inputs, (bytes) => this.told(bytes))
    const source = (await this.inputs)[input]
    if (!source) throw new Error('The plan has no such input')
    const { totals, state } = await profileStretch(source, input, this.given.groups ?? {}, stretch, signal)
    // Values of the data: they go where rows go.
    const part: EndedPart = { totals, ends: await writePieces(work, name, [serialize(state)]) }
    await writeJson(countedFolder(work), `parts/${name}.json`, part)
  }

  private block(index: number): { readonly block: Block; readonly source: ValidateSource['source'] } {
    const block = this.blocks[index]
    const source = block && this.given.inputs[block.input]?.source
    if (!block || !source) throw new Error('The plan has no such block')
    return { block, source }
  }
}

/** The profile of a run whose tasks ended. @param read told of every byte that is read of an input after all */
export async function toldProfile(
  folder: WorkFolder,
  key: RunKey,
  asked: BlocksAsked,
  given: ProfileInput,
  read: (bytes: number) => void,
  signal: AbortSignal,
): Promise<{ readonly result: ProfileResult; readonly readHere: readonly string[] }> {
  const blocks = blocksOf(asked)
  const opened = (await openPartOf(folder)).inputs
  const tables: ReadTable[] = []
  const following: ReadTable[] = []
  const readHere: string[] = []
  const torn: (readonly ToldGap[])[] = []
  const gaps = await gapsOfInputs(folder, asked, blocks, async (i, own) => {
    const bytes = asked.inputs[i]?.bytes ?? 0
    if (own.kind !== 'table') return [{ from: 0, to: bytes }]
    return [...(await stretchesOf(folder, blocks, i)).values()].map(({ totals }) => rangeOf(totals, own, bytes))
  })
  for (const [i, one] of (await rememberedTables(folder, key, given.inputs, read)).entries()) {
    const parts = opened[i]?.kind === 'table' ? await stretchesOf(folder, blocks, i) : new Map<string, EndedPart>()
    const isFollowed = [...parts.values()].some(({ totals }) => totals.isFollowed)
    const hasGaps = (gaps[i] ?? []).length > 0
    if (!isFollowed && (parts.size > 0 || hasGaps)) {
      torn.push(gaps[i] ?? [])
      const stretches = stretchesIn(folder, key, parts)
      tables.push(await tableOfStretches(one, i, given.groups ?? {}, stretches, hasGaps, signal))
      continue
    }
    torn.push([])
    // Nothing is read of what is no table: that it is none was remembered.
    if (isFollowed) readHere.push(`${one.source.name} holds several tables, so the report reads it itself.`)
    const [first, ...others] = await readInput(one, given.groups ?? {}, i, signal)
    if (first) tables.push(first)
    following.push(...others)
  }
  const result = profileOf([...tables, ...following])
  const notRead = notReadOf(torn, (i) => asked.inputs[i]?.name ?? '', leftOut)
  return { result: { ...result, notEvaluated: [...result.notEvaluated, ...notRead] }, readHere }
}

async function* stretchesIn(
  folder: WorkFolder,
  key: RunKey,
  parts: ReadonlyMap<string, EndedPart>,
): AsyncGenerator<ProfiledStretch> {
  for (const [name, { totals, ends }] of parts)
    yield { totals, state: deserialize(await readPiece(folder, key, name, ends, 0)) as TableStateRecord }
}

async function rememberedTables(
  folder: WorkFolder,
  key: RunKey,
  given: readonly ValidateSource[],
  read: (bytes: number) => void,
): Promise<readonly ValidateSource[]> {
  const sources = given.map(({ source }) => source)
  const remembered = await rememberedInputs(folder, key, sources, read)
  return given.map((one, i) => ({ ...one, source: remembered[i]?.source ?? one.source }))
}

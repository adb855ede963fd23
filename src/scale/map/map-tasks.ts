/**
 * The tasks of a spread mapping: each stretch of a legacy table is mapped by itself. A table that others link to comes in a turn before
 * them, so that whoever maps the others knows what became of its rows.
 */
import { serialize } from 'node:v8'
import type { MapInput } from '../../core/data/crosswalk/plan/crosswalk.ts'
import { type OpenSide, openSides } from '../../core/data/crosswalk/plan/open-sides.ts'
import { type PairPlan, planPairing } from '../../core/data/crosswalk/plan/plan.ts'
import { KeyLog } from '../../core/data/crosswalk/records/key-log.ts'
import type { KeyNotes, Links } from '../../core/data/crosswalk/records/links.ts'
import { type BoundMap, boundMap, legacyOf, targetsOf } from '../../core/data/crosswalk/records/map-account.ts'
import { circularTables, inOrder, isJoined, turnsOf } from '../../core/data/crosswalk/records/map-order.ts'
import { lookThrough } from '../../core/data/crosswalk/records/map-records.ts'
import { type MappedStretch, mapStretch } from '../../core/data/crosswalk/records/map-stretch.ts'
import { loadDefinitions } from '../../core/data/fhir/definitions/packs.ts'
import type { TableStretch } from '../../core/data/read/stretches/rows-of-stretch.ts'
import { stopIfAborted } from '../../core/operation.ts'
import type { RunPlan } from '../plan.ts'
import type { RunKey } from '../run-key.ts'
import type { SpreadJob, TaskWork } from '../spread-verb.ts'
import { stretchOfBlock } from '../stretches/block-stretch.ts'
import { type Block, blocksOf, firstStages, scansOf } from '../stretches/blocks.ts'
import { countedFolder } from '../stretches/counted-folder.ts'
import { joinBlocks, passOver, scanBlocks } from '../stretches/find-cuts.ts'
import { lookIntoInputs } from '../stretches/look-into-inputs.ts'
import { type BlocksAsked, cutsPartOf, openPartOf, rememberedInputs } from '../stretches/opened.ts'
import type { PiecesPart } from '../stretches/read-parts.ts'
import { inTurns, type Turns } from '../stretches/read-tasks.ts'
import { writePieces } from '../stretches/shuffled.ts'
import { fitsTogether } from '../stretches/stretches-of.ts'
import { nameOf, type Task } from '../tasks.ts'
import { type WorkFolder, writeJson } from '../work-folder.ts'
import { linksBefore } from './known-links.ts'
import { type MapAsked, type MapPart, PieceWriter, writeTotals } from './map-parts.ts'

/** Larger files wait in memory until they are full. */
const usualFile = 32 << 20

/** By legacy input in which turn it is mapped. */
export function mapTurns({ mapping, inputs }: MapInput): readonly number[] {
  const { bySource } = planPairing(mapping, inputs)
  const legacy = legacyOf(inputs)
  const ordered = inOrder(legacy, bySource)
  const turns = turnsOf(ordered, bySource)
  return legacy.map((one) => turns[ordered.indexOf(one)] ?? 0)
}

export function mapStages(asked: BlocksAsked & { readonly turns: readonly number[] }): RunPlan['stages'] {
  return [...firstStages(asked), { name: 'circles', tasks: 1 }, ...inTurns(asked, asked.turns).stages]
}

export class MapTasks implements SpreadJob {
  private readonly blocks: readonly Block[]
  private readonly asked: MapAsked
  private readonly given: MapInput
  private readonly inputs: MapInput['inputs']
  private readonly plan: PairPlan
  private readonly circular: ReadonlySet<string>
  private readonly turns: Turns
  private told: (bytes: number) => void = () => undefined
  private map: Promise<OpenedMap> | null = null
  /** Of the turn that this process was at last. */
  private known: { readonly turn: number; readonly links: Promise<Links> } | null = null

  private readonly fileBytes: number

  /** @param given as the words of the command open it  @param fileBytes of a shuffle file, about */
  constructor(asked: MapAsked, given: MapInput, fileBytes = usualFile) {
    this.fileBytes = fileBytes
    this.asked = asked
    this.given = given
    this.inputs = legacyOf(given.inputs)
    this.blocks = blocksOf(asked)
    this.plan = planPairing(given.mapping, given.inputs)
    this.circular = circularTables(this.plan.bySource)
    this.turns = inTurns(asked, asked.turns)
  }

  async run(task: Task, work: TaskWork, signal: AbortSignal): Promise<void> {
    this.told = work.read
    const name = nameOf(task)
    const read = this.turns.readBy(name)
    if (task.stage === 'open') await lookIntoInputs(name, this.inputs, work, signal)
    else if (task.stage === 'census') await this.census(task, work)
    else if (task.stage === 'cuts') await joinBlocks(name, this.asked, work)
    else if (task.stage === 'circles') await this.circles(name, work, signal)
    else if (read?.kind === 'block') await this.stretch(name, read.index, work, signal)
    else if (read?.kind === 'input') await this.whole(name, read.index, work, signal)
    else throw new Error('The plan has no such task')
  }

  /** What is not mapped in stretches is not looked at. */
  private async census(task: Task, work: TaskWork): Promise<void> {
    const input = scansOf(this.asked)[task.index]?.input
    if (input !== undefined && this.isInStretches(input)) await scanBlocks(task, this.asked, this.inputs, work)
    else await passOver(nameOf(task), work)
  }

  /** Tables whose links lead back to them, looked through one after the other. */
  private async circles(name: string, work: TaskWork, signal: AbortSignal): Promise<void> {
    const log = new KeyLog()
    if (this.circular.size > 0)
      for await (const _ of lookThrough((await this.opened(work, signal)).map, log, signal)) stopIfAborted(signal)
    const part: PiecesPart = { ends: await writePieces(work, name, [serialize(log.take())]) }
    await writeJson(countedFolder(work), `parts/${name}.json`, part)
  }

  private async stretch(name: string, index: number, work: TaskWork, signal: AbortSignal): Promise<void> {
    const { block, source } = this.block(index)
    const opened = (await openPartOf(work.folder)).inputs[block.input]
    const cuts = (await cutsPartOf(work.folder)).inputs[block.input]
    const isRead = this.isInStretches(block.input) && opened && cuts
    const stretch = isRead ? await stretchOfBlock(block, opened, cuts, this.asked, source) : null
    if (stretch?.kind === 'table') await this.read(name, block.input, stretch, work, signal)
    else await writeJson(countedFolder(work), `parts/${name}.json`, null)
  }

  /** Maps a table at once, where it can not be cut or where its stretches do not fit together. */
  private async whole(name: string, input: number, work: TaskWork, signal: AbortSignal): Promise<void> {
    const { isCut = false } = (await openPartOf(work.folder)).inputs[input] ?? {}
    const isRead = isCut && this.isInStretches(input) && (await fitsTogether(work.folder, this.blocks, input, this.turns))
    if (isRead) await writeJson(countedFolder(work), `parts/${name}.json`, null)
    else await this.read(name, input, { place: null, until: Number.POSITIVE_INFINITY }, work, signal)
  }

  private async read(name: string, input: number, stretch: TableStretch, work: TaskWork, signal: AbortSignal): Promise<void> {
    const { map, sides } = await this.opened(work, signal)
    const one = sides[input]
    const bound = one ? targetsOf(one, map.plan) : null
    if (!one || bound === null || 'why' in bound) {
      await writeJson(countedFolder(work), `parts/${name}.json`, null)
      return
    }
    const log = new KeyLog()
    const links = await this.linksFor(input, map, sides, work)
    // A row of a table that links to itself knows those before it.
    const isCircular = this.circular.has(one.table)
    const notes: KeyNotes = isCircular ? { note: (...noted) => [log, links].forEach((to) => void to.note(...noted)) } : log
    const writer = new PieceWriter(work, name, this.fileBytes)
    const mapping = mapStretch(one, input, bound, map, this.given.mapping, links, notes, stretch, signal)
    let mapped: MappedStretch | null = null
    for (;;) {
      const step = await mapping.next()
      if (step.done === true) {
        mapped = step.value
        break
      }
      if (this.asked.writes || step.value.kind === 'ids') await writer.add(step.value)
      stopIfAborted(signal)
    }
    await writer.end()
    const ends = await writeTotals(work, name, mapped.totals, log.take())
    const part: MapPart = { totals: mapped.ends, ends, files: writer.files, damage: one.damage() }
    await writeJson(countedFolder(work), `parts/${name}.json`, part)
  }

  /** Rows that become one record with others, and rows that link to rows of their own table, are read in the order of the file. */
  private isInStretches(input: number): boolean {
    const { table = '' } = this.inputs[input] ?? {}
    const { bySource, leftBehind } = this.plan
    return bySource.has(table) && !leftBehind.has(table) && !this.circular.has(table) && !isJoined(table, bySource)
  }

  private async linksFor(input: number, map: BoundMap, sides: readonly OpenSide[], work: TaskWork): Promise<Links> {
    const turn = this.asked.turns[input] ?? 0
    const make = async (): Promise<Links> =>
      await linksBefore(turn, work.folder, work.key, this.asked, this.blocks, this.turns, map, sides)
    if (this.circular.has(sides[input]?.table ?? '')) return await make()
    if (this.known?.turn !== turn) this.known = { turn, links: make() }
    return await this.known.links
  }

  private block(index: number): { readonly block: Block; readonly source: OpenSide['source'] } {
    const block = this.blocks[index]
    const source = block && this.inputs[block.input]?.source
    if (!block || !source) throw new Error('The plan has no such block')
    return { block, source }
  }

  private async opened(work: TaskWork, signal: AbortSignal): Promise<OpenedMap> {
    this.map ??= openMap(work.folder, work.key, this.given, (bytes) => this.told(bytes), signal)
    return await this.map
  }
}

interface OpenedMap {
  readonly map: BoundMap
  /** The legacy inputs in their own order. */
  readonly sides: readonly OpenSide[]
}

/** The legacy inputs with what the task `open` remembers of them, looked into, and the field map bound to them. */
export async function openMap(
  folder: WorkFolder,
  key: RunKey,
  given: MapInput,
  read: (bytes: number) => void,
  signal: AbortSignal,
): Promise<OpenedMap> {
  const legacy = legacyOf(given.inputs)
  const sources = legacy.map(({ source }) => source)
  const remembered = await rememberedInputs(folder, key, sources, read)
  const sides = await openSides(
    legacy.map((one, i) => ({ ...one, source: remembered[i]?.source ?? one.source })),
    signal,
  )
  return { map: boundMap(given, await loadDefinitions(), sides), sides }
}

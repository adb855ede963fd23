/** The tasks of a spread search for duplicate patients: each stretch is read once, and the pairs are compared in shares. */
import { deserialize, serialize } from 'node:v8'
import type { Parameters } from '../../core/data/linkage/estimate.ts'
import type { LinkInput, LinkResult, LinkSource } from '../../core/data/linkage/linkage-types.ts'
import { People } from '../../core/data/linkage/people.ts'
import { PeopleWriter, replayPeople } from '../../core/data/linkage/people-bytes.ts'
import { type Candidate, type Learned, LinkRun } from '../../core/data/linkage/probable-pairs.ts'
import { type PeopleEnd, PeopleReader, type ReadPeople } from '../../core/data/linkage/read-people.ts'
import { endOfLines } from '../../core/data/read/json/ndjson.ts'
import { endOfStretches } from '../../core/data/read/stretches/stretch-gate.ts'
import type { NotEvaluated } from '../../core/finding.ts'
import { stopIfAborted } from '../../core/operation.ts'
import type { RunPlan } from '../plan.ts'
import type { RunKey } from '../run-key.ts'
import type { SpreadJob, TaskWork } from '../spread-verb.ts'
import { type BlockStretch, stretchOfBlock } from '../stretches/block-stretch.ts'
import { type Block, blocksOf, firstStages } from '../stretches/blocks.ts'
import { countedFolder } from '../stretches/counted-folder.ts'
import { joinBlocks, scanBlocks } from '../stretches/find-cuts.ts'
import { lookIntoInputs } from '../stretches/look-into-inputs.ts'
import { lostTasks, notReadOf, setAsideWords } from '../stretches/lost.ts'
import { type BlocksAsked, cutsPartOf, openPartOf, rememberedInputs } from '../stretches/opened.ts'
import { gapsBetween, type OtherPart, onlyPiece, type PiecesPart, type ReadPart, readParts } from '../stretches/read-parts.ts'
import { readPiece, writePieces } from '../stretches/shuffled.ts'
import { type EndedPart, fitsTogether } from '../stretches/stretches-of.ts'
import { nameOf, type Task } from '../tasks.ts'
import { type WorkFolder, writeJson } from '../work-folder.ts'

export interface LinkAsked extends BlocksAsked {
  /** Of the pairs. */
  readonly shares: number
}

export function linkStages(asked: LinkAsked): RunPlan['stages'] {
  const { inputs, shares } = asked
  const blocks = blocksOf(asked).length
  return [
    ...firstStages(asked),
    { name: 'map', tasks: blocks },
    { name: 'whole', tasks: inputs.length },
    { name: 'chance', tasks: 1 },
    { name: 'learn', tasks: shares },
    { name: 'estimate', tasks: 1 },
    { name: 'weigh', tasks: shares },
  ]
}

/** Beside the people of a stretch: what was read, as the report of the file says it. */
interface PeopleTotals {
  /** Patients of lines; null where all of the input was read. */
  readonly patients: number | null
  /** Where all of the input was read. */
  readonly end: PeopleEnd | null
}

const peoplePiece = 0
const totalsPiece = 1

export class LinkTasks implements SpreadJob {
  private readonly blocks: readonly Block[]
  private readonly asked: LinkAsked
  private readonly given: LinkInput
  private told: (bytes: number) => void = () => undefined
  private inputs: Promise<readonly LinkSource[]> | null = null
  private opened: Promise<LinkRun> | null = null

  /** @param given as the words of the command open it */
  constructor(asked: LinkAsked, given: LinkInput) {
    this.asked = asked
    this.given = given
    this.blocks = blocksOf(asked)
  }

  async run(task: Task, work: TaskWork, signal: AbortSignal): Promise<void> {
    this.told = work.read
    const { stage, index } = task
    const name = nameOf(task)
    if (stage === 'open') await lookIntoInputs(name, this.given.inputs, work, signal)
    else if (stage === 'census') await scanBlocks(task, this.asked, this.given.inputs, work)
    else if (stage === 'cuts') await joinBlocks(name, this.asked, work)
    else if (stage === 'map') await this.map(name, index, work, signal)
    else if (stage === 'whole') await this.whole(name, index, work, signal)
    else await this.pairs(task, work, signal)
  }

  private async map(name: string, index: number, work: TaskWork, signal: AbortSignal): Promise<void> {
    const { block, source } = this.block(index)
    const opened = (await openPartOf(work.folder)).inputs[block.input]
    const cuts = (await cutsPartOf(work.folder)).inputs[block.input]
    const stretch = opened && cuts ? await stretchOfBlock(block, opened, cuts, this.asked, source) : null
    if (stretch === null) await writeJson(countedFolder(work), `parts/${name}.json`, null)
    else await this.read(name, block.input, stretch, work, signal)
  }

  /** Reads an input at once, where it can not be cut or where its stretches do not fit together. */
  private async whole(name: string, input: number, work: TaskWork, signal: AbortSignal): Promise<void> {
    const opened = (await openPartOf(work.folder)).inputs[input]
    const isRead = opened?.isCut === true && (opened.kind === 'lines' || (await fitsTogether(work.folder, this.blocks, input)))
    if (isRead) await writeJson(countedFolder(work), `parts/${name}.json`, null)
    else await this.read(name, input, null, work, signal)
  }

  private async read(
    name: string,
    input: number,
    stretch: BlockStretch | null,
    work: TaskWork,
    signal: AbortSignal,
  ): Promise<void> {
    this.inputs ??= rememberedSources(work.folder, work.key, this.given, (bytes) => this.told(bytes))
    const source = (await this.inputs)[input]
    if (!source) throw new Error('The plan has no such input')
    const writer = new PeopleWriter()
    const reader = new PeopleReader(source, input, writer)
    let found: ReadPeople | null = null
    if (stretch === null) for await (const _ of reader.read(signal)) stopIfAborted(signal)
    else if (stretch.kind === 'table') found = await reader.readStretch({ kind: 'table', stretch }, signal)
    else found = await reader.readStretch({ kind: 'lines', stretch }, signal)
    const { status, records } = reader.report()
    const totals: PeopleTotals = {
      patients: found?.kind === 'lines' ? found.patients : null,
      end: found === null ? { status, records } : null,
    }
    const ends = await writePieces(work, name, [writer.take(), serialize(totals)])
    const counted = countedFolder(work)
    if (found?.kind === 'table') {
      const part: EndedPart = { totals: found.ends, ends }
      await writeJson(counted, `parts/${name}.json`, part)
    } else {
      const part: OtherPart = { ends, counts: found?.counts ?? null, damage: null }
      await writeJson(counted, `parts/${name}-side.json`, part)
    }
  }

  /** The stages that know all people. */
  private async pairs({ stage, index }: Task, work: TaskWork, signal: AbortSignal): Promise<void> {
    const { folder, key } = work
    this.opened ??= readParts(folder, this.asked, this.blocks).then(
      async (parts) => new LinkRun(this.given, await peopleOf(folder, key, parts)),
    )
    const run = await this.opened
    const { shares } = this.asked
    const [from, to] = [Math.floor((run.work * index) / shares), Math.floor((run.work * (index + 1)) / shares)]
    const made =
      stage === 'chance'
        ? ended(run.chance(), signal)
        : stage === 'learn'
          ? ended(run.learn(from, to), signal)
          : stage === 'estimate'
            ? run.estimate(
                [...(await learnedOf(folder, key, shares)).values()],
                await partOf<Float64Array[]>(folder, key, 'chance'),
              )
            : ended(run.weigh(await partOf<Parameters>(folder, key, 'estimate'), from, to), signal)
    const name = nameOf({ stage, index })
    const part: PiecesPart = { ends: await writePieces(work, name, [serialize(made)]) }
    await writeJson(countedFolder(work), `parts/${name}.json`, part)
  }

  private block(index: number): { readonly block: Block; readonly source: LinkSource['source'] } {
    const block = this.blocks[index]
    const source = block && this.given.inputs[block.input]?.source
    if (!block || !source) throw new Error('The plan has no such block')
    return { block, source }
  }
}

/** The result of a run whose tasks ended. @param read told of every byte that is read of an input after all */
export async function toldLinks(
  folder: WorkFolder,
  key: RunKey,
  asked: LinkAsked,
  given: LinkInput,
  read: (bytes: number) => void,
  signal: AbortSignal,
): Promise<LinkResult> {
  const blocks = blocksOf(asked)
  const parts = await readParts(folder, asked, blocks)
  const gaps = await gapsBetween(folder, asked, blocks, parts)
  const people = await peopleOf(folder, key, parts)
  const run = new LinkRun(given, people)
  const readers: PeopleReader[] = []
  for (const [input, source] of (await rememberedSources(folder, key, given, read)).entries()) {
    const own = parts.filter((part) => part.input === input)
    const reader = new PeopleReader(source, input, people)
    // What is no file of records is told without being read.
    const hasGaps = (gaps[input] ?? []).length > 0
    if (own.length === 0 && !hasGaps) for await (const _ of reader.read(signal)) stopIfAborted(signal)
    else await reader.told(await endOf(folder, key, input, own, hasGaps), hasGaps, signal)
    readers.push(reader)
  }
  const parameters = await partOf<Parameters>(folder, key, 'estimate')
  const candidates: Candidate[] = []
  const unweighed = await lostTasks(folder, 'weigh')
  for (let share = 0; share < asked.shares; share++)
    if (!unweighed.has(share))
      for (const one of await partOf<readonly Candidate[]>(folder, key, 'weigh', share)) candidates.push(one)
  const learned = [...(await learnedOf(folder, key, asked.shares))].filter(([share]) => !unweighed.has(share))
  const compared = learned.reduce((sum, [, one]) => sum + one.compared, 0)
  const share = (lost: ReadonlyMap<number, string>, meaning: string): NotEvaluated[] =>
    [...lost].map(([at, why]) => ({ what: `Share ${at + 1} of ${asked.shares} of the pairs`, why: setAsideWords(why, meaning) }))
  return run.result(readers, compared, parameters, candidates, [
    ...notReadOf(gaps, (input) => asked.inputs[input]?.name ?? '', notLinked),
    ...share(
      await lostTasks(folder, 'learn'),
      'The weights were estimated without it, and the pairs compared are a lower bound.',
    ),
    ...share(unweighed, 'Its pairs are not proposed, so that records that only it joins are not linked.'),
  ])
}

const notLinked = 'The people of these records are not linked.'

async function endOf(
  folder: WorkFolder,
  key: RunKey,
  input: number,
  parts: readonly ReadPart[],
  hasGaps: boolean,
): Promise<PeopleEnd> {
  const counted = { records: 0, lines: 0, lost: 0, bytes: 0 }
  let patients = 0
  for (const { name, ends, other } of parts) {
    const totals = deserialize(await readPiece(folder, key, name, ends, totalsPiece)) as PeopleTotals
    if (totals.end !== null) return totals.end
    patients += totals.patients ?? 0
    const { records, lines, lost, bytes } = other?.counts ?? { records: 0, lines: 0, lost: 0, bytes: 0 }
    counted.records += records
    counted.lines += lines
    counted.lost += lost
    counted.bytes += bytes
  }
  const tables = parts.flatMap(({ table }) => table?.totals ?? [])
  if (tables.length > 0) return endOfStretches(tables, hasGaps)
  if (hasGaps) return { status: 'partial', records: patients }
  for (const event of endOfLines(counted, input, counted.bytes))
    if (event.kind === 'end') return { status: event.status, records: patients }
  return { status: 'partial', records: patients }
}

/** All people in the order of the files, settled. */
async function peopleOf(folder: WorkFolder, key: RunKey, parts: readonly ReadPart[]): Promise<People> {
  const people = new People()
  for (const { name, ends, input, before } of parts)
    replayPeople(await readPiece(folder, key, name, ends, peoplePiece), input, before, people)
  people.settle()
  return people
}

/** By share, without those that were set aside. */
async function learnedOf(folder: WorkFolder, key: RunKey, shares: number): Promise<ReadonlyMap<number, Learned>> {
  const lost = await lostTasks(folder, 'learn')
  const learned = new Map<number, Learned>()
  for (let share = 0; share < shares; share++)
    if (!lost.has(share)) learned.set(share, await partOf<Learned>(folder, key, 'learn', share))
  return learned
}

async function partOf<Part>(folder: WorkFolder, key: RunKey, stage: string, index = 0): Promise<Part> {
  return deserialize(await onlyPiece(folder, key, stage, index)) as Part
}

async function rememberedSources(
  folder: WorkFolder,
  key: RunKey,
  { inputs }: LinkInput,
  read: (bytes: number) => void,
): Promise<readonly LinkSource[]> {
  const sources = inputs.map(({ source }) => source)
  const remembered = await rememberedInputs(folder, key, sources, read)
  return inputs.map((one, i) => ({ ...one, source: remembered[i]?.source ?? one.source }))
}

function ended<Result>(steps: Generator<number, Result>, signal: AbortSignal): Result {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    stopIfAborted(signal)
  }
}

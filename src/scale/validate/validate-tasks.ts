/** The tasks of a spread validation, stage by stage. Each writes its part, and rows into `shuffle/`. */
import { serialize } from 'node:v8'
import type { JudgedBlock } from '../../core/data/fhir/block-message.ts'
import { LinesTask } from '../../core/data/fhir/told-lines.ts'
import type { WalkContext } from '../../core/data/fhir/walk.ts'
import type { JsonObject } from '../../core/data/model/record.ts'
import type { ValidateSource } from '../../core/data/model/validation.ts'
import type { BlockStart } from '../../core/data/read/stretches/census.ts'
import { withPackages } from '../../core/data/schema/resource.ts'
import { PartitionSearch, readVerdicts, writeVerdicts } from '../../core/data/spread/key-entries.ts'
import { withGuesses } from '../../core/data/validate/guesses.ts'
import { StretchTasks } from '../../core/data/validate/stretch-task.ts'
import type { ValidateInput } from '../../core/data/validate/validate-input.ts'
import type { RunPlan } from '../plan.ts'
import type { RunKey } from '../run-key.ts'
import type { SpreadJob, TaskWork } from '../spread-verb.ts'
import { stretchOfBlock } from '../stretches/block-stretch.ts'
import { type Block, blocksOf, firstStages } from '../stretches/blocks.ts'
import { countedFolder } from '../stretches/counted-folder.ts'
import { joinBlocks, scanBlocks } from '../stretches/find-cuts.ts'
import { cutsPartOf, openedInput, openPartOf, openPieces } from '../stretches/opened.ts'
import { RememberedSource } from '../stretches/remembered-source.ts'
import { readPiece, writePieces } from '../stretches/shuffled.ts'
import { fitsTogether, stretchesOf, stretchOf } from '../stretches/stretches-of.ts'
import { nameOf, type Task } from '../tasks.ts'
import { type WorkFolder, writeJson } from '../work-folder.ts'
import {
  firstKeys,
  type LinesPart,
  rememberedTables,
  type StretchPart,
  type ValidateAsked,
  type ValidateOpenPart,
} from './parts.ts'

/** Judged blocks of lines that are read together. */
const blocksPerPiece = 32

export function stagesOf(asked: ValidateAsked): RunPlan['stages'] {
  const { inputs, partitions } = asked
  const blocks = blocksOf(asked).length
  return [
    ...firstStages(asked),
    { name: 'map', tasks: blocks },
    { name: 'whole', tasks: inputs.length },
    { name: 'reduce', tasks: partitions },
    { name: 'strays', tasks: blocks + inputs.length },
  ]
}

export class ValidateTasks implements SpreadJob {
  private readonly blocks: readonly Block[]
  private readonly asked: ValidateAsked
  private readonly given: ValidateInput
  private readonly context: WalkContext
  private tasks: StretchTasks | null = null
  /** Read once per process: every task of `strays` needs the records of all partitions. */
  private asking: Map<number, Uint32Array> | null = null
  private told: (bytes: number) => void = () => undefined

  /** @param given as the words of the command open it  @param context what resources are held against */
  constructor(asked: ValidateAsked, given: ValidateInput, context: WalkContext) {
    this.context = context
    this.asked = asked
    this.given = given
    this.blocks = blocksOf(asked)
  }

  async run(task: Task, work: TaskWork, signal: AbortSignal): Promise<void> {
    this.told = work.read
    const name = nameOf(task)
    if (task.stage === 'open') await this.open(name, work, signal)
    else if (task.stage === 'census') await scanBlocks(task, this.asked, this.given.inputs, work)
    else if (task.stage === 'cuts') await joinBlocks(name, this.asked, work)
    else if (task.stage === 'map') await this.map(name, task.index, work, signal)
    else if (task.stage === 'whole') await this.whole(name, task.index, work, signal)
    else if (task.stage === 'reduce') await this.reduce(name, task.index, work, signal)
    else await this.strays(name, task.index, work, signal)
  }

  /** Recognises every input, and remembers what that took; reads a schema off tables that come without one. */
  private async open(name: string, work: TaskWork, signal: AbortSignal): Promise<void> {
    const counted = this.given.inputs.map((one) => ({ ...one, source: new RememberedSource(one.source, [], work.read) }))
    const guessed = await guessesOf(await withPackages({ ...this.given, inputs: counted }, signal), signal)
    const inputs = this.given.inputs.map((one, i) => ({
      ...one,
      ...guessOf(guessed[i]),
      source: new RememberedSource(one.source, [], work.read, true),
    }))
    const run = await new StretchTasks(await withPackages({ ...this.given, inputs }, signal)).open(signal)
    const hasManifest = run.forms.some(({ format }) => format === 'manifest')
    const heads = inputs.map(({ source }) => source.remembered)
    const opened = run.forms.map(({ format, isPacked, table }, i) => {
      const form = table ? 'table' : format === 'ndjson' && !hasManifest ? 'lines' : 'other'
      const found = { form, isPacked, structure: table?.structure ?? null, canBeCut: table?.canBeCut === true } as const
      return openedInput(found, heads[i] ?? [], guessed[i]?.guess !== undefined)
    })
    // These records are read here alone; what comes of them is a few numbers.
    const known = this.given.inputs.map((one, i) => ({
      ...one,
      ...guessOf(guessed[i]),
      source: new RememberedSource(one.source, heads[i] ?? [], work.read),
    }))
    const settled = await new StretchTasks(await withPackages({ ...this.given, inputs: known }, signal)).settled(signal)
    const guesses = guessed.map(({ guess }) =>
      guess === undefined ? new Uint8Array(0) : new TextEncoder().encode(JSON.stringify(guess)),
    )
    const ends = await writePieces(work, name, openPieces(heads, guesses))
    const part: ValidateOpenPart = { inputs: opened, settled, ends }
    await writeJson(countedFolder(work), `parts/${name}.json`, part)
  }

  /** Judges the stretch of a block. */
  private async map(name: string, index: number, work: TaskWork, signal: AbortSignal): Promise<void> {
    const block = this.blocks[index]
    if (!block) throw new Error('The plan has no such block')
    const opened = (await openPartOf(work.folder)).inputs[block.input]
    const cuts = (await cutsPartOf(work.folder)).inputs[block.input]
    const source = this.given.inputs[block.input]?.source
    const stretch = opened && cuts && source ? await stretchOfBlock(block, opened, cuts, this.asked, source) : null
    if (stretch === null) await writeJson(countedFolder(work), `parts/${name}.json`, null)
    else if (stretch.kind === 'lines') await this.judgeLines(name, block.input, stretch, work, signal)
    else await this.judge(name, { input: block.input, ...stretch }, work, signal)
  }

  /** Judges an input in one stretch, where it can not be cut or where its stretches do not fit together. */
  private async whole(name: string, input: number, work: TaskWork, signal: AbortSignal): Promise<void> {
    const opened = (await openPartOf(work.folder)).inputs[input]
    if (opened?.kind === 'lines' && !opened.isCut)
      return await this.judgeLines(name, input, { byte: 0, line: 0, to: undefined }, work, signal)
    const isWhole = opened?.kind === 'table' && (!opened.isCut || !(await fitsTogether(work.folder, this.blocks, input)))
    if (isWhole) await this.judge(name, { input, place: null, until: Number.POSITIVE_INFINITY }, work, signal)
    else await writeJson(countedFolder(work), `parts/${name}.json`, null)
  }

  private async judge(
    name: string,
    { input, place, until }: { readonly input: number; readonly place: BlockStart | null; readonly until: number },
    work: TaskWork,
    signal: AbortSignal,
  ): Promise<void> {
    const { partitions } = this.asked
    const { settled } = (await openPartOf(work.folder)) as ValidateOpenPart
    const tasks = await this.stretchTasks(work.folder, work.key, signal)
    const { totals, landmarks, tested, events, patientKeys, keys } = await tasks.judge(
      { input, place, until, partitions, seed: work.key.derive('keys'), settled },
      signal,
    )
    const ends = await writePieces(work, name, [events, patientKeys, ...keys])
    const first = totals.from === null ? [] : [totals.from]
    const part: StretchPart = { totals, landmarks: [...first, ...landmarks], tested, ends }
    await writeJson(countedFolder(work), `parts/${name}.json`, part)
  }

  /** Judges a stretch of lines. */
  private async judgeLines(
    name: string,
    input: number,
    { byte, line, to }: { readonly byte: number; readonly line: number; readonly to: number | undefined },
    work: TaskWork,
    signal: AbortSignal,
  ): Promise<void> {
    const tasks = await this.stretchTasks(work.folder, work.key, signal)
    const form = (await tasks.open(signal)).forms[input]
    if (!form) throw new Error('The plan has no such input')
    const lines = await LinesTask.open({ ...this.context, servers: [] })
    const pieces: Uint8Array[] = []
    let held: JudgedBlock[] = []
    const read = to === undefined ? form.content.stream() : form.content.stream(byte, to)
    let bytes = 0
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of read) {
        bytes += chunk.length
        yield chunk
      }
    }
    for await (const block of lines.read(counted(), { byte, line }, input, signal)) {
      held.push(block)
      if (held.length === blocksPerPiece) pieces.push(serialize(held.splice(0)))
    }
    if (held.length > 0) pieces.push(serialize(held))
    pieces.push(serialize(lines.totals))
    held = []
    const until = to ?? this.asked.inputs[input]?.bytes ?? 0
    const part: LinesPart = { ends: await writePieces(work, name, pieces), from: byte, to: until, bytes, damage: form.damage() }
    await writeJson(countedFolder(work), `parts/${name}-lines.json`, part)
  }

  /** Compares the keys of one partition. */
  private async reduce(name: string, partition: number, work: TaskWork, signal: AbortSignal): Promise<void> {
    const tasks = await this.stretchTasks(work.folder, work.key, signal)
    const sets = await tasks.keySets(signal)
    const search = new PartitionSearch(sets)
    for (const input of this.asked.inputs.keys())
      for (const [of, part] of await this.stretches(work.folder, input))
        search.add(await readPiece(work.folder, work.key, of, part.ends, firstKeys + partition))
    await work.write(`parts/${name}`, writeVerdicts(search.verdicts()))
  }

  /** Reads records of one stretch again whose keys have to be compared or told. */
  private async strays(name: string, index: number, work: TaskWork, signal: AbortSignal): Promise<void> {
    const block = this.blocks[index]
    const input = block?.input ?? index - this.blocks.length
    const own = block ? nameOf({ stage: 'map', index }) : nameOf({ stage: 'whole', index: input })
    const part = await stretchOf<StretchPart>(work.folder, own, input)
    if (part === null) return
    const tasks = await this.stretchTasks(work.folder, work.key, signal)
    const from = part.totals.from?.record ?? 1
    const to = part.totals.to?.record ?? Number.POSITIVE_INFINITY
    this.asking ??= await this.askedRecords(work.folder, await tasks.keySets(signal))
    const asked = this.asking.get(input) ?? new Uint32Array()
    const wanted = new Set(asked.slice(firstFrom(asked, from), firstFrom(asked, to)))
    if (wanted.size === 0) return
    const ends = await writePieces(work, name, [await tasks.lookUp(input, part.landmarks, [...wanted], signal)])
    await writeJson(countedFolder(work), `parts/${name}.json`, { ends })
  }

  /** By input, in order, the records that partitions ask for; one that was set aside asks for none. */
  private async askedRecords(folder: WorkFolder, sets: readonly { readonly input: number }[]): Promise<Map<number, Uint32Array>> {
    const lists = new Map<number, Uint32Array[]>()
    for (let partition = 0; partition < this.asked.partitions; partition++) {
      const bytes = await folder.read(`parts/${nameOf({ stage: 'reduce', index: partition })}`)
      for (const [set, { pairs, missing }] of bytes === null ? [] : readVerdicts(sets.length, bytes).entries()) {
        const { input } = sets[set] as (typeof sets)[number]
        const held = lists.get(input)
        if (held) held.push(pairs, missing)
        else lists.set(input, [pairs, missing])
      }
    }
    return new Map([...lists].map(([input, all]) => [input, joined(all).sort()]))
  }

  private async stretches(folder: WorkFolder, input: number): Promise<Map<string, StretchPart>> {
    return await stretchesOf<StretchPart>(folder, this.blocks, input)
  }

  /** The run as the task `open` left it; opened once per process. */
  private async stretchTasks(folder: WorkFolder, key: RunKey, signal: AbortSignal): Promise<StretchTasks> {
    if (this.tasks) return this.tasks
    const inputs = await rememberedTables(folder, key, this.given.inputs, (bytes) => this.told(bytes))
    this.tasks = new StretchTasks(await withPackages({ ...this.given, inputs }, signal))
    return this.tasks
  }
}

function joined(lists: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const list of lists) {
    all.set(list, at)
    at += list.length
  }
  return all
}

/** Place of the first number in a sorted list that is not below one. */
function firstFrom(sorted: ArrayLike<number>, least: number): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((sorted[middle] as number) < least) from = middle + 1
    else to = middle
  }
  return from
}

async function guessesOf(input: ValidateInput, signal: AbortSignal): Promise<readonly ValidateSource[]> {
  const guessing = withGuesses(input, signal)
  for (;;) {
    const step = await guessing.next()
    if (step.done === true) return step.value.inputs
  }
}

function guessOf(one: ValidateSource | undefined): { readonly guess?: JsonObject | null } {
  return one?.guess === undefined ? {} : { guess: one.guess }
}

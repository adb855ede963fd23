/**
 * The tasks of a spread reconciliation: each stretch of both sides is read once and its entries are handed on by share of the patients;
 * each share is judged by itself.
 */
import { serialize } from 'node:v8'
import { type OpenSide, openSides } from '../../core/data/crosswalk/plan/open-sides.ts'
import { type PairPlan, planPairing } from '../../core/data/crosswalk/plan/plan.ts'
import type { TornTables } from '../../core/data/reconcile/account/account.ts'
import { judgeShare } from '../../core/data/reconcile/account/judged-share.ts'
import type { ReconcileInput } from '../../core/data/reconcile/account/result.ts'
import { SidePart } from '../../core/data/reconcile/account/side-part.ts'
import type { Assumed } from '../../core/data/reconcile/compare/assumed.ts'
import { PairEvidence } from '../../core/data/reconcile/compare/evidence.ts'
import { legacyText, showEntries, targetText } from '../../core/data/reconcile/entries/entry-text.ts'
import { evidencePatients } from '../../core/data/reconcile/entries/first-patients.ts'
import { isPatient } from '../../core/data/reconcile/entries/group-key.ts'
import { Groups } from '../../core/data/reconcile/entries/item-log.ts'
import { knownBytes, PatientWriter, replayPatients } from '../../core/data/reconcile/entries/known-bytes.ts'
import { type KnownPatients, knownPatients } from '../../core/data/reconcile/entries/known-patients.ts'
import { mayHoldPatients, PatientNames, readPatients } from '../../core/data/reconcile/entries/patient-keys.ts'
import { type ReadStretch, readSide, type SideStretch } from '../../core/data/reconcile/entries/read-sides.ts'
import { stopIfAborted } from '../../core/operation.ts'
import type { RunPlan } from '../plan.ts'
import type { RunKey } from '../run-key.ts'
import type { SpreadJob, TaskWork } from '../spread-verb.ts'
import { type BlockStretch, stretchOfBlock } from '../stretches/block-stretch.ts'
import { type Block, blocksOf, firstStages } from '../stretches/blocks.ts'
import { countedFolder } from '../stretches/counted-folder.ts'
import { joinBlocks, scanBlocks } from '../stretches/find-cuts.ts'
import { lookIntoInputs } from '../stretches/look-into-inputs.ts'
import { cutsPartOf, openPartOf, rememberedInputs } from '../stretches/opened.ts'
import { gapsBetween, type OtherPart, onlyPiece, type PiecesPart, type ReadPart, readParts } from '../stretches/read-parts.ts'
import { readPiece, writePieces } from '../stretches/shuffled.ts'
import { type EndedPart, fitsTogether } from '../stretches/stretches-of.ts'
import { nameOf, type Task } from '../tasks.ts'
import { type WorkFolder, writeJson } from '../work-folder.ts'
import { firstEntries, knownPatientsOf, type ReconcileAsked } from './parts.ts'
import { tornTables } from './torn-tables.ts'

export function reconcileStages(asked: ReconcileAsked): RunPlan['stages'] {
  const { inputs, partitions } = asked
  const blocks = blocksOf(asked).length
  return [
    ...firstStages(asked),
    { name: 'patients', tasks: blocks + inputs.length },
    { name: 'known', tasks: 1 },
    { name: 'map', tasks: blocks },
    { name: 'whole', tasks: inputs.length },
    { name: 'assume', tasks: 1 },
    { name: 'reduce', tasks: partitions },
  ]
}

const decoder = new TextDecoder()
const encoder = new TextEncoder()

export class ReconcileTasks implements SpreadJob {
  private readonly blocks: readonly Block[]
  private readonly asked: ReconcileAsked
  private readonly given: ReconcileInput
  private readonly plan: PairPlan
  private told: (bytes: number) => void = () => undefined
  private sides: Promise<readonly OpenSide[]> | null = null
  private known: Promise<KnownPatients> | null = null
  private assumed: Promise<Assumed> | null = null
  private parts: Promise<readonly ReadPart[]> | null = null
  private torn: Promise<TornTables> | null = null

  /** @param given as the words of the command open it */
  constructor(asked: ReconcileAsked, given: ReconcileInput) {
    this.asked = asked
    this.given = given
    this.blocks = blocksOf(asked)
    this.plan = planPairing(given.mapping, given.inputs)
  }

  async run(task: Task, work: TaskWork, signal: AbortSignal): Promise<void> {
    this.told = work.read
    const { stage, index } = task
    const name = nameOf(task)
    if (stage === 'open') await lookIntoInputs(name, this.given.inputs, work, signal)
    else if (stage === 'census') await scanBlocks(task, this.asked, this.given.inputs, work)
    else if (stage === 'cuts') await joinBlocks(name, this.asked, work)
    else if (stage === 'patients') await this.patients(name, index, work, signal)
    else if (stage === 'known') await this.know(name, work, signal)
    else if (stage === 'map') await this.map(name, index, work, signal)
    else if (stage === 'whole') await this.whole(name, index, work, signal)
    else if (stage === 'assume') await this.assume(name, work, signal)
    else await this.reduce(name, index, work, signal)
  }

  /** The patients of a stretch, or of an input that can not be cut: how others call them, and by which keys. */
  private async patients(name: string, index: number, work: TaskWork, signal: AbortSignal): Promise<void> {
    const input = this.blocks[index]?.input ?? index - this.blocks.length
    const side = await this.side(input, work, signal)
    const writer = new PatientWriter()
    if (mayHoldPatients(side, this.plan)) {
      const stretch = index < this.blocks.length ? await this.stretch(index, work.folder) : null
      // A table whose stretches may not fit together is read whole: its patients are few beside their records.
      const isCut = stretch?.kind === 'lines'
      const isWhole = index >= this.blocks.length && !(await this.isOfLines(input, work.folder))
      if (isCut || isWhole) {
        const reading = readPatients(side, input, this.plan, writer, signal, isCut ? partOf(stretch) : null)
        for await (const _ of reading) stopIfAborted(signal)
      }
    }
    await this.write(name, [writer.take()], work)
  }

  /** All patients together. */
  private async know(name: string, work: TaskWork, signal: AbortSignal): Promise<void> {
    const names = new PatientNames()
    await this.refuseUnscanned(work, signal)
    for (let index = 0; index < this.blocks.length + this.asked.inputs.length; index++)
      replayPatients(await onlyPiece(work.folder, work.key, 'patients', index), names)
    await this.write(name, [knownBytes(knownPatients(names))], work)
  }

  /** Behind a block that was not scanned there may be patients, and nobody can tell whose the entries of others are. */
  private async refuseUnscanned(work: TaskWork, signal: AbortSignal): Promise<void> {
    const cuts = await cutsPartOf(work.folder)
    for (const [input, { name }] of this.asked.inputs.entries())
      if (
        (cuts.inputs[input]?.lostFrom ?? null) !== null &&
        (await this.isOfLines(input, work.folder)) &&
        mayHoldPatients(await this.side(input, work, signal), this.plan)
      )
        throw new Error(`A part of ${name} was not scanned, so that nobody knows which patients it holds.`)
  }

  private async map(name: string, index: number, work: TaskWork, signal: AbortSignal): Promise<void> {
    const { block } = this.block(index)
    const stretch = await this.stretch(index, work.folder)
    if (stretch === null) await writeJson(countedFolder(work), `parts/${name}.json`, null)
    else await this.read(name, block.input, partOf(stretch), work, signal)
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
    stretch: SideStretch | null,
    work: TaskWork,
    signal: AbortSignal,
  ): Promise<void> {
    const side = await this.side(input, work, signal)
    this.known ??= knownPatientsOf(work.folder, work.key)
    const { keys } = await this.known
    const part = new SidePart(this.given, this.plan, this.asked.partitions)
    const reading = readSide(side, input, this.plan, keys, part.sink, signal, undefined, stretch)
    let found: ReadStretch | null = null
    for (;;) {
      const step = await reading.next()
      if (step.done === true) {
        found = step.value
        break
      }
      stopIfAborted(signal)
    }
    const { journal, totals, entries } = part.take()
    const ends = await writePieces(work, name, [journal, serialize(totals), ...entries.map((text) => encoder.encode(text))])
    const counted = countedFolder(work)
    if (found?.kind === 'table') {
      const written: EndedPart = { totals: found.ends, ends }
      await writeJson(counted, `parts/${name}.json`, written)
      return
    }
    // An input of which nothing takes part has no end, so that nobody says that it was read.
    const written: OtherPart = { ends, counts: found?.counts ?? null, damage: side.damage() }
    await writeJson(counted, `parts/${name}-side.json`, written)
  }

  /** The entries of a few patients: from them every other task concludes the same about both sides. */
  private async assume(name: string, work: TaskWork, signal: AbortSignal): Promise<void> {
    const { tables } = this.plan
    const lines = new Map<string, string[]>()
    const of = (patient: string): string[] => {
      const own = lines.get(patient) ?? []
      lines.set(patient, own)
      return own
    }
    let first: readonly string[] = []
    // Shares follow each other in the order of patients.
    for (let share = 0; share < this.asked.partitions; share++) {
      for (const part of await this.allParts(work.folder)) {
        stopIfAborted(signal)
        const text = decoder.decode(await readPiece(work.folder, work.key, part.name, part.ends, firstEntries + share))
        showEntries(text, tables, {
          legacy: (group, item) => isPatient(group) && of(group).push(legacyText(group, item)),
          target: (group, item) => isPatient(group) && of(group).push(targetText(group, item)),
          listed() {},
        })
      }
      const met = lines.size
      first = evidencePatients(lines.keys())
      if (first.length < met) break
    }
    const kept = first.flatMap((patient) => lines.get(patient) ?? [])
    await this.write(name, [encoder.encode(kept.join('\n'))], work)
  }

  /** Judges the patients of one share. */
  private async reduce(name: string, share: number, work: TaskWork, signal: AbortSignal): Promise<void> {
    const { tables } = this.plan
    const { folder, key } = work
    this.known ??= knownPatientsOf(folder, key)
    this.assumed ??= evidenceOf(folder, key, this.plan).then((evidence) => evidence.settle().assumed)
    const groups = new Groups()
    for (const part of await this.allParts(folder)) {
      stopIfAborted(signal)
      const text = decoder.decode(await readPiece(folder, key, part.name, part.ends, firstEntries + share))
      showEntries(text, tables, groups, () => part.before)
    }
    const aliases = new Set((await this.known).match.alias.values())
    this.torn ??= this.allParts(folder).then(async (parts) =>
      tornTables(
        await gapsBetween(folder, this.asked, this.blocks, parts),
        this.given.inputs,
        this.plan,
        await openPartOf(folder),
      ),
    )
    const torn = await this.torn
    const judged = judgeShare(groups.all, tables, await this.assumed, aliases, torn, () => stopIfAborted(signal))
    await this.write(name, [serialize(judged)], work)
  }

  private async write(name: string, pieces: readonly Uint8Array[], work: TaskWork): Promise<void> {
    const part: PiecesPart = { ends: await writePieces(work, name, pieces) }
    await writeJson(countedFolder(work), `parts/${name}.json`, part)
  }

  private async stretch(index: number, folder: WorkFolder): Promise<BlockStretch | null> {
    const { block, source } = this.block(index)
    const opened = (await openPartOf(folder)).inputs[block.input]
    const cuts = (await cutsPartOf(folder)).inputs[block.input]
    return opened && cuts ? await stretchOfBlock(block, opened, cuts, this.asked, source) : null
  }

  private async isOfLines(input: number, folder: WorkFolder): Promise<boolean> {
    const opened = (await openPartOf(folder)).inputs[input]
    return opened?.kind === 'lines' && opened.isCut
  }

  private block(index: number): { readonly block: Block; readonly source: OpenSide['source'] } {
    const block = this.blocks[index]
    const source = block && this.given.inputs[block.input]?.source
    if (!block || !source) throw new Error('The plan has no such block')
    return { block, source }
  }

  /** An input as it is inside; looked into once per process, but read anew where a container tells its damage at the end. */
  private async side(input: number, work: TaskWork, signal: AbortSignal): Promise<OpenSide> {
    this.sides ??= openRemembered(work.folder, work.key, this.given, (bytes) => this.told(bytes), signal)
    const side = (await this.sides)[input]
    if (!side) throw new Error('The plan has no such input')
    return side
  }

  /** Complete once the stages before are. */
  private async allParts(folder: WorkFolder): Promise<readonly ReadPart[]> {
    this.parts ??= readParts(folder, this.asked, this.blocks)
    return await this.parts
  }
}

/** The inputs with what the task `open` remembers of them, looked into. */
export async function openRemembered(
  folder: WorkFolder,
  key: RunKey,
  { inputs }: ReconcileInput,
  read: (bytes: number) => void,
  signal: AbortSignal,
): Promise<readonly OpenSide[]> {
  const sources = inputs.map(({ source }) => source)
  const remembered = await rememberedInputs(folder, key, sources, read)
  return await openSides(
    inputs.map((one, i) => ({ ...one, source: remembered[i]?.source ?? one.source })),
    signal,
  )
}

/** What the few patients show whose entries the task `assume` laid aside. */
export async function evidenceOf(folder: WorkFolder, key: RunKey, { tables }: PairPlan): Promise<PairEvidence> {
  const evidence = new PairEvidence(tables)
  showEntries(decoder.decode(await onlyPiece(folder, key, 'assume')), tables, {
    legacy: (patient, item) => evidence.add(patient, item),
    target: (patient, item) => evidence.add(patient, item),
    listed() {},
  })
  return evidence
}

function partOf(stretch: BlockStretch): SideStretch {
  return stretch.kind === 'table' ? { kind: 'table', stretch } : { kind: 'lines', stretch }
}

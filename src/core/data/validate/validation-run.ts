/** One validation: every input is opened, its rules are bound, its records are read, its keys looked up; exact counts, bounded memory. */

import { blocksDigest, hashOf } from '../../file-hash.ts'
import type { NotEvaluated } from '../../finding.ts'
import { type ByteSource, progressBytes, stopIfAborted, type Update } from '../../operation.ts'
import { BlastRadius } from '../blast-radius/radius.ts'
import { ReportSink } from '../blast-radius/report-sink.ts'
import { KeyRun, type KeySetOfRun } from '../keys/key-run.ts'
import type { KeyStep } from '../keys/source-table.ts'
import { problemIn } from '../model/read-problem.ts'
import type { JsonObject } from '../model/record.ts'
import type { SourceFormat } from '../model/source.ts'
import type { FieldQuality, ValidatePartial, ValidateResult } from '../model/validation.ts'
import { lookInto } from '../read/look-into.ts'
import { damageProblem } from '../read/problems.ts'
import { RuleContext } from '../rules/context.ts'
import { compileSchema, resourceSchema } from '../schema/compile.ts'
import { inOrder } from './input-order.ts'
import { InputState, sidedName } from './input-state.ts'
import { type CreateJudge, ResourceRun } from './resource-run.ts'
import { compareWithPackage, partialOf, resultOf } from './run-report.ts'
import { TableRun } from './table-run.ts'
import type { ValidateInput } from './validate-input.ts'

export type ValidateUpdate = Update<ValidatePartial, ValidateResult>

/** Findings are shown anew after so many bytes: several times a second at the speed of each format. */
const partialTableBytes = 8 << 20
const partialResourceBytes = 1 << 20
/** In large files, whose progress shows no difference. */
const mostProgressBytes = 1 << 20

/** What an input is, once it was opened. */
export interface InputForm {
  readonly format: SourceFormat | null
  /** It lies in a container. */
  readonly isPacked: boolean
  readonly table: TableRun | null
  /** Its bytes, unpacked. */
  readonly content: ByteSource
  /** Why the end could not be unpacked; known once everything was read. */
  damage(): string | null
}

export class ValidationRun {
  private readonly states: InputState[]
  private readonly names: string[]
  private readonly sink: ReportSink
  private readonly keys: KeyRun
  private readonly resources: ResourceRun
  private readonly rules: RuleContext
  private readonly quality: FieldQuality[] = []
  private radius: BlastRadius | null = null
  private rulesRun = 0
  private done = 0
  private shown = 0
  private total: number
  private readonly input: ValidateInput
  private readonly dataPackage: JsonObject | null

  /** `dataPackage` as given: it may describe tables that are found while a file is read. */
  constructor(input: ValidateInput, createJudge: CreateJudge | undefined, dataPackage: JsonObject | null) {
    this.input = input
    this.dataPackage = dataPackage
    this.states = input.inputs.map((given, index) => new InputState(given, index))
    this.names = this.states.map((state) => sidedName(state))
    this.sink = new ReportSink(this.names, input.seed ?? '1', input.maxRows ?? 200, {
      sides: input.inputs.map(({ side }) => side),
      severityRules: input.severityRules ?? [],
      ...(input.observer === undefined ? {} : { watch: input.observer }),
    })
    this.resources = new ResourceRun(input, createJudge, this.sink)
    this.rules = new RuleContext(input.rules ?? [], input.asOf ?? null, input.watch !== false, input.heard)
    const { keyBudget: budget, spill, keySeed: seed, keySizes: sizes } = input
    this.keys = new KeyRun(this.sink, {
      ...(budget === undefined ? {} : { budget }),
      ...(spill === undefined ? {} : { spill }),
      ...(seed === undefined ? {} : { seed }),
      ...(sizes === undefined ? {} : { sizes }),
      ...(input.told === undefined ? {} : { told: input.told.keys }),
    })
    this.total = input.inputs.reduce((sum, { source }) => sum + source.size, 0)
  }

  async *run(signal: AbortSignal): AsyncGenerator<ValidateUpdate> {
    try {
      yield* this.work(signal)
    } finally {
      await this.resources.close()
      await this.keys.close()
    }
  }

  /** Opens every input and binds every rule; nothing is judged yet. */
  async prepare(signal: AbortSignal): Promise<BlastRadius> {
    for (const state of this.states) await this.open(state, signal)
    const { tables } = this
    for (const table of tables) table.announce(tables)
    const { rules } = this
    for (const { file, at, says } of rules.faults) this.sink.notEvaluated({ what: `Rule at ${at} of ${file}`, why: says })
    for (const table of tables) table.rule(tables, rules)
    for (const table of tables) table.gauge(this.input.profile === true)
    await this.keys.begin(tables)
    const radius = new BlastRadius(tables, this.sink)
    this.radius = radius
    for (const table of tables) table.patientKeys = () => radius.keysWanted(table.input)
    return radius
  }

  private async *work(signal: AbortSignal): AsyncGenerator<ValidateUpdate> {
    const radius = await this.prepare(signal)
    for (const state of this.states) if (state.format === 'manifest') yield* this.read(state, signal)
    await this.resources.begin(this.states, this.total)
    for (const state of inOrder(this.states, this.resources)) {
      if (state.ended) continue
      yield* this.read(state, signal)
      yield* this.readOn(state, signal)
    }
    yield* this.lookUp(this.keys.finish(signal), 'references')
    yield* this.lateKeys(signal)
    for (const table of this.tables) if (table.rulesWait) yield* this.ruleAgain(table, signal)
    yield* this.findPatients(radius, signal)
    await this.resources.settle(signal)
    this.finish()
    yield { kind: 'result', value: this.result(radius) }
  }

  get tables(): TableRun[] {
    return this.states.map((state) => state.table).filter((table) => table !== null)
  }

  /** What each input is, once it was opened. */
  get forms(): readonly InputForm[] {
    return this.states.map(({ format, given, file, table, damage }) => ({
      ...{ format, isPacked: given.source !== file, table, content: given.source },
      damage: () => damage(),
    }))
  }

  /** Sets of keys that are compared. */
  get keySets(): readonly KeySetOfRun[] {
    return this.keys.sets
  }

  /** Recognises the format from the bytes; a file that is something else is named in words and not read. */
  private async open(state: InputState, signal: AbortSignal): Promise<void> {
    stopIfAborted(signal)
    const { recognised, content } = await lookInto(state.given.source, state.given.reading, signal)
    if (content) {
      this.total += content.source.size - state.given.source.size
      state.given = { ...state.given, source: content.source, reading: content.reading }
      state.damage = content.damage
      state.places = content.within?.places ?? null
    }
    if (recognised.kind === 'other') {
      state.format = null
      const facts = [
        { name: 'The file is', value: recognised.words },
        { name: 'What to do', value: recognised.advice },
      ]
      this.sink.problem(problemIn('data/unreadable', { input: state.index, header: [] }, { line: 1, byte: 0 }, facts))
      return
    }
    state.format ??= recognised.kind === 'format' ? recognised.format : 'csv'
    if (state.format !== 'csv') return
    if (recognised.kind === 'empty') return
    const schema = state.given.schema ?? resourceSchemaOf(this.input.package ?? null, state.given.table)
    state.table = await TableRun.open(
      { ...state.given, schema },
      state.index,
      compileSchema(schema ?? state.given.guess ?? null, state.given.table, state.given.reading),
      this.keys,
      this.sink,
      signal,
    )
    state.structure = state.table.structure
    const told = this.input.told?.inputs[state.index] ?? null
    if (told?.kind === 'table') state.table.told = told
    state.table.openAhead = this.input.ahead ?? null
  }

  /** Reads the tables that follow in the same file, each as an input of its own behind those that were given. */
  private async *readOn(first: InputState, signal: AbortSignal): AsyncGenerator<ValidateUpdate> {
    for (let state = first; state.table?.next; ) {
      const origin = state.table.next
      const table = `${first.given.table}#${origin.table}`
      const schema = resourceSchemaOf(this.dataPackage, table)
      const given = { ...first.given, table, schema }
      const later = new InputState(given, this.states.length, { file: first.file, name: `${first.name}#${origin.table}`, origin })
      this.states.push(later)
      this.names.push(sidedName(later))
      later.format = 'csv'
      const compiled = compileSchema(schema, table, given.reading)
      later.table = await TableRun.open(given, later.index, compiled, this.keys, this.sink, signal, origin)
      later.table.follow(this.tables, this.rules)
      later.table.gauge(this.input.profile === true)
      later.structure = later.table.structure
      this.radius?.join([later.table])
      this.total += later.table.size
      yield* this.read(later, signal)
      later.sha256 = first.sha256
      later.sha256Blocks = first.sha256Blocks
      state = later
    }
  }

  private async *read(state: InputState, signal: AbortSignal): AsyncGenerator<ValidateUpdate> {
    const { source } = state.given
    // Tables that follow in a file are covered by the digest of the first.
    const found = this.input.told?.inputs[state.index] ?? null
    const hash = state.origin || found ? null : hashOf(state.file)
    const before = this.done
    const isPacked = source !== state.file
    const bytes = (chunk: Uint8Array): void => {
      if (!isPacked) hash?.update(chunk)
    }
    let readBytes = 0
    let told = before
    try {
      for await (const done of this.readerOf(state, signal, bytes)) {
        readBytes = done
        this.done = before + done
        const step = Math.max(progressBytes, Math.min(mostProgressBytes, this.total / 256))
        if (done < source.size && this.done - told < step) continue
        told = this.done
        yield { kind: 'progress', done: this.done, total: this.total, unit: 'bytes', label: source.name }
        if (this.done - this.shown >= (state.table ? partialTableBytes : partialResourceBytes)) {
          this.shown = this.done
          yield this.soFar()
        }
      }
      this.done = before + source.size
      state.ended = true
      if (isPacked && hash) for await (const chunk of state.file.stream()) hash.update(chunk)
      if (found) ({ sha256: state.sha256, sha256Blocks: state.sha256Blocks } = found)
      if (hash && (isPacked || readBytes >= source.size)) {
        const digest = await hash.digest()
        state.sha256 = digest
        state.sha256Blocks = await blocksDigest(hash, state.file.size, digest)
      }
    } finally {
      // Also where the run is left before its end.
      hash?.close?.()
    }
    const damage = state.table ? null : found?.kind === 'lines' ? found.damage : state.damage()
    if (damage !== null) this.sink.problem(damageProblem(state.index, damage))
    if (damage !== null && state.status === 'read') state.status = 'partial'
    if (state.table) yield* this.lookUp(this.keys.settle(state.table, signal), `${source.name}: keys`)
  }

  /** What was found so far, worked out where somebody looks at it. */
  private soFar(): ValidateUpdate {
    const { states, sink } = this
    return {
      kind: 'partial',
      get value() {
        return partialOf(states, sink)
      },
    }
  }

  private async *readerOf(state: InputState, signal: AbortSignal, bytes: (chunk: Uint8Array) => void): AsyncGenerator<number> {
    if (state.table) {
      yield* state.table.read(signal, bytes)
      state.records = state.table.records
      state.status = state.table.status
      this.quality.push(...state.table.quality)
      this.rulesRun += state.table.rulesRun
      return
    }
    const reading = this.resources.read(state, signal, bytes)
    if (reading !== null) return yield* reading
    let done = 0
    for await (const chunk of state.given.source.stream()) {
      stopIfAborted(signal)
      bytes(chunk)
      done += chunk.length
      yield done
    }
    if (state.given.source.size === 0)
      this.sink.problem(problemIn('data/empty-file', { input: state.index, header: [] }, null, [{ name: 'bytes', value: 0 }]))
  }

  /** Records of keys are read again: each pass over a file adds to what there is to do. */
  private async *lookUp(steps: AsyncIterable<KeyStep>, what: string): AsyncGenerator<ValidateUpdate> {
    let before = this.done
    let pass = 0
    for await (const step of steps) {
      if (step.kind === 'pass') {
        before += pass
        pass = step.bytes
        this.total += pass
        this.done = before
      } else this.done = before + Math.max(this.done - before, step.bytes)
      yield { kind: 'progress', done: this.done, total: this.total, unit: 'bytes', label: what }
    }
    this.done = before + pass
  }

  /** A second reading for keys of tables that were found while a file was read, and for keys of others that refer to them. */
  private async *lateKeys(signal: AbortSignal): AsyncGenerator<ValidateUpdate> {
    const { tables, keys } = this
    const announced = tables.reduce((sum, table) => sum + table.announceLate(tables), 0)
    if (announced === 0) return
    this.rulesRun += announced
    await keys.begin(tables)
    for (const { table } of inOrder(this.states, this.resources))
      if (table && keys.asks(table.input)) yield* this.lookUp(keys.readAgain(table, signal), `${table.name}: keys`)
    yield* this.lookUp(keys.finish(signal), 'references')
  }

  /** A second reading for rules that ask tables which were read later. */
  private async *ruleAgain(table: TableRun, signal: AbortSignal): AsyncGenerator<ValidateUpdate> {
    const before = this.done
    this.total += table.size
    for await (const done of table.ruleAgain(signal)) {
      this.done = before + done
      yield { kind: 'progress', done: this.done, total: this.total, unit: 'bytes', label: `${table.name}: rules` }
    }
    this.done = before + table.size
  }

  /** Looks up the patients of findings in tables that name them by the key of another table. */
  private async *findPatients(radius: BlastRadius, signal: AbortSignal): AsyncGenerator<ValidateUpdate> {
    this.total += radius.waiting
    const before = this.done
    for await (const { name, done } of radius.resolve(signal)) {
      this.done = Math.min(before + done, this.total)
      yield { kind: 'progress', done: this.done, total: this.total, unit: 'bytes', label: `${name}: patients` }
    }
    for await (const { name } of radius.settle(signal))
      yield { kind: 'progress', done: this.done, total: this.total, unit: 'bytes', label: `${name}: patients` }
    this.done = this.total
    radius.explain()
  }

  private finish(): void {
    for (const state of this.states) compareWithPackage(state, this.sink)
    const names = this.tables.map(({ table }) => table)
    for (const entry of this.rules.homeless(names)) this.sink.notEvaluated(entry)
    this.rulesRun += this.resources.finish(this.states)
    for (const entry of this.notJudged) this.sink.notEvaluated(entry)
  }

  /** What tasks were to judge and did not, and what can therefore not be told. */
  private get notJudged(): readonly NotEvaluated[] {
    const { told } = this.input
    const torn = this.states.filter(({ index }) => (told?.inputs[index]?.gaps.length ?? 0) > 0)
    const why = 'Some of its bytes were not judged, so the counts of what needs them are lower bounds.'
    const through = torn.filter(({ table }) => table !== null && table.patientKeys().length > 0)
    return [
      ...(told?.notJudged ?? []),
      ...through.map(({ name }) => ({ what: `Patients that findings reach through ${name}`, why })),
      ...torn.filter(({ table }) => table === null).map(({ name }) => ({ what: `Ids that are repeated in ${name}`, why })),
    ]
  }

  private result(radius: BlastRadius): ValidateResult {
    const { sink, states, quality: cells, rulesRun } = this
    const whole = resultOf({ sink, states, radius, cells, rulesRun, withProfiles: this.input.profile === true })
    const { notJudged } = this
    return notJudged.length === 0 ? whole : { ...whole, notJudged }
  }
}

function resourceSchemaOf(dataPackage: JsonObject | null, table: string): JsonObject | null {
  return dataPackage === null ? null : resourceSchema(dataPackage, table)
}

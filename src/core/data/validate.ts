/** Records + constraints → findings, over many files in one run, with progress by bytes, exact counts and bounded memory. */
import { stopIfAborted, type Update } from '../operation.ts'
import { atRisk } from './blast-radius/at-risk.ts'
import { BlastRadius } from './blast-radius/radius.ts'
import { BulkManifests } from './bulk-manifest.ts'
import { differences } from './checks/declared-file.ts'
import { rankOf } from './fhir/reading-order.ts'
import type { FhirSettings } from './fhir/settings.ts'
import { hashOf } from './file-hash.ts'
import { InputState, sidedName } from './input-state.ts'
import { KeyRun } from './keys/key-run.ts'
import type { KeyStep } from './keys/keyed-table.ts'
import type { Spill } from './keys/spill.ts'
import { qualityOf } from './quality/quality.ts'
import { readBundle } from './read/bundle.ts'
import { lookInto } from './read/look-into.ts'
import { damageProblem, problemIn } from './read/problems.ts'
import { readResources } from './read/read-resources.ts'
import type { JsonObject } from './record.ts'
import { ReportSink } from './report-sink.ts'
import { RuleContext } from './rules/context.ts'
import { compileSchema, resourceSchema } from './schema/compile.ts'
import { withPackages } from './schema/resource.ts'
import type { SourceFormat } from './source.ts'
import { TableRun } from './table-run.ts'
import type {
  ExportFact,
  FieldQuality,
  InputReport,
  LinesEvent,
  ResourceJudge,
  ValidateInput,
  ValidatePartial,
  ValidateResult,
} from './validation.ts'

/** Makes the judge of FHIR resources; called once per run, and only where a file holds resources. */
export type CreateJudge = (context: {
  readonly formats: readonly (SourceFormat | null)[]
  readonly asOf?: string
  readonly settings?: FhirSettings
  readonly spill?: Spill | null
  /** Bytes of the files that hold resources, as they are read. */
  readonly bytes?: number
}) => Promise<ResourceJudge>

/** Bytes of input, packed or not, from which the ids of resources may outgrow their budget. */
const spilledFrom = 64 << 20

type ValidateUpdate = Update<ValidatePartial, ValidateResult>

/** Findings are shown anew after so many bytes: several times a second at the speed of each format. */
const partialTableBytes = 8 << 20
const partialResourceBytes = 1 << 20
/** Progress is told after so many bytes: whoever shows it has to be asked for the next step each time. */
const progressBytes = 256 << 10
/** In large files, whose progress shows no difference. */
const mostProgressBytes = 1 << 20

/** Validates the inputs in order of their references: tables that others refer to are read first. */
export async function* validate(
  input: ValidateInput,
  signal: AbortSignal,
  createJudge?: CreateJudge,
): AsyncGenerator<ValidateUpdate> {
  const run = new Run(await withPackages(input, signal), createJudge, input.package ?? null)
  yield* run.run(signal)
}

class Run {
  private readonly states: InputState[]
  private readonly names: string[]
  private readonly sink: ReportSink
  private readonly keys: KeyRun
  private readonly bulk: BulkManifests
  private readonly rules: RuleContext
  private readonly quality: FieldQuality[] = []
  private judge: ResourceJudge | null = null
  private radius: BlastRadius | null = null
  private rulesRun = 0
  private idSpill: Spill | null = null
  private done = 0
  private shown = 0
  private total: number
  private readonly input: ValidateInput
  private readonly createJudge: CreateJudge | undefined
  private readonly dataPackage: JsonObject | null

  /** `dataPackage` as given: it may describe tables that are found while a file is read. */
  constructor(input: ValidateInput, createJudge: CreateJudge | undefined, dataPackage: JsonObject | null) {
    this.input = input
    this.dataPackage = dataPackage
    this.createJudge = createJudge
    this.states = input.inputs.map((given, index) => new InputState(given, index))
    this.names = this.states.map((state) => sidedName(state))
    this.sink = new ReportSink(this.names, input.seed ?? '1', input.maxRows ?? 200, {
      sides: input.inputs.map(({ side }) => side),
      severityRules: input.severityRules ?? [],
      ...(input.observer === undefined ? {} : { watch: input.observer }),
    })
    this.bulk = new BulkManifests(this.sink)
    this.rules = new RuleContext(input.rules ?? [], input.asOf ?? null, input.watch !== false)
    const { keyBudget: budget, spill, keySeed: seed, keySizes: sizes } = input
    this.keys = new KeyRun(this.sink, {
      ...(budget === undefined ? {} : { budget }),
      ...(spill === undefined ? {} : { spill }),
      ...(seed === undefined ? {} : { seed }),
      ...(sizes === undefined ? {} : { sizes }),
    })
    this.total = input.inputs.reduce((sum, { source }) => sum + source.size, 0)
  }

  async *run(signal: AbortSignal): AsyncGenerator<ValidateUpdate> {
    try {
      yield* this.work(signal)
    } finally {
      this.judge?.close?.()
      await this.keys.close()
      await this.idSpill?.close()
    }
  }

  /** A temporary file for ids of resources; small exports never need one. */
  private async openSpill(): Promise<Spill | null> {
    if (this.total >= spilledFrom) this.idSpill = (await this.input.spill?.open()) ?? null
    return this.idSpill
  }

  private async *work(signal: AbortSignal): AsyncGenerator<ValidateUpdate> {
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
    for (const state of this.states) if (state.format === 'manifest') yield* this.read(state, signal)
    for (const state of this.states) if (this.isAside(state) && isResources(state.format)) state.format = 'ndjson'
    if (this.createJudge && this.states.some((state) => isResources(state.format)))
      this.judge = await this.createJudge({
        formats: this.states.map((state) => state.format),
        ...(this.input.asOf ? { asOf: this.input.asOf } : {}),
        ...(this.input.fhir ? { settings: this.input.fhir } : {}),
        spill: await this.openSpill(),
        bytes: this.states.reduce((sum, { format, given }) => sum + (isResources(format) ? given.source.size : 0), 0),
      })
    this.bulk.begin(this.tellExport)
    for (const state of this.inOrder()) {
      if (state.ended) continue
      yield* this.read(state, signal)
      yield* this.readOn(state, signal)
    }
    yield* this.lookUp(this.keys.finish(signal), 'references')
    yield* this.lateKeys(signal)
    for (const table of this.tables) if (table.rulesWait) yield* this.ruleAgain(table, signal)
    yield* this.findPatients(radius, signal)
    await this.judge?.settle?.()
    this.finish()
    yield { kind: 'result', value: this.result() }
  }

  private get tables(): TableRun[] {
    return this.states.map((state) => state.table).filter((table) => table !== null)
  }

  /** Recognises the format from the bytes; a file that is something else is named in words and not read. */
  private async open(state: InputState, signal: AbortSignal): Promise<void> {
    stopIfAborted(signal)
    const { recognised, content } = await lookInto(state.given.source, state.given.reading, signal)
    if (content) {
      this.total += content.source.size - state.given.source.size
      state.given = { ...state.given, source: content.source, reading: content.reading }
      state.damage = content.damage
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
      compileSchema(schema, state.given.table, state.given.reading),
      this.keys,
      this.sink,
      signal,
    )
    state.structure = state.table.structure
    state.table.judged = this.input.judged?.[state.index] ?? null
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
      state = later
    }
  }

  /** True for a file in which an export tells its errors and deletions. */
  private isAside(state: InputState): boolean {
    const list = this.bulk.listOf(state.given.source.name)
    return list === 'deleted' || list === 'error'
  }

  private readonly tellExport = (fact: ExportFact): void => this.judge?.tellExport?.(fact)

  /** Tables that others refer to come first, what an export says about itself before its records; otherwise the order given. */
  private inOrder(): InputState[] {
    const order: InputState[] = []
    const visiting = new Set<InputState>()
    const visit = (state: InputState): void => {
      if (visiting.has(state)) return
      visiting.add(state)
      for (const target of state.table?.targets ?? []) {
        const parent = this.states[target]
        if (parent) visit(parent)
      }
      order.push(state)
    }
    for (const state of this.states) if (this.isAside(state)) visit(state)
    const lines = this.states.filter(({ format }) => format === 'ndjson').sort((a, b) => rankOf(a.name) - rankOf(b.name))
    for (const state of lines) visit(state)
    for (const state of this.states) visit(state)
    return order
  }

  private async *read(state: InputState, signal: AbortSignal): AsyncGenerator<ValidateUpdate> {
    const { source } = state.given
    // Tables that follow in a file are covered by the digest of the first.
    const hash = state.origin ? null : hashOf(state.file)
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
          yield { kind: 'partial', value: this.partial() }
        }
      }
      this.done = before + source.size
      state.ended = true
      if (isPacked && hash) for await (const chunk of state.file.stream()) hash.update(chunk)
      if (hash && (isPacked || readBytes >= source.size)) state.sha256 = await hash.digest()
    } finally {
      // Also where the run is left before its end.
      hash?.close?.()
    }
    const damage = state.table ? null : state.damage()
    if (damage !== null) this.sink.problem(damageProblem(state.index, damage))
    if (damage !== null && state.status === 'read') state.status = 'partial'
    if (state.table) yield* this.lookUp(this.keys.settle(state.table, signal), `${source.name}: keys`)
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
    if (state.format === 'manifest') return yield* this.readManifest(state, signal, bytes)
    if (state.format === 'ndjson' || state.format === 'json' || state.format === 'bundle')
      return yield* this.readJson(state, state.format, signal, bytes)
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

  private async *readJson(
    state: InputState,
    format: 'ndjson' | 'json' | 'bundle',
    signal: AbortSignal,
    bytes: (chunk: Uint8Array) => void,
  ): AsyncGenerator<number> {
    const list = this.bulk.listOf(state.given.source.name)
    const comments = this.input.fhir?.allowComments === true
    const spread = format === 'ndjson' && list !== 'error' && list !== 'deleted' ? this.judge?.readLines : undefined
    const lines = spread?.(state.given.source, state.index, signal, bytes) ?? null
    if (lines !== null) return yield* this.takeLines(state, lines)
    for await (const event of readResources(state.given.source, format, signal, state.index, bytes, undefined, comments)) {
      if (event.kind === 'problem') this.sink.problem(event.problem)
      else if (event.kind === 'frame') {
        for (const { place, ...sighting } of this.judge?.frame?.(event.bundle, event.recordOf, state.index) ?? [])
          this.sink.add(sighting, place)
      } else if (event.kind === 'end') {
        state.status = event.status
        state.records = event.records
        yield event.bytes
      } else {
        for (const resource of event.resources) {
          state.types.set(resource.type, (state.types.get(resource.type) ?? 0) + 1)
          if (this.bulk.take(resource, state.index, list, this.tellExport)) continue
          if (this.judge)
            for (const { place, ...sighting } of this.judge.see(resource, state.index)) this.sink.add(sighting, place)
        }
        yield event.done
      }
    }
  }

  /** A long file that several threads judge. */
  private async *takeLines(state: InputState, lines: AsyncIterable<LinesEvent>): AsyncGenerator<number> {
    for await (const event of lines) {
      if (event.kind === 'problem') this.sink.problem(event.problem)
      else if (event.kind === 'end') {
        state.status = event.status
        state.records = event.records
        yield event.bytes
      } else {
        for (const [type, records] of event.types) state.types.set(type, (state.types.get(type) ?? 0) + records)
        for (const { place, ...sighting } of event.sightings) this.sink.add(sighting, place)
        yield event.done
      }
    }
  }

  private async *readManifest(
    state: InputState,
    signal: AbortSignal,
    bytes: (chunk: Uint8Array) => void,
  ): AsyncGenerator<number> {
    for await (const event of readBundle(state.given.source, signal, state.index, bytes)) {
      if (event.kind === 'problem' && event.problem.sighting.code !== 'data/resource-type-missing')
        this.sink.problem(event.problem)
      if (event.kind === 'resources') this.bulk.add(event.resources[0]?.value ?? {}, state.index)
      if (event.kind === 'end') {
        state.status = event.status
        state.records = 0
        yield event.bytes
      }
    }
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
    for (const { table } of this.inOrder())
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
    this.done = this.total
    radius.explain()
  }

  /** What the data package promised of a file, against the file. */
  private compareWithPackage({ given, index, file, sha256 }: InputState): void {
    const { declared } = given
    if (!declared) return
    for (const entry of declared.notEvaluated) this.sink.notEvaluated(entry)
    const facts = differences(declared, { bytes: file.size, sha256 })
    const at = { kind: 'input', input: index, line: null, byte: null } as const
    if (facts.length > 0) this.sink.add({ code: 'data/declared-file', at, evidence: { facts } }, '')
  }

  private finish(): void {
    for (const state of this.states) this.compareWithPackage(state)
    const names = this.tables.map(({ table }) => table)
    for (const entry of this.rules.homeless(names)) this.sink.notEvaluated(entry)
    const resources = this.states.filter((state) => isResources(state.format))
    const files = resources.map(({ given, records, status, types }) => ({
      name: given.source.name,
      records,
      whole: status === 'read',
      types,
    }))
    this.bulk.finish(files, this.tellExport)
    const silence = resources.some((state) => state.format === 'ndjson') ? this.bulk.silence() : null
    if (silence !== null) this.sink.notEvaluated(silence)
    if (!this.judge) {
      if (this.states.some((state) => isResources(state.format)))
        this.sink.notEvaluated({
          what: 'FHIR rules',
          why: 'This run was started without the FHIR definitions; only the form of the records was checked.',
        })
      return
    }
    for (const { place, ...sighting } of this.judge.finish()) this.sink.add(sighting, place)
    for (const { code, place, input, of } of this.judge.denominators()) this.sink.denominator(code, place, input, of)
    for (const entry of this.judge.notEvaluated()) this.sink.notEvaluated(entry)
    this.rulesRun += this.judge.rulesRun
  }

  /** The report of an input, with how it leads to the patient and what it holds of one. */
  private reportOf(state: InputState): InputReport {
    const patients = this.radius?.sentence(state.index) ?? null
    const safety = this.sink.tableSafety(state.index)
    const undeclared = this.sink.undeclaredColumns(state.index)
    return {
      ...state.report(),
      ...(undeclared.length === 0 ? {} : { undeclared }),
      ...(patients === null ? {} : { patients }),
      ...(safety === null ? {} : { safety }),
    }
  }

  private partial(): ValidatePartial {
    return {
      // A file that waits its turn is not unreadable.
      inputs: this.states.map((state) => ({
        ...state.report(),
        ...(state.ended || state.format === null ? {} : { status: 'partial' as const }),
      })),
      summary: this.sink.tally.summary(),
      findings: this.sink.findings(),
    }
  }

  private result(): ValidateResult {
    const findings = this.sink.findings()
    const gauges = this.states.flatMap((state) => state.table?.gauges ?? [])
    const { quality, notEvaluated } = qualityOf({
      inputs: this.states.map((state) => state.report()),
      cells: this.quality,
      findings,
      tested: this.sink.tally.tested(),
      groups: gauges.flatMap((gauge) => gauge.groups),
      timeliness: gauges.flatMap((gauge) => gauge.timeliness),
    })
    const patientsAtRisk = this.radius ? atRisk(this.sink, this.radius, this.states) : []
    return {
      inputs: this.states.map((state) => this.reportOf(state)),
      ...(patientsAtRisk.length > 0 ? { patientsAtRisk } : {}),
      summary: { ...this.sink.tally.summary(), recordsWithErrors: this.sink.recordsWithErrors },
      findings,
      quality,
      ...(this.input.profile === true ? { profiles: gauges.flatMap((gauge) => gauge.profiles) } : {}),
      notEvaluated: [...this.sink.skippedChecks, ...notEvaluated],
      fallbacks: this.sink.fallbacks,
      rulesRun: this.rulesRun,
    }
  }
}

function isResources(format: SourceFormat | null): boolean {
  return format === 'ndjson' || format === 'json' || format === 'bundle'
}

function resourceSchemaOf(dataPackage: JsonObject | null, table: string): JsonObject | null {
  return dataPackage === null ? null : resourceSchema(dataPackage, table)
}

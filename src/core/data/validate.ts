/** Records + constraints → findings, over many files in one run, with progress by bytes, exact counts and bounded memory. */
import { stopIfAborted, type Update } from '../operation.ts'
import { checkManifest } from './bulk-manifest.ts'
import { hashOf } from './file-hash.ts'
import { KeyRun } from './key-run.ts'
import { defaultKeyBudget } from './keys.ts'
import { readBundle } from './read/bundle.ts'
import type { ReadStatus, Structure } from './read/events.ts'
import { problemIn } from './read/problems.ts'
import { readResources } from './read/read-resources.ts'
import { recognise } from './read/sniff.ts'
import { take } from './read/stretches.ts'
import type { JsonObject } from './record.ts'
import { ReportSink } from './report-sink.ts'
import { compileSchema, resourceSchema } from './schema/compile.ts'
import type { SourceFormat } from './source.ts'
import { TableRun } from './table-run.ts'
import type {
  FieldQuality,
  InputReport,
  ResourceJudge,
  ValidateInput,
  ValidatePartial,
  ValidateResult,
  ValidateSource,
} from './validation.ts'

/** Makes the judge of FHIR resources; called once per run, and only where a file holds resources. */
export type CreateJudge = (context: { readonly formats: readonly (SourceFormat | null)[] }) => Promise<ResourceJudge>

type ValidateUpdate = Update<ValidatePartial, ValidateResult>

/** Findings are shown anew after so many bytes: several times a second at the speed of each format. */
const partialTableBytes = 8 << 20
const partialResourceBytes = 1 << 20
/** Progress is told after so many bytes: whoever shows it has to be asked for the next step each time. */
const progressBytes = 256 << 10
const headBytes = 64 << 10

/** Validates the inputs in order of their references: tables that others refer to are read first. */
export async function* validate(
  input: ValidateInput,
  signal: AbortSignal,
  createJudge?: CreateJudge,
): AsyncGenerator<ValidateUpdate> {
  const run = new Run(input, createJudge)
  yield* run.run(signal)
}

/** What is known of one input while the run goes on. */
class InputState {
  format: SourceFormat | null
  sha256: string | null = null
  structure: Structure | null = null
  records = 0
  status: ReadStatus = 'unreadable'
  /** Read as far as it could be. */
  ended = false
  readonly types = new Map<string, number>()
  table: TableRun | null = null
  readonly given: ValidateSource
  readonly index: number

  constructor(given: ValidateSource, index: number) {
    this.given = given
    this.index = index
    this.format = given.format
  }

  report(): InputReport {
    const { source, table, side } = this.given
    const { format, structure, records, status } = this
    return { name: source.name, table, side, format, bytes: source.size, sha256: this.sha256, structure, records, status }
  }
}

class Run {
  private readonly states: InputState[]
  private readonly sink: ReportSink
  private readonly keys: KeyRun
  private readonly quality: FieldQuality[] = []
  private judge: ResourceJudge | null = null
  private rulesRun = 0
  private done = 0
  private shown = 0
  private total: number
  private readonly input: ValidateInput
  private readonly createJudge: CreateJudge | undefined

  constructor(input: ValidateInput, createJudge: CreateJudge | undefined) {
    this.input = input
    this.createJudge = createJudge
    this.states = input.inputs.map((given, index) => new InputState(given, index))
    this.sink = new ReportSink(
      // Files of both sides may have one name; a finding of one is not a finding of the other.
      input.inputs.map(({ source, side }) => (side === null ? source.name : `${side}/${source.name}`)),
      input.seed ?? '1',
      input.maxRows ?? 200,
    )
    this.keys = new KeyRun({ left: input.keyBudget ?? defaultKeyBudget }, this.sink)
    this.total = input.inputs.reduce((sum, { source }) => sum + source.size, 0)
  }

  async *run(signal: AbortSignal): AsyncGenerator<ValidateUpdate> {
    for (const state of this.states) await this.open(state, signal)
    const tables = this.states.map((state) => state.table).filter((table) => table !== null)
    for (const table of tables) table.announce(tables)
    if (this.createJudge && this.states.some((state) => isResources(state.format)))
      this.judge = await this.createJudge({ formats: this.states.map((state) => state.format) })
    for (const state of this.inOrder()) yield* this.read(state, signal)
    const waiting = tables.filter((table) => table.waits)
    for (const table of waiting) this.total += table.size
    for (const table of waiting) yield* this.follow(table, signal)
    this.finish()
    yield { kind: 'result', value: this.result() }
  }

  /** Recognises the format from the bytes; a file that is something else is named in words and not read. */
  private async open(state: InputState, signal: AbortSignal): Promise<void> {
    const { source } = state.given
    stopIfAborted(signal)
    const recognised = recognise(await take(source, 0, headBytes, signal), source.size, source.name)
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
      state.given,
      state.index,
      compileSchema(schema, state.given.table),
      this.keys,
      this.sink,
      signal,
    )
    state.structure = state.table.structure
  }

  /** Tables that others refer to come first; otherwise the order given. */
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
    for (const state of this.states) visit(state)
    return order
  }

  private async *read(state: InputState, signal: AbortSignal): AsyncGenerator<ValidateUpdate> {
    const { source } = state.given
    const hash = hashOf(source)
    const before = this.done
    const bytes = (chunk: Uint8Array): void => {
      hash.update(chunk)
    }
    let readBytes = 0
    let told = before
    for await (const done of this.readerOf(state, signal, bytes)) {
      readBytes = done
      this.done = before + done
      if (done < source.size && this.done - told < progressBytes) continue
      told = this.done
      yield { kind: 'progress', done: this.done, total: this.total, unit: 'bytes', label: source.name }
      if (this.done - this.shown >= (state.table ? partialTableBytes : partialResourceBytes)) {
        this.shown = this.done
        yield { kind: 'partial', value: this.partial() }
      }
    }
    this.done = before + source.size
    state.ended = true
    if (readBytes >= source.size) state.sha256 = await hash.digest()
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
    for await (const event of readResources(state.given.source, format, signal, state.index, bytes)) {
      if (event.kind === 'problem') this.sink.problem(event.problem)
      else if (event.kind === 'end') {
        state.status = event.status
        state.records = event.records
        yield event.bytes
      } else {
        for (const resource of event.resources) {
          state.types.set(resource.type, (state.types.get(resource.type) ?? 0) + 1)
          if (this.judge)
            for (const { place, ...sighting } of this.judge.see(resource, state.index)) this.sink.add(sighting, place)
        }
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
      if (event.kind === 'resources') this.manifests.push({ value: event.resources[0]?.value ?? {}, input: state.index })
      if (event.kind === 'end') {
        state.status = event.status
        state.records = 0
        yield event.bytes
      }
    }
  }

  private readonly manifests: { readonly value: JsonObject; readonly input: number }[] = []

  /** A second reading for references that point to the table itself, or in a circle. */
  private async *follow(table: TableRun, signal: AbortSignal): AsyncGenerator<ValidateUpdate> {
    const before = this.done
    for await (const done of table.follow(signal)) {
      this.done = before + done
      yield { kind: 'progress', done: this.done, total: this.total, unit: 'bytes', label: `${table.name}: references` }
    }
    this.done = before + table.size
  }

  private finish(): void {
    for (const { value, input } of this.manifests) {
      const files = this.states
        .filter((state) => isResources(state.format))
        .map((state) => ({ name: state.given.source.name, records: state.records, types: state.types }))
      checkManifest(value, input, files, this.sink)
    }
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

  private partial(): ValidatePartial {
    return {
      // A file that waits its turn is not unreadable.
      inputs: this.states.map((state) => ({
        ...state.report(),
        ...(state.ended || state.format === null ? {} : { status: 'partial' as const }),
      })),
      summary: this.sink.tally.summary(),
      findings: this.sink.tally.findings(),
    }
  }

  private result(): ValidateResult {
    return {
      inputs: this.states.map((state) => state.report()),
      summary: { ...this.sink.tally.summary(), recordsWithErrors: this.sink.recordsWithErrors },
      findings: this.sink.tally.findings(),
      quality: this.quality.sort((a, b) => a.input - b.input),
      notEvaluated: this.sink.skippedChecks,
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

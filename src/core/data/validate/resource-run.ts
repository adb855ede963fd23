/** The files of a run that hold FHIR resources, and what an export says about itself: read here, judged by the judge of the run. */

import type { ReportSink } from '../blast-radius/report-sink.ts'
import type { FhirSettings } from '../fhir/definitions/settings.ts'
import type { ExportFact, LinesEvent, ResourceJudge } from '../fhir/visit/run-contract.ts'
import type { SourceFormat } from '../model/source.ts'
import type { Spill } from '../model/spill.ts'
import { readBundle } from '../read/json/bundle.ts'
import { readResources } from '../read/json/read-resources.ts'
import { BulkManifests } from './bulk-manifest.ts'
import type { InputState } from './input-state.ts'
import type { ValidateInput } from './validate-input.ts'

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

type ResourceFormat = 'ndjson' | 'json' | 'bundle'
type Bytes = (chunk: Uint8Array) => void

export class ResourceRun {
  private readonly bulk: BulkManifests
  private judge: ResourceJudge | null = null
  private idSpill: Spill | null = null
  private readonly input: ValidateInput
  private readonly createJudge: CreateJudge | undefined
  private readonly sink: ReportSink

  constructor(input: ValidateInput, createJudge: CreateJudge | undefined, sink: ReportSink) {
    this.input = input
    this.createJudge = createJudge
    this.sink = sink
    this.bulk = new BulkManifests(sink)
  }

  /** All formats are known and all manifests read. @param total bytes of all inputs */
  async begin(states: readonly InputState[], total: number): Promise<void> {
    for (const state of states) if (this.isAside(state) && isResources(state.format)) state.format = 'ndjson'
    if (this.createJudge && states.some((state) => isResources(state.format)))
      this.judge = await this.createJudge({
        formats: states.map((state) => state.format),
        ...(this.input.asOf ? { asOf: this.input.asOf } : {}),
        ...(this.input.fhir ? { settings: this.input.fhir } : {}),
        spill: await this.openSpill(total),
        bytes: states.reduce((sum, { format, given }) => sum + (isResources(format) ? given.source.size : 0), 0),
      })
    this.bulk.begin(this.tellExport)
  }

  /** A temporary file for ids of resources; small exports never need one. */
  private async openSpill(total: number): Promise<Spill | null> {
    if (total >= spilledFrom) this.idSpill = (await this.input.spill?.open()) ?? null
    return this.idSpill
  }

  /** True for a file in which an export tells its errors and deletions. */
  isAside(state: InputState): boolean {
    const list = this.bulk.listOf(state.given.source.name)
    return list === 'deleted' || list === 'error'
  }

  private readonly tellExport = (fact: ExportFact): void => this.judge?.tellExport?.(fact)

  /** Reads a file that is one of these, yielding the bytes done; null for any other. `bytes` sees them as they are read. */
  read(state: InputState, signal: AbortSignal, bytes: Bytes): AsyncGenerator<number> | null {
    if (state.format === 'manifest') return this.readManifest(state, signal, bytes)
    return isResources(state.format) ? this.readJson(state, state.format, signal, bytes) : null
  }

  private async *readJson(state: InputState, format: ResourceFormat, signal: AbortSignal, bytes: Bytes): AsyncGenerator<number> {
    const list = this.bulk.listOf(state.given.source.name)
    const comments = this.input.fhir?.allowComments === true
    const told = this.input.told?.inputs[state.index] ?? null
    if (told?.kind === 'lines' && this.judge?.takeLines) {
      const isTorn = told.gaps.length > 0
      if (isTorn) this.tellExport({ kind: 'torn' })
      const lines = { stretches: told.stretches(), size: told.size, isTorn }
      return yield* this.takeLines(state, this.judge.takeLines(lines, state.index, signal))
    }
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

  private async *readManifest(state: InputState, signal: AbortSignal, bytes: Bytes): AsyncGenerator<number> {
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

  async settle(signal: AbortSignal): Promise<void> {
    await this.judge?.settle?.(signal)
  }

  /** Tells what can be told once all files were read; gives how many rules the judge ran. */
  finish(states: readonly InputState[]): number {
    const resources = states.filter((state) => isResources(state.format))
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
      if (states.some((state) => isResources(state.format)))
        this.sink.notEvaluated({
          what: 'FHIR rules',
          why: 'This run was started without the FHIR definitions; only the form of the records was checked.',
        })
      return 0
    }
    for (const { place, ...sighting } of this.judge.finish()) this.sink.add(sighting, place)
    for (const { code, place, input, of } of this.judge.denominators()) this.sink.denominator(code, place, input, of)
    for (const entry of this.judge.notEvaluated()) this.sink.notEvaluated(entry)
    return this.judge.rulesRun
  }

  /** To be called however the run ends. */
  async close(): Promise<void> {
    this.judge?.close?.()
    await this.idSpill?.close()
  }
}

function isResources(format: SourceFormat | null): format is ResourceFormat {
  return format === 'ndjson' || format === 'json' || format === 'bundle'
}

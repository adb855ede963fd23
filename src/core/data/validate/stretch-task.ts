/** What a task does with a stretch of one table: opens the run, judges what can be judged alone, and hands on the rest. */

import { columnIn } from '../read/column-in.ts'
import { type Landmark, Landmarks } from '../read/landmarks.ts'
import type { StretchPlace } from '../read/stretches/stretch-gate.ts'
import { KeyEntries } from '../spread/key-entries.ts'
import { EventWriter, marks } from '../spread/told-events.ts'
import type { StretchTotals } from './table-front.ts'
import type { TableRun } from './table-run.ts'
import { PatientKeys } from './told-keys.ts'
import type { ValidateInput } from './validate-input.ts'
import { ValidationRun } from './validation-run.ts'

export interface StretchAsked {
  readonly input: number
  /** The first record of the block; null for the beginning of the table. */
  readonly place: StretchPlace | null
  /** Offset from which on the next stretch begins. */
  readonly until: number
  readonly partitions: number
  /** Secret of the run, for fingerprints of keys. */
  readonly seed: string
  readonly settled: Settled
}

/** By input and column: numbers of watches. */
export type Settled = readonly (readonly (readonly number[])[])[]

export interface JudgedStretch {
  readonly totals: StretchTotals
  readonly landmarks: readonly Landmark[]
  /** Keys by set of the run. */
  readonly tested: readonly number[]
  /** Rows, to be guarded as such. */
  readonly events: Uint8Array
  readonly patientKeys: Uint8Array
  readonly keys: readonly Uint8Array[]
}

/** The same inputs and rules for many tasks of one process. */
export class StretchTasks {
  private opened: Promise<ValidationRun> | null = null
  private readonly input: ValidateInput

  constructor(input: ValidateInput) {
    this.input = input
  }

  async judge(asked: StretchAsked, signal: AbortSignal): Promise<JudgedStretch> {
    const { input, place, until, partitions, seed, settled } = asked
    const run = await this.openAnew(signal)
    const table = tableOf(run, input)
    table.settleAs(settled[input] ?? [])
    const events = new EventWriter()
    const keys = new KeyEntries(run.keySets, input, partitions, seed)
    const lists = table.patientKeys().map((fields) => fields.map((field) => columnIn(table.header, field)))
    const patients = new PatientKeys((view) => lists.map((columns) => table.keyOf(view, columns)))
    const front = table.front(events, lists.length > 0 ? [keys, patients] : [keys], place !== null, until)
    for await (const _ of table.readBy(front.sink, place, signal)) if (front.isOver) break
    return {
      totals: front.finish(),
      landmarks: table.places,
      tested: keys.tested,
      events: events.take(),
      patientKeys: patients.taken(),
      keys: Array.from({ length: partitions }, (_, partition) => keys.ofPartition(partition)),
    }
  }

  /** Some records of a stretch again, as events. @param records their numbers in order */
  async lookUp(
    input: number,
    landmarks: readonly Landmark[],
    records: readonly number[],
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const table = tableOf(await this.open(signal), input)
    const known = new Landmarks(0)
    for (const { record, byte, line } of landmarks) known.note(record, byte, line)
    const events = new EventWriter()
    let next = 0
    const wanted = (): number => records[next] ?? Number.POSITIVE_INFINITY
    const visit = table.visitBy(
      known,
      (view, byteOf, placed) => {
        while (wanted() < view.record) next++
        if (wanted() !== view.record) return
        events.record(view, byteOf, marks.alone, placed)
        next++
      },
      wanted,
      signal,
    )
    for await (const _ of visit) if (wanted() === Number.POSITIVE_INFINITY) break
    return events.take()
  }

  /** The sets of keys of the run. */
  async keySets(signal: AbortSignal) {
    return (await this.open(signal)).keySets
  }

  /** What is known of the inputs before anything is judged; the same run for all who ask. */
  open(signal: AbortSignal): Promise<ValidationRun> {
    this.opened ??= this.openAnew(signal)
    return this.opened
  }

  /** A run of which nothing was read yet. */
  private async openAnew(signal: AbortSignal): Promise<ValidationRun> {
    const run = new ValidationRun(this.input, undefined, this.input.package ?? null)
    await run.prepare(signal)
    return run
  }

  /** By input and column the numbers of the watches that know what they look for after the records that all of them see. */
  async settled(signal: AbortSignal): Promise<Settled> {
    const run = await this.openAnew(signal)
    const settled: (readonly (readonly number[])[])[] = this.input.inputs.map(() => [])
    for (const table of run.tables) settled[table.input] = await table.settleWatches(signal)
    return settled
  }
}

function tableOf(run: ValidationRun, input: number): TableRun {
  const table = run.tables.find((one) => one.input === input)
  if (!table) throw new Error(`Input ${input} of the run is no table`)
  return table
}

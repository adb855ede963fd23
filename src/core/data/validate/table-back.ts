/** The second half of judging a table: goes on from what tasks handed on, in the order of the file. The first half is table-front.ts. */
import { stopIfAborted } from '../../operation.ts'
import type { RecordPatient } from '../blast-radius/record-patient.ts'
import type { ReportSink } from '../blast-radius/report-sink.ts'
import type { SeeRecord } from '../keys/source-table.ts'
import type { ReadStatus } from '../model/events.ts'
import type { TableGauges } from '../quality/table-gauges.ts'
import { endOfStretches } from '../read/stretches/stretch-gate.ts'
import type { RecordView } from '../read/text/record-view.ts'
import type { RulesOfTable } from '../rules/of-table.ts'
import { marks, replayEvents } from '../spread/told-events.ts'
import type { TableJudge } from './table-judge.ts'
import type { ToldTable } from './told.ts'

interface Back {
  readonly judge: TableJudge
  readonly rules: RulesOfTable | null
  readonly gauges: TableGauges | null
  readonly patient: RecordPatient | null
  readonly sink: ReportSink
  /** Shows one record after the other. */
  readonly view: RecordView
  /** Bytes of the table. */
  readonly size: number
}

/** Yields the bytes done; gives how the reading of the table ended. */
export async function* readTold(
  { judge, rules, gauges, patient, sink, view, size }: Back,
  told: ToldTable,
  signal: AbortSignal,
): AsyncGenerator<number, { readonly records: number; readonly status: ReadStatus }> {
  const isTorn = told.gaps.length > 0
  rules?.start()
  if (isTorn) rules?.tear()
  for (const { judged, filled } of told.stretches) {
    judge.add(judged)
    rules?.columns.addSieved(filled)
  }
  for (let stretch = 0; stretch < told.stretches.length; stretch++) {
    stopIfAborted(signal)
    replayEvents(await told.events(stretch), view, {
      problem: (problem) => (patient ?? sink).problem(problem),
      record: (shown, byteOf, mark, placed) => {
        patient?.see(shown, placed)
        const isAlone = (mark & marks.alone) !== 0
        if ((mark & marks.whole) === 0) return
        if (isAlone || (mark & marks.judged) !== 0) judge.see(shown, byteOf)
        if (isAlone) rules?.see(shown, byteOf)
        else if ((mark & marks.watched) !== 0) rules?.seeSieved(shown, byteOf)
        if (isAlone || (mark & marks.gauged) !== 0) gauges?.see(shown, byteOf)
      },
    })
    yield Math.floor((size * (stretch + 1)) / told.stretches.length)
  }
  patient?.flush()
  const end = endOfStretches(told.stretches, isTorn)
  rules?.columns.endSieved(end.records)
  return end
}

/** Shows records again: those that tasks looked up (`strays`), or all that they handed on (`events`). */
export async function* visitTold(
  told: ToldTable,
  which: 'strays' | 'events',
  view: RecordView,
  patient: RecordPatient | null,
  see: SeeRecord,
  wanted: () => number,
  signal: AbortSignal,
): AsyncGenerator<number> {
  for (let stretch = 0; stretch < told.stretches.length; stretch++) {
    stopIfAborted(signal)
    replayEvents(await told[which](stretch), view, {
      problem() {},
      record: (shown, byteOf, _mark, placed) => {
        if (shown.record < wanted()) return
        patient?.see(shown, placed)
        see(shown, byteOf)
      },
    })
    yield 0
  }
}

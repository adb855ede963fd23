/** The one union that readiness shows: patients that any critical finding is about, each counted once. */
import type { SafetyClass } from '../../finding.ts'
import { safetyClasses } from '../../finding.ts'
import type { Side } from '../model/source.ts'
import type { PatientsAtRisk } from '../model/validation.ts'
import type { BlastRadius } from './radius.ts'
import type { ReportSink } from './report-sink.ts'

/** What must be known of an input: its side and how many records it has. */
export interface CountedInput {
  readonly index: number
  readonly records: number
  readonly given: { readonly side: Side | null }
  /** Records by resource type, for FHIR. */
  readonly types: ReadonlyMap<string, number>
}

/** One entry per side that leads to patients; their keys differ between the sides, so they are not added up. */
export function atRisk(sink: ReportSink, radius: BlastRadius, inputs: readonly CountedInput[]): PatientsAtRisk[] {
  if (sink.tally.people.full) {
    sink.notEvaluated({
      what: 'Patients',
      why: 'More patients have findings than can be counted in memory; check the files in parts.',
    })
    return []
  }
  const sides = [...new Set(inputs.map(({ given }) => given.side))]
  return sides.flatMap((side) => {
    const own = inputs.filter(({ given }) => given.side === side)
    const patients = own.reduce((sum, { types }) => sum + (types.get('Patient') ?? 0), 0)
    if (patients === 0 && !own.some(({ index }) => radius.sentence(index) !== null)) return []
    const indexes = new Set(own.map(({ index }) => index))
    const of = (safety: SafetyClass | null): number =>
      sink.tally.union(
        'critical',
        (_code, { input, place }) =>
          input !== null && indexes.has(input) && (safety === null || sink.safetyOf(input, place) === safety),
      )?.size ?? 0
    const table = radius.patientTable(side)
    const bySafety: Partial<Record<SafetyClass, number>> = {}
    for (const safety of safetyClasses) {
      const count = of(safety)
      if (count > 0) bySafety[safety] = count
    }
    const total = patients > 0 ? patients : (own.find(({ index }) => index === table)?.records ?? null)
    return [{ side, patients: of(null), of: total, bySafety }]
  })
}

/** Chooses a record for each defect by rule, plants all of them at once, and says what must be seen where. */
import {
  allergyStateRow,
  type Chart,
  type ChartEntry,
  type ChartRow,
  type ChartText,
} from '../../../../src/core/review/model/chart.ts'
import { type Changes, type Clinic, noChanges } from './clinics.ts'
import { type Resource, withAt } from './json.ts'
import type { Planted } from './table.ts'

export interface Placed {
  readonly defect: Planted
  /** Patient whose chart shows it, and the other one of a moved record. */
  readonly key: string
  readonly other: string | null
  /** The row before anything was planted. */
  readonly row: ChartRow
}

export const rowsOf = (chart: Chart): readonly ChartRow[] => chart.sections.flatMap(({ rows }) => rows)

/** Everything that an entry shows. */
export const textsOf = (entry: ChartEntry | null): readonly ChartText[] =>
  entry === null ? [] : [entry.title, ...entry.details, ...entry.unmapped]

/** The placed defects and the changes that plant them; a defect without a fitting record is left out. */
export function place(clinic: Clinic, charts: readonly Chart[], defects: readonly Planted[]) {
  const takenRows = new Set<ChartRow>()
  const takenPatients = new Set<string>()
  const resources = new Map<string, Resource | null>()
  const changes = {
    ...noChanges,
    resources,
    added: [] as Resource[],
    columns: [] as Changes['columns'][number][],
    tables: [] as Changes['tables'][number][],
  }
  const placed: Placed[] = []
  const chartOf = new Map(charts.map((chart) => [chart.key, chart]))
  for (const defect of defects) {
    const { act, type, fits = () => true } = defect
    const isLegacy = typeof act === 'object' && !('change' in act)
    const found = clinic.keys
      // In a small clinic one patient carries several defects, never two that are about the person.
      .filter((key) => !takenPatients.has(key) || (clinic.name === 'pair-12' && type !== 'Patient'))
      .flatMap((key) => {
        const chart = chartOf.get(key)
        return chart && chart.alarms.length === 0 ? rowsOf(chart).map((row) => ({ key, row })) : []
      })
      .find(({ row }) => {
        if (takenRows.has(row) || row.id === allergyStateRow || !row.legacy || !row.target) return false
        if (isLegacy) return row.id.startsWith(`${'table' in act ? 'patients' : type}:`)
        const resource = clinic.resources.get(row.target.place.id ?? '')
        return resource?.resourceType === type && fits(resource)
      })
    if (!found) continue
    const { key, row } = found
    takenRows.add(row)
    takenPatients.add(key)
    const name = row.target?.place.id ?? ''
    const resource = clinic.resources.get(name)
    let other: string | null = null
    if (act === 'remove') resources.set(name, null)
    else if (act === 'copy' && resource) changes.added.push({ ...resource, id: `${resource.id}-copy` })
    else if (act === 'other-patient' && resource) {
      other =
        clinic.keys.findLast((each) => !takenPatients.has(each) && chartOf.get(each)?.alarms.length === 0) ??
        clinic.keys.at(-1) ??
        ''
      takenPatients.add(other)
      resources.set(name, withAt(resource, 'subject.reference', clinic.referenceTo(patientId(chartOf.get(other)))))
    } else if (typeof act === 'object' && 'change' in act && resource) resources.set(name, act.change(resource))
    else if (typeof act === 'object' && 'column' in act)
      changes.columns.push({ table: type, column: act.column, record: row.legacy?.place.record ?? 0, text: act.text })
    else if (typeof act === 'object' && 'table' in act) changes.tables.push({ table: act.table, key, text: act.text })
    placed.push({ defect, key, other, row })
  }
  return { placed, changes }
}

/** The id of the patient in the target. */
function patientId(chart: Chart | undefined): string {
  const person =
    chart && rowsOf(chart).find(({ target, id }) => id !== allergyStateRow && target?.place.id?.startsWith('Patient/'))
  return person?.target?.place.id?.slice('Patient/'.length) ?? ''
}

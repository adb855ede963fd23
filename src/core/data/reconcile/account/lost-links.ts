/** Target tables of which hardly a link finds its patient: one missing line of the field map, not as many lost patients. */
import { counted } from '../../../counted.ts'
import type { NotEvaluated } from '../../../finding.ts'
import type { BoundTable } from '../../crosswalk/plan/plan.ts'

/** From this share on the field map is in doubt, not the records. */
const leastShare = 0.95

const begins = 'Links of '

/** Whether an entry of what was not compared is one of these. */
export function isLostLinks({ what }: NotEvaluated): boolean {
  return what.startsWith(begins)
}

/** A table of which nothing can be judged, with the sentence that says it. */
export interface LostLinks {
  readonly table: BoundTable
  readonly words: NotEvaluated
}

/** @param orphans records without a patient by target table  @param placed records of the target whose patient is known, by table */
export function lostLinks(
  tables: readonly BoundTable[],
  orphans: ReadonlyMap<string, number>,
  placed: (type: string) => number,
): LostLinks[] {
  const patients = tables.find(({ isPatients }) => isPatients)
  return tables.flatMap((table) => {
    const { type, patient, through } = table
    const link = patient ?? through
    const to = patient === null ? tables.find((one) => one.source === through?.links && one.patient !== null) : patients
    const lost = orphans.get(type) ?? 0
    const column = link?.path.steps[0]?.name
    // A resource has its id, whatever the field map says.
    if (to === undefined || /^[A-Z]/.test(to.type)) return []
    if (column === undefined || lost === 0 || lost < leastShare * (lost + placed(type))) return []
    const [id] = to.positions.id
    const held = id === undefined ? undefined : to.fields[id]?.path.plain
    const holds = held === undefined ? `no mapped column of ${to.type} holds` : `${held} does not hold`
    const why = `${type}.${column} holds values that ${holds}, so ${counted(lost, 'record finds', 'records find')} no patient; give the column of ${to.type} that it names, such as ${to.type}.${column}, a line with role=id: a value-map of the numbers, or record-id with table=${to.source}`
    return [{ table, words: { what: `${begins}${type}`, why } }]
  })
}

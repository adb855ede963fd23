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

/** @param orphans records without a patient by target table  @param records all records of the target that stand beside a legacy table */
export function lostLinks(
  tables: readonly BoundTable[],
  orphans: ReadonlyMap<string, number>,
  records: (source: string) => number,
): NotEvaluated[] {
  const patients = tables.find(({ isPatients }) => isPatients)
  // A resource has its id, whatever the field map says.
  if (patients === undefined || /^[A-Z]/.test(patients.type)) return []
  return tables.flatMap(({ source, type, patient }) => {
    const lost = orphans.get(type) ?? 0
    const column = patient?.path.steps[0]?.name
    if (column === undefined || lost === 0 || lost < leastShare * records(source)) return []
    const [id] = patients.positions.id
    const held = id === undefined ? undefined : patients.fields[id]?.path.plain
    return [
      {
        what: `${begins}${type}`,
        why: `${type}.${column} holds values that ${held ?? `no mapped column of ${patients.type}`} ${held === undefined ? 'holds' : 'does not hold'}, so ${counted(lost, 'record finds', 'records find')} no patient; give the column of ${patients.type} that it names, such as ${patients.type}.${column}, a line with role=id: a value-map of the numbers, or record-id with table=${patients.source}`,
      },
    ]
  })
}

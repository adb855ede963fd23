/** One record number with the facts of two people: what was joined by mistake, before anybody links anything. */

import { birthLevel, comparisons } from './comparisons.ts'
import type { FalseMerge, LinkField } from './linkage-types.ts'
import { type ComparedField, fieldAt, type People } from './people.ts'
import { isOneEdit } from './similarity.ts'

const strongFields = ['mrn', 'nationalId'] as const
const birthElse = comparisons.find(({ name }) => name === 'birth')?.levels.length ?? 0

/** Numbers under which two birth dates, sexes or national identifiers stand that no slip of the pen explains. */
export function falseMerges(people: People): FalseMerge[] {
  return strongFields.flatMap((field) =>
    [...sharedBy(people, field)].flatMap((records) => {
      const conflicts = conflictsOf(people, records).filter((conflict) => conflict !== field)
      return conflicts.length === 0 ? [] : [{ field, records: records.map((record) => people.place(record)), conflicts }]
    }),
  )
}

function* sharedBy(people: People, field: ComparedField): Generator<number[]> {
  const { counts } = people.values[field]
  const groups = new Map<number, number[]>()
  for (let record = 0; record < people.size; record++) {
    const value = people.value(record, fieldAt[field])
    if (value === 0 || (counts[value] ?? 0) < 2) continue
    const group = groups.get(value)
    if (group) group.push(record)
    else groups.set(value, [record])
  }
  for (const group of groups.values()) if (group.length > 1) yield group
}

function conflictsOf(people: People, records: readonly number[]): LinkField[] {
  const differ = (field: ComparedField, apart: (a: string, b: string) => boolean): boolean => {
    const values = [...new Set(records.map((record) => people.text(record, field)).filter((value) => value !== null))]
    return values.some((one, i) => values.slice(i + 1).some((two) => apart(one, two)))
  }
  const conflicts: LinkField[] = []
  if (differ('birth', (a, b) => birthLevel(Number(a), Number(b)) === birthElse - 1)) conflicts.push('birth')
  if (differ('sex', (a, b) => a !== b)) conflicts.push('sex')
  if (differ('nationalId', (a, b) => !isOneEdit(a, b))) conflicts.push('nationalId')
  return conflicts
}

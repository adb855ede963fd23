/** Who a number in another file is, by the roster (readiness.md §4): only people who are in it and here sign, help or learn for the clinic. */
import type { EvidenceOf } from '../model/artifact.ts'
import { plainName } from './role-tasks.ts'
import { departmentKey, type Shift } from './shifts.ts'
import { isHere } from './teams.ts'

type RosterRow = EvidenceOf['roster']['rows'][number]

export interface RosterPeople {
  /** Lines of this person on a day, that of the board where none is given; empty for nobody, and for who is in no line, has left or has not come yet. */
  of(person: string | null, day?: string): readonly RosterRow[]
  worksIn(person: string | null, department: string): boolean
  hasRole(person: string | null, role: string): boolean
  /** Whether anybody has this role. */
  knowsRole(role: string): boolean
}

export function rosterPeople(rows: readonly RosterRow[], asOf: string): RosterPeople {
  const byPerson = new Map<string, RosterRow[]>()
  const roles = new Set<string>()
  for (const row of rows) {
    if (isHere(row, asOf)) roles.add(plainName(row.role))
    const own = byPerson.get(row.person_id)
    if (own) own.push(row)
    else byPerson.set(row.person_id, [row])
  }
  const of = (person: string | null, day = asOf): readonly RosterRow[] =>
    (person === null ? [] : (byPerson.get(person) ?? [])).filter((row) => isHere(row, day))
  return {
    of,
    worksIn: (person, department) => of(person).some((row) => departmentKey(row.department) === departmentKey(department)),
    hasRole: (person, role) => of(person).some((row) => plainName(row.role) === plainName(role)),
    knowsRole: (role) => roles.has(plainName(role)),
  }
}

/** Shifts at the elbow by people of the roster; one that names nobody, or nobody known on its day, is a plan that helps nobody. */
export function supportOf(
  shifts: readonly Shift[],
  { of }: RosterPeople,
): { readonly support: readonly Shift[]; readonly strangers: readonly Shift[] } {
  const listed = shifts.filter((row) => row.function === 'at-elbow' || row.function === 'super-user')
  const known = new Set(listed.filter(({ person_id, start }) => of(person_id, start.text.slice(0, 10)).length > 0))
  return { support: [...known], strangers: listed.filter((row) => !known.has(row)) }
}

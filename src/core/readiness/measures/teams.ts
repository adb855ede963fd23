/** People as teams of one role and department; teams under five are put together, so that no count points at a person (readiness.md §1 rule 9). */
import { compareText } from '../../finding.ts'
import { plainName } from './role-tasks.ts'

/** Who has left, or has not come yet, answers for nothing and helps nobody. Days, YYYY-MM-DD. */
export function isHere({ start, end }: { readonly start: string | null; readonly end: string | null }, asOf: string): boolean {
  return (start ?? asOf) <= asOf && (end ?? asOf) >= asOf
}

/** Roles that are here, by name, IT left out; none where the roster names no clinician: it is then not the roster of a clinic. */
export function workingRoles(
  roster: readonly {
    readonly role: string
    readonly profession: string | null
    readonly start: string | null
    readonly end: string | null
  }[],
  asOf: string,
): readonly string[] {
  const here = roster.filter((row) => isHere(row, asOf) && row.profession !== 'it')
  if (!here.some(({ profession }) => profession === 'clinical')) return []
  return [...new Map(here.map(({ role }) => [plainName(role), role])).values()].toSorted(compareText)
}

interface Member {
  readonly role: string
  readonly department: string
}

/** Smaller groups could name a person. */
export const leastGroup = 5

export interface TeamCount {
  readonly name: string
  /** How many of them; null where even all small teams together are too few to count. */
  readonly n: number | null
  readonly lines: readonly string[]
}

/** How many of `open` are in each team of `all`; `about` gives words for one person, listed for large teams only. */
export function teamCounts<Person extends Member>(
  all: readonly Person[],
  open: readonly Person[],
  about: (person: Person) => readonly string[] = () => [],
): readonly TeamCount[] {
  const nameOf = ({ role, department }: Member): string => `${role}, ${department}`
  const sizes = new Map<string, number>()
  for (const person of all) sizes.set(nameOf(person), (sizes.get(nameOf(person)) ?? 0) + 1)
  const isSmall = (person: Member): boolean => (sizes.get(nameOf(person)) ?? 0) < leastGroup
  const names = [...new Set(open.filter((person) => !isSmall(person)).map(nameOf))].sort(compareText)
  const large = names.map((name): TeamCount => {
    const own = open.filter((person) => nameOf(person) === name)
    return { name, n: own.length, lines: [...new Set(own.flatMap(about))].sort(compareText) }
  })
  const rest = open.filter(isSmall)
  if (rest.length === 0) return large
  const n = all.filter(isSmall).length < leastGroup ? null : rest.length
  return [...large, { name: `teams of fewer than ${leastGroup}`, n, lines: [] }]
}

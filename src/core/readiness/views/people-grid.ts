/**
 * Roles × departments of the roster, with hours for the project, lead users and super-users: who is in the project, and which department is
 * not. Groups of fewer than five people are said to be there, never counted or listed (readiness.md §1 rule 9).
 */
import { counted } from '../../counted.ts'
import { compareText } from '../../finding.ts'
import { departmentKey } from '../measures/shifts.ts'
import { isHere, leastGroup } from '../measures/teams.ts'
import type { EvidenceOf } from '../model/artifact.ts'
import type { CountedLine } from '../model/counted-line.ts'
import { departmentNames, type HeatCell, type HeatGrid, type HeatRow, heatGrid } from './heat-grid.ts'

type Person = EvidenceOf['roster']['rows'][number]

export function peopleGrid(roster: readonly Person[], asOf: string): HeatGrid {
  const here = roster.filter((row) => isHere(row, asOf))
  const departments = departmentNames(here.map(({ department }) => department))
  const of = (department: string): readonly Person[] =>
    here.filter((row) => departmentKey(row.department) === departmentKey(department))
  const roles = [...new Set(here.map(({ role }) => role))].sort(compareText)
  const byRole = roles.map((role): HeatRow => {
    const cells = departments.map((department) => {
      const own = of(department).filter((row) => row.role === role)
      return own.length === 0 ? null : cellOf(own, own.length, String(own.length), null, `${role}, ${department}`)
    })
    return { name: role, cells }
  })
  return heatGrid('Role', departments, [
    ...byRole,
    {
      name: 'People with hours for the project',
      cells: departments.map((name) => {
        const own = of(name).filter(({ project_hours_per_week: hours }) => (hours ?? 0) > 0)
        const hours = own.reduce((sum, row) => sum + (row.project_hours_per_week ?? 0), 0)
        const text = own.length === 0 ? 'nobody' : `${own.length}, ${hours} h a week`
        return cellOf(own, own.length, text, asked(of(name), hours > 0), `With hours for the project, ${name}`)
      }),
    },
    summary('Lead users', departments, of, ({ lead_user: lead }) => lead === true, true),
    summary('Super-users', departments, of, ({ super_user: helps }) => helps === true, false),
  ])
}

function summary(
  name: string,
  departments: readonly string[],
  of: (department: string) => readonly Person[],
  is: (row: Person) => boolean,
  needed: boolean,
): HeatRow {
  const cells = departments.map((department): HeatCell => {
    const own = of(department).filter(is)
    const mark = needed ? asked(of(department), own.length > 0) : null
    return cellOf(own, own.length, own.length === 0 ? 'nobody' : String(own.length), mark, `${name}, ${department}`)
  })
  return { name, cells }
}

/** Item 4 asks it of clinical departments: those with anybody whose work is clinical, or of whom nothing is said. */
function asked(own: readonly Person[], holds: boolean): HeatCell['mark'] {
  const clinical = own.some(({ profession }) => profession === 'clinical' || profession === null)
  return clinical ? (holds ? 'ok' : 'error') : null
}

function cellOf(own: readonly Person[], value: number, text: string, mark: HeatCell['mark'], what: string): HeatCell {
  if (own.length > 0 && own.length < leastGroup)
    return {
      value: 1,
      text: `under ${leastGroup}`,
      mark,
      words: `${what}: fewer than ${leastGroup} people, who are neither counted nor listed`,
      lines: null,
    }
  return { value, text, mark, words: `${what}: ${counted(own.length, 'person', 'people')}`, lines: own.map(lineOf) }
}

function lineOf({ line, role, department, project_hours_per_week: hours, lead_user, super_user }: Person): CountedLine {
  const parts = [
    role,
    department,
    ...(hours ? [`${hours} h a week for the project`] : []),
    ...(lead_user ? ['lead user'] : []),
    ...(super_user ? ['super-user'] : []),
  ]
  return { kind: 'roster', line, words: parts.join(', ') }
}

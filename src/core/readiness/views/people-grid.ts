/** Roles × departments of the roster, with hours for the project, lead users and super-users: who is in the project, and which department is not. */
import { counted } from '../../counted.ts'
import { compareText } from '../../finding.ts'
import type { EvidenceOf } from '../artifact.ts'
import { isHere } from '../criteria/teams.ts'
import { departmentKey } from '../shifts.ts'
import { type CountedLine, departmentNames, type HeatCell, type HeatGrid, type HeatRow, heatGrid } from './heat-grid.ts'

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
      name: 'Hours a week for the project',
      cells: departments.map((name) => {
        const own = of(name).filter(({ project_hours_per_week: hours }) => (hours ?? 0) > 0)
        const hours = own.reduce((sum, row) => sum + (row.project_hours_per_week ?? 0), 0)
        return cellOf(own, hours, `${hours} h`, asked(of(name), hours > 0), `Hours for the project, ${name}`)
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

/** Item 34: nobody works in the new system before every task of the role is passed; a failed last attempt is not a pass. */

import { fileCell } from '../../measures/lines.ts'
import { plainName, roleTasks } from '../../measures/role-tasks.ts'
import { departmentKey } from '../../measures/shifts.ts'
import { teamCounts } from '../../measures/teams.ts'
import type { EvidenceOf } from '../../model/artifact.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

type Person = EvidenceOf['roster']['rows'][number]

export const competency: Criterion<'roster' | 'competency' | 'workflows' | 'shifts'> = {
  code: 'readiness/competency',
  items: [34],
  phase: 'training',
  severity: 'error',
  title: 'People have not passed the tasks of their role',
  why: 'A "competency assessment that users must pass before going live" is what keeps the first shift from being the test.',
  remedy:
    'Test the teams listed on the tasks of their lanes in the maps, let them repeat what failed, and give access afterwards.',
  needs: ['roster', 'competency', 'workflows', 'shifts'],
  thresholds: { leastPercent: 100 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds) {
    const roster = given.value('roster').rows
    const named = given.value('shifts').rows.filter((row) => row.function === 'clinical' && row.person_id !== null)
    const working = new Set(named.map(({ person_id }) => person_id))
    const lanes = new Set(roleTasks(given.value('workflows')).map(({ role }) => plainName(role)))
    // Whatever the profession is called: who does steps of the maps, or works a clinical shift, works in the system.
    const people = roster.filter(
      ({ profession, person_id, role }) =>
        (profession !== 'it' && profession !== 'other') || working.has(person_id) || lanes.has(plainName(role)),
    )
    const { rows } = given.value('competency')
    if (people.length === 0 || rows.length === 0) return nothingToJudge('No test of a listed person is recorded')
    const results = resultsOf(rows)
    const tasks = new Map<string, { readonly label: string; readonly names: readonly string[] }[]>()
    for (const { role, node } of roleTasks(given.value('workflows'))) {
      const task = { label: node.label, names: [plainName(node.id), plainName(node.label)] }
      tasks.set(plainName(role), [...(tasks.get(plainName(role)) ?? []), task])
    }
    // Without a lane of the role, something must be passed and nothing may be failed.
    const lacksOf = (person: Person): readonly string[] => {
      const own = results.get(person.person_id)
      const asked = tasks.get(plainName(person.role)) ?? []
      const lacking = asked.filter(({ names }) => !names.some((name) => own?.get(name) === true)).map(({ label }) => label)
      const failed = [...(own ?? [])].filter(([, passed]) => !passed).map(([name]) => name)
      const known = new Set(lacking.map(plainName))
      return [...lacking, ...failed.filter((name) => !known.has(name)), ...(own || asked.length > 0 ? [] : ['no test'])]
    }
    const open = people.filter((person) => lacksOf(person).length > 0)
    const value = people.length - open.length
    const least = thresholds.leastPercent ?? 100
    const unknown = whoWorks(roster, named)
    const holds = value * 100 >= least * people.length && unknown.length === 0
    const teams = teamCounts(people, open, lacksOf).map(({ name, n, lines }): Cell => {
      const what = lines.length === 0 ? '' : ` (${lines.join(', ')})`
      return fileCell('competency', `${name}: ${n === null ? 'not all passed' : `${n} not passed`}${what}`)
    })
    const bare = [...new Set(people.map(({ role }) => role))].filter((role) => !tasks.has(plainName(role)))
    const words = `${value} of ${people.length} people passed every task of their role${bare.length === 0 ? '' : `; the maps have no lane of ${bare.join(', ')}`}`
    return {
      state: holds ? 'proven' : 'failed',
      value,
      of: people.length,
      threshold: least,
      words,
      cells: holds ? [] : [...teams, ...unknown],
    }
  },
}

/** What keeps anybody from knowing who works in the system: shifts of people in no roster, and clinical departments whose shifts name nobody. */
function whoWorks(roster: readonly Person[], named: EvidenceOf['shifts']['rows']): readonly Cell[] {
  const known = new Set(roster.map(({ person_id }) => person_id))
  const staffed = new Set(named.map(({ department }) => departmentKey(department)))
  const clinical = roster.filter(({ profession }) => profession === 'clinical' || profession === null)
  const bare = [...new Map(clinical.map(({ department }) => [departmentKey(department), department]))].filter(
    ([key]) => !staffed.has(key),
  )
  return [
    ...(named.every(({ person_id }) => known.has(person_id ?? ''))
      ? []
      : [fileCell('shifts', 'people work clinical shifts who are in no roster')]),
    ...bare.map(([, name]) => fileCell('shifts', `${name}: no clinical shift names who works there`)),
  ]
}

/** By person and task: true where the last result of each of its items is a pass. */
function resultsOf(rows: EvidenceOf['competency']['rows']): ReadonlyMap<string, ReadonlyMap<string, boolean>> {
  const last = new Map<string, (typeof rows)[number]>()
  for (const row of rows.toSorted((a, b) => a.taken_at.at - b.taken_at.at || (a.attempt ?? 0) - (b.attempt ?? 0)))
    last.set(JSON.stringify([row.person_id, plainName(row.task_id), row.item_id]), row)
  const found = new Map<string, Map<string, boolean>>()
  for (const { person_id, task_id, result } of last.values()) {
    const own = found.get(person_id) ?? new Map<string, boolean>()
    own.set(plainName(task_id), (own.get(plainName(task_id)) ?? true) && result === 'pass')
    found.set(person_id, own)
  }
  return found
}

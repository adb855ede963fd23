/** The scenario of a map as members that two people change one by one: staffing of one lane is one member, and so is one calendar. */
import { isMembers, parseJson } from '../../values/json.ts'
import { readScenario } from '../map/read-scenario.ts'
import type { Scenario } from '../map/scenario.ts'
import { scenarioText } from '../map/write.ts'
import { type Members, membersOf, recordOf } from './members.ts'

/** Tables of the scenario, each row a member `table/name`. */
const tables: ReadonlySet<string> = new Set(['staff', 'calendars', 'discipline', 'attributes', 'steps'])

export function scenarioMembers(scenario: Scenario | null): Members {
  if (scenario === null) return new Map()
  const read = parseJson(scenarioText(scenario))
  const members = new Map(membersOf(read.ok ? read.value : null, scenario.extra))
  for (const table of tables) {
    const rows = members.get(table)
    if (!isMembers(rows)) continue
    members.delete(table)
    for (const [name, row] of Object.entries(rows)) if (row !== undefined) members.set(`${table}/${name}`, row)
  }
  return members
}

/** Null where nobody set one, or somebody took it away: rows that another person changed meanwhile do not bring it back. */
export function scenarioOf(members: Iterable<readonly [string, unknown]>): Scenario | null {
  const flat: (readonly [string, unknown])[] = []
  const rows = new Map<string, Record<string, unknown>>()
  for (const [name, value] of members) {
    const [, table = '', row = ''] = /^([a-zA-Z]+)\/([\s\S]*)$/.exec(name) ?? []
    if (!tables.has(table)) {
      flat.push([name, value])
      continue
    }
    const all = rows.get(table) ?? Object.create(null)
    all[row] = value
    rows.set(table, all)
  }
  const record = { ...recordOf(flat), ...Object.fromEntries(rows) }
  return record.format === undefined ? null : readScenario(record).value
}

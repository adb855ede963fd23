/** Which column of a table says what: guessed from names and contents with the evidence, overridable one by one. */

import type { DateOrder } from './date-order.ts'
import { OTHER } from './event-log.ts'
import { type TimeForm, timeFormOf } from './instants.ts'
import { transitionOf } from './log-builder.ts'

export const logRoles = ['case', 'activity', 'timestamp', 'start', 'resource', 'lifecycle', 'instance', 'order'] as const
export type LogRole = (typeof logRoles)[number]

const roleNames = new Set(['org:role', 'role', 'org:group', 'group', 'department', 'team'])

/** Whether a column or key holds roles, not people: the one who is named there is a kind of staff. */
export function namesRoles(name: string): boolean {
  return roleNames.has(name.toLowerCase())
}

/** Names of columns as given by a person, null for "no column says it"; and how dates are written. */
export type ColumnChoices = Readonly<Partial<Record<LogRole, string | null>>> & { readonly form?: DateOrder }

export interface ColumnGuess {
  /** Index in the header. */
  readonly column: number
  /** Why, in a few words; "chosen" where a person said so. */
  readonly why: string
}

export interface ColumnMapping {
  readonly roles: Readonly<Partial<Record<LogRole, ColumnGuess>>>
  /** How times are written, for `timestamp` and `start`. */
  readonly form: TimeForm
  /** What speaks for it, in a few words; "chosen" where a person said so. */
  readonly formWhy: string
  /** True where day and month could be exchanged in every time looked at. */
  readonly ambiguous: boolean
  /** Sentences about what is missing; empty where the table can be read as a log. */
  readonly missing: readonly string[]
}

/** Best first; compared with the name in lower case without spaces, dots, dashes and underscores. */
const names: Readonly<Record<LogRole, readonly RegExp[]>> = {
  case: [
    /^case(concept)?:?(name|id|identifier|key|no|number|nr)?$/,
    /^case(:concept:name)$/,
    /^(traceid|trace|encounterid|encounter|visitid|visit|admissionid|episodeid|orderid|requestid|ticketid|processid)$/,
    /^(patientid|patient|mrn|personid|subjectid)$/,
    /(case|encounter|visit|request|order|ticket).*id$/,
  ],
  activity: [
    /^concept:name$/,
    /^(activity|activityname|activityid|task|taskname|step|stepname)$/,
    /^(event|eventname|eventtype|action|actionname|handling|operation|procedure|statusname|stage)$/,
    /activity|task/,
  ],
  timestamp: [
    /^time:timestamp$/,
    /^(timestamp|completetimestamp|endtimestamp|eventtime|eventtimestamp|datetime|time|date)$/,
    /^(complete|completed|completetime|end|endtime|finished|ended|timeend|timecomplete)(at|time|date)?$/,
    /(timestamp|datetime)$/,
  ],
  start: [/^(starttimestamp|start|starttime|started|startedat|begin|begintime|startdate|timestart)$/],
  resource: [
    /^org:resource$/,
    /^(resource|resourceid|resourcename|user|userid|username|employee|employeeid|staff|staffid|performer|performedby|originator|agent|worker)$/,
    /^(by|role|org:role|group|org:group)$/,
  ],
  lifecycle: [/^lifecycle(:transition)?$/, /^(transition|eventstatus|registrationtype|status|state|phase)$/],
  instance: [/^concept:instance$/, /^(activityinstance(id)?|instance(id)?|handlingid|taskid|workitem(id)?)$/],
  order: [/^(order|eventorder|sequence|seq|sequencenumber|eventindex|eventid)$/],
}

/** `rows` are the first records of the table as text. */
export function guessColumns(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  choices: ColumnChoices = {},
): ColumnMapping {
  const columns = header.map((name, index) => ({
    name,
    index,
    plain: name.toLowerCase().replace(/^\.|[\s._-]/g, ''),
    texts: rows.map((row) => row[index] ?? ''),
  }))
  const taken = new Set<number>()
  const roles: Partial<Record<LogRole, ColumnGuess>> = {}
  const missing: string[] = []
  for (const role of logRoles) {
    const chosen = choices[role]
    if (chosen === undefined || chosen === null) continue
    const column = header.indexOf(chosen)
    if (column < 0) missing.push(`There is no column "${chosen}"; the table has ${shortList(header)}.`)
    else {
      roles[role] = { column, why: 'chosen' }
      taken.add(column)
    }
  }
  const fits = (role: LogRole, texts: readonly string[]): boolean => {
    const filled = texts.filter((text) => text.trim() !== '')
    if (filled.length === 0) return role === 'resource'
    if (role === 'timestamp' || role === 'start') return timeFormOf(filled).n >= filled.length * 0.8
    if (role === 'lifecycle') return filled.every((text) => transitionOf(text) !== OTHER || known.has(text.trim().toLowerCase()))
    if (role === 'order') return filled.every((text) => /^\d+$/.test(text.trim()))
    return true
  }
  for (const role of logRoles) {
    if (roles[role] || choices[role] !== undefined) continue
    for (const pattern of names[role]) {
      const found = columns.find(({ index, plain, texts }) => !taken.has(index) && pattern.test(plain) && fits(role, texts))
      if (!found) continue
      roles[role] = { column: found.index, why: `named ${found.name}` }
      taken.add(found.index)
      break
    }
  }
  if (!roles.timestamp && choices.timestamp === undefined) {
    const found = columns.find(
      ({ index, texts }) => !taken.has(index) && fits('timestamp', texts) && texts.some((text) => /[-/.:T]/.test(text)),
    )
    if (found) {
      roles.timestamp = { column: found.index, why: 'its cells are times' }
      taken.add(found.index)
    } else if (roles.start) {
      roles.timestamp = { column: roles.start.column, why: 'the only time there is' }
      delete roles.start
    }
  }
  for (const role of ['case', 'activity'] as const)
    if (!roles[role] && (choices[role] === undefined || choices[role] === null))
      missing.push(`No column looks like the ${role}. Say which one it is; the table has ${shortList(header)}.`)
  const times = [roles.timestamp, roles.start].flatMap((guess) => (guess ? (columns[guess.column]?.texts ?? []) : []))
  return { roles, ...formOf(times, choices.form), missing }
}

function formOf(times: readonly string[], chosen: DateOrder | undefined): Pick<ColumnMapping, 'form' | 'formWhy' | 'ambiguous'> {
  if (chosen !== undefined) return { form: chosen === 'year-first' ? 'iso' : chosen, formWhy: 'chosen', ambiguous: false }
  const { form, n, ambiguous } = timeFormOf(times)
  const formWhy = ambiguous
    ? 'day and month can be exchanged in every time'
    : `${n} of the first ${times.filter((text) => text.trim() !== '').length} times can be read so`
  return { form, formWhy, ambiguous }
}

/** Standard transitions of XES beside start and complete. */
const known = new Set([
  'schedule',
  'assign',
  'reassign',
  'withdraw',
  'suspend',
  'resume',
  'abort_activity',
  'abort_case',
  'autoskip',
  'manualskip',
  'pi_abort',
  'ate_abort',
  'unknown',
])

/** The first twelve names, and how many more there are. */
export function shortList(names: readonly string[]): string {
  return names.length > 12 ? `${names.slice(0, 12).join(', ')} and ${names.length - 12} more` : names.join(', ')
}

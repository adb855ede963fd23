/** Items 31 and 32: sessions are for one role, short and hands-on; each person learns on more than one day and in more than one form. */

import { fileCell, lineCell } from '../../measures/lines.ts'
import { plainName } from '../../measures/role-tasks.ts'
import { teamCounts } from '../../measures/teams.ts'
import type { EvidenceOf } from '../../model/artifact.ts'
import { atMost, type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted } from '../shared/open-findings.ts'

type TrainingRow = EvidenceOf['lms']['rows'][number]

/** Forms in which nobody can practise. */
const watched: ReadonlySet<string | null> = new Set(['video', 'reference'])

export const trainingSessions: Criterion<'lms' | 'roster'> = {
  code: 'readiness/training-sessions',
  items: [31, 32],
  phase: 'training',
  severity: 'warning',
  title: 'Sessions are long, mixed or without practice',
  why: '"One session for one particular role"; a "single multi-hour session" is forgotten before go-live.',
  remedy:
    'Split the sessions listed by role, keep them short, let people practise, and come back on another day in another form.',
  needs: ['lms', 'roster'],
  thresholds: { open: 0, mostMinutes: 60, mostRoles: 1, leastDays: 2, leastForms: 2 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('lms')
    const roster = given.value('roster').rows
    const roleOf = new Map(roster.map(({ person_id, role }) => [person_id, plainName(role)]))
    const sessions = grouped(rows, (row) => row.session_id ?? `${row.module_id} ${row.start.text}`)
    if (sessions.size === 0) return nothingToJudge('No session is recorded')
    const cells = [...sessions].flatMap(([name, own]): readonly Cell[] => {
      const came = own.filter(({ status }) => status !== 'assigned')
      const minutes = own.reduce((most, row) => Math.max(most, row.minutes), 0)
      const present = new Set(came.flatMap(({ person_id }) => roleOf.get(person_id) ?? []))
      const meant = new Set(own.flatMap(({ roles_intended }) => (roles_intended ?? []).map(plainName)))
      const roles = Math.max(present.size, meant.size)
      const practised = own.some(({ format }) => watched.has(format)) || own.every(({ hands_on }) => hands_on === true)
      const parts = [
        ...(minutes > (thresholds.mostMinutes ?? 60) || minutes === 0 ? [`${minutes} min`] : []),
        ...(roles > (thresholds.mostRoles ?? 1) ? [`${roles} roles`] : []),
        ...(practised
          ? []
          : [own.some(({ hands_on }) => hands_on === false) ? 'not everybody practised' : 'nobody says they practised']),
      ]
      return parts.length === 0 ? [] : [lineCell('lms', own[0]?.line ?? 2, `${name}: ${parts.join(', ')}`)]
    })
    const byPerson = grouped(
      rows.filter(({ status }) => status !== 'assigned'),
      ({ person_id }) => person_id,
    )
    const strangers = [...byPerson.keys()].filter((person) => !roleOf.has(person)).length
    const learners = roster.filter(({ person_id }) => byPerson.has(person_id))
    const crammed = learners.filter(({ person_id }) => {
      const own = byPerson.get(person_id) ?? []
      const days = new Set(own.map(({ start }) => start.text.slice(0, 10))).size
      const forms = new Set(own.flatMap(({ format }) => format ?? [])).size
      return days < (thresholds.leastDays ?? 2) || forms < (thresholds.leastForms ?? 2)
    })
    const teams = teamCounts(learners, crammed).map(
      ({ name, n }): Cell => fileCell('lms', `${name}: ${n === null ? 'some' : n} learned on one day or in one form only`),
    )
    const words = `${counted(cells.length, 'session')} of ${sessions.size} too long, mixed or without practice; ${learners.length - crammed.length} of ${learners.length} people learned on several days and in several forms`
    const unknown =
      strangers === 0
        ? []
        : [fileCell('lms', `${counted(strangers, 'person', 'people')} of the training records stand in no roster`)]
    return atMost(thresholds.open ?? 0, sessions.size, words, [...cells, ...teams, ...unknown])
  },
}

function grouped(rows: readonly TrainingRow[], keyOf: (row: TrainingRow) => string): ReadonlyMap<string, readonly TrainingRow[]> {
  const groups = new Map<string, TrainingRow[]>()
  for (const row of rows) {
    const own = groups.get(keyOf(row))
    if (own) own.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

/** Nothing is proven without evidence: every criterion, with each of its files in turn emptied, removed, grown old, of a day to come, or said twice. */
import { beforeAll, expect, test } from 'vitest'
import type { Project } from '../../../src/core/project/format/project.ts'
import { assess, type JudgedCriterion } from '../../../src/core/readiness/board/board.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import { withKit } from '../../../src/core/readiness/downtime/kit-record.ts'
import { recordsIn } from '../../../src/core/readiness/input-files/csv-records.ts'
import { type InputKind, inputFiles, inputKindNames, inputPath } from '../../../src/core/readiness/input-files/files.ts'
import type { InputFile } from '../../../src/core/readiness/input-files/input-file.ts'
import { readInput } from '../../../src/core/readiness/input-files/read-input.ts'
import { csvText } from '../../../src/core/readiness/input-files/write-input.ts'
import { addDays } from '../../../src/core/values/day.ts'
import { asOf, ranAgain, verified } from './example-project.ts'
import { readyProject, withFile } from './ready-project.ts'

const ready = readyProject([])
const needing = (kind: InputKind) => criteria.filter(({ needs }) => needs.includes(kind))
const slug = ({ criterion }: JudgedCriterion): string => criterion.code.slice('readiness/'.length)

/** Criteria of this kind that are proven all the same. */
function proven(project: Project, kind: InputKind, day = asOf): readonly string[] {
  const { phases } = assess(project, day, null, needing(kind), verified)
  return phases.flatMap((phase) => phase.criteria.filter(({ state }) => state === 'proven').map(slug))
}

function judgedBy(project: Project, kind: InputKind): readonly JudgedCriterion[] {
  const all = assess(project, asOf, null, needing(kind), verified).phases.flatMap((phase) => phase.criteria)
  // Without a day of go-live nothing that belongs to it is due.
  return all.filter(({ due }) => due.isDue)
}

/** With a downtime kit of the files as they are now: an old one would be stale and hide what they say. */
function withNewKit(project: Project): Project {
  return withKit(project, '2026-07-18', { device: 'd1', actor: 'owner', wall: '2026-07-18T10:00:00+02:00' }) ?? project
}

interface Rows {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

function rowsOf(kind: InputKind, project = ready): Rows {
  const { head, records } = recordsIn(new TextDecoder().decode(project.other.get(inputPath(kind))))
  return { head, rows: records.map(({ cells }) => cells) }
}

function withRows(kind: InputKind, { head, rows }: Rows, project = ready): Project {
  return withNewKit(withFile(project, kind, csvText([head, ...rows])))
}

/** A column that the file does not have is added to it. */
function withColumn(kind: InputKind, column: string, cell: string, only: (row: number) => boolean = () => true): Project {
  const { head, rows } = rowsOf(kind)
  const at = head.includes(column) ? head.indexOf(column) : head.length
  const width = Math.max(head.length, at + 1)
  const wide = (row: readonly string[]): string[] => Array.from({ length: width }, (_, n) => row[n] ?? '')
  return withRows(kind, {
    head: wide(head).with(at, column),
    rows: rows.map((row, n) => (only(n) ? wide(row).with(at, cell) : wide(row))),
  })
}

/** Lines that are read, and why none may be. */
function rowsIn(kind: InputKind, text: string): object {
  const { rows, refused, missing } = readInput<InputFile['columns']>(inputFiles[kind], text)
  return { rows, refused, missing }
}

beforeAll(() => {
  // All else below means nothing if a criterion were never proven in the first place.
  for (const kind of inputKindNames) expect([kind, proven(ready, kind).length]).toEqual([kind, needing(kind).length])
})

test('no file, or one with a head and no row, proves nothing', () => {
  for (const kind of inputKindNames) {
    const without = new Map(ready.other)
    without.delete(inputPath(kind))
    expect([kind, proven(withNewKit({ ...ready, other: without }), kind)]).toEqual([kind, []])
    const empty = withRows(kind, { ...rowsOf(kind), rows: [] })
    expect([kind, proven(empty, kind)]).toEqual([kind, []])
    for (const judged of judgedBy(empty, kind))
      expect([slug(judged), judged.state, judged.reason]).toEqual([
        slug(judged),
        'missing',
        `${inputFiles[kind].title}: the file holds a head and no row`,
      ])
  }
})

test('evidence counts on the last day of its age and not on the next', () => {
  for (const criterion of criteria.filter(({ needs }) => needs.length > 0)) {
    const [judged] = assess(ready, asOf, null, [criterion], verified).phases.flatMap((phase) => phase.criteria)
    if (!judged?.until) continue
    const stateOn = (day: string) => {
      const [each] = assess(ready, day, null, [criterion], verified).phases.flatMap((phase) => phase.criteria)
      return { state: each?.state, reason: each?.reason ?? '' }
    }
    expect([criterion.code, stateOn(judged.until).reason]).not.toEqual([criterion.code, expect.stringContaining(' days old; ')])
    const after = stateOn(addDays(judged.until, 1))
    expect([criterion.code, after.state]).not.toEqual([criterion.code, 'proven'])
    if (after.state === 'stale')
      expect([
        ` ${criterion.maxAgeDays + 1} days old; ${criterion.maxAgeDays} are allowed`,
        // Of many rows the first goes.
        `without what is more than ${criterion.maxAgeDays} days old`,
      ]).toContainEqual(after.reason.match(/ \d+ days old; \d+ are allowed|^without what is more than \d+ days old/)?.[0])
  }
})

test('one row of a day to come strikes out everything that rests on the file', () => {
  for (const kind of inputKindNames) {
    const file: InputFile = inputFiles[kind]
    for (const name of file.happened ?? []) {
      if (!rowsOf(kind).head.includes(name)) continue
      const moment = file.columns[name]?.type === 'moment'
      const tomorrow = `${addDays(asOf, 1)}${moment ? 'T08:00:00Z' : ''}`
      expect([
        kind,
        name,
        proven(
          withColumn(kind, name, tomorrow, (row) => row === 0),
          kind,
        ),
      ]).toEqual([kind, name, []])
    }
  }
})

test('what was said twice is refused with both lines, or counts once', () => {
  for (const kind of inputKindNames) {
    const file: InputFile = inputFiles[kind]
    if (!file.key) continue
    const { head, rows } = rowsOf(kind)
    const [first = []] = rows
    const twice = withRows(kind, { head, rows: [...rows, first] })
    for (const each of judgedBy(twice, kind))
      expect([slug(each), each.state, each.reason]).toEqual([
        slug(each),
        'unknown',
        `${file.title}: 1 record named twice: line ${rows.length + 2} names the same as line 2`,
      ])
  }
  const drifted = readyProject(['drift-conformance'])
  const { head, rows } = rowsOf('events', drifted)
  const doubled = withRows('events', { head, rows: rows.flatMap((row) => [row, row]) }, drifted)
  expect(proven(doubled, 'events')).toEqual(proven(drifted, 'events'))
})

/** A column that says nothing, or nothing that can be: the criteria that must not stay proven. */
const silent: readonly (readonly [InputKind, string, string, ...(readonly string[])])[] = [
  ['roster', 'project_hours_per_week', '0', 'clinical-owner', 'departments-represented'],
  ['roster', 'end', '2020-12-31', 'clinical-owner', 'departments-represented', 'super-users'],
  ['lms', 'minutes', '0', 'role-practice', 'training-sessions', 'retraining'],
  ['lms', 'start', '2030-01-01T08:00:00Z', 'role-practice', 'retraining'],
  ['tickets', 'priority', '', 'same-shift-triage'],
  ['tickets', 'closed_at', '2020-01-01T08:00:00Z', 'same-shift-triage'],
  ['tickets', 'paper_fallback', '', 'collapse-signs'],
  ['tickets', 'out_of_scope', '', 'drift-watch'],
  ['tickets', 'category', '', 'complaint-classes'],
  ['events', 'action', '', 'drift-watch', 'shadow-systems'],
  ['events', 'element', '', 'drift-watch'],
  ['messages', 'ack', '', 'interface-messages'],
  ['messages', 'received_at', '2020-01-01T08:00:00Z', 'interface-messages'],
  ['observations', 'seconds', '0', 'timed-walkthroughs'],
  ['customizations', 'core', '', 'customization-register'],
  ['decisions', 'quorum', '0', 'steering-decisions'],
  ['goals', 'target', '0', 'goals-measured'],
  ['needs', 'per_week', '0', 'needs-approved'],
  ['needs', 'approved_by', '', 'needs-approved'],
  ['survey', 'scale_max', '0', 'survey-scores'],
  ['budget', 'amount', '0', 'total-cost', 'upkeep-budget'],
  ['scope', 'records', '0', 'migration-scope'],
  ['order-sets', 'orders', '0', 'order-sets'],
  ['configuration', 'audited_by', '', 'configuration-approved'],
  ['configuration', 'configured_by', '', 'configuration-approved'],
  ['configuration', 'configured_on', '', 'configuration-approved'],
  ['screening', 'needed', '0', 'skills-screening'],
  ['trial-loads', 'records', '0', 'trial-loads'],
  ['rollout', 'minutes_per_visit', '0', 'rollout-choice'],
  ['risks', 'likelihood', '0', 'risk-register'],
  ['rollback', 'rehearsed_on', '', 'rollback-plan'],
  ['rollback', 'rehearsed_minutes', '0', 'rollback-plan'],
  ['acknowledgements', 'person_id', '', 'rollback-plan'],
  ['contacts', 'minutes', '', 'escalation-paths'],
  ['bookings', 'clinic', 'Nowhere', 'downtime-kit'],
  ['bookings', 'start', '2020-01-01T08:00:00Z', 'downtime-kit'],
  ['bookings', 'minutes', 'some', 'downtime-kit'],
  ['pilot', 'pilot_of', '0', 'pilot'],
  ['pilot', 'pilot_met', '9999', 'pilot'],
  ['stop-rules', 'highest', '', 'stop-rules'],
  ['areas', 'open_requests', '', 'configuration-owner'],
  ['areas', 'median_days', '', 'configuration-owner'],
  ['checkpoints', 'outcome', '', 'checkpoints'],
  ['quality', 'of', '0', 'chart-audit', 'quality-trend'],
  ['quality', 'met', '0', 'quality-trend'],
  ['worklists', 'after_of', '0', 'stewardship'],
  ['alerts', 'shown', '0', 'alert-fatigue'],
  ['burden', 'baseline_minutes', '0', 'daily-burden'],
  ['burden', 'after_hours_minutes', '', 'daily-burden'],
  ['communication', 'reached', '9999', 'change-communication'],
  ['contracts', 'notice_days', '', 'contract-health'],
]

for (const [kind, column, cell, ...codes] of silent)
  test(`${kind} with “${column}” set to “${cell}” throughout proves less`, () => {
    const still = proven(withColumn(kind, column, cell), kind)
    expect(still.filter((code) => codes.includes(code))).toEqual([])
  })

test('runs that read nothing, compared nothing or simulated nothing prove nothing about what they would have found', () => {
  const [run] = ready.runs
  if (!run?.pairing) throw new Error('no run')
  const provenOf = (changed: Partial<typeof run>, codes: readonly string[]) =>
    assess(ranAgain(ready, { ...run, ...changed }), asOf, null, criteria, verified).phases.flatMap((phase) =>
      phase.criteria.filter((each) => each.state === 'proven' && codes.includes(slug(each))).map(slug),
    )
  const data = ['legacy-extract', 'required-fields', 'value-lists', 'orphan-references']
  expect(provenOf({}, data)).toHaveLength(data.length)
  expect(provenOf({ inputs: run.inputs.map((input) => ({ ...input, records: 0 })) }, data)).toEqual([])
  const pairs = ['duplicates', 'allergies-reconciled', 'medicines-reconciled', 'entries-reconciled']
  expect(provenOf({}, pairs)).toHaveLength(pairs.length)
  expect(provenOf({ pairing: { ...run.pairing, patients: 0, items: 0 } }, pairs)).toEqual([])
  const maps = ['digitized-bottlenecks', 'paper-approvals', 're-keying', 'overloaded-roles']
  expect(provenOf({}, maps)).toHaveLength(maps.length)
  const idle = run.workflows.map((each) => ({ ...each, traced: { n: 0, of: 0 }, replications: 0 }))
  expect(provenOf({ workflows: idle }, maps)).toEqual([])
})

test('drift is not judged where a column says nothing in the periods that are compared', () => {
  const since = addDays(asOf, -56)
  const blanks = [
    ['tickets', 'out_of_scope', 'opened_at'],
    ['events', 'action', 'timestamp'],
    ['events', 'element', 'timestamp'],
    ['events', 'activity', 'timestamp'],
  ] as const
  for (const [kind, column, time] of blanks) {
    const { head, rows } = rowsOf(kind)
    const isLate = (row: number): boolean => (rows[row]?.[head.indexOf(time)] ?? '') >= since
    const still = proven(withColumn(kind, column, column === 'activity' ? 'Something else' : '', isLate), kind)
    expect([column, still.includes('drift-watch')]).toEqual([column, false])
  }
  // Nine of ten rows say nothing: what the tenth says is not what they would.
  for (const [kind, column] of blanks.slice(0, 3)) {
    const still = proven(
      withColumn(kind, column, '', (row) => row % 10 > 0),
      kind,
    )
    expect([column, still.includes('drift-watch')]).toEqual([column, false])
  }
  const { head, rows } = rowsOf('tickets')
  const opened = head.indexOf('opened_at')
  const late = rows.filter((row) => (row[opened] ?? '') >= since)
  const fewer = rows.filter((row) => !late.includes(row) || row === late[0])
  expect(proven(withRows('tickets', { head, rows: fewer }), 'tickets')).not.toContain('drift-watch')
})

test('blank rows, other encodings and a lost head prove nothing, a mark at the begin changes nothing', () => {
  const alone: string[] = []
  for (const kind of inputKindNames) {
    const { head, rows } = rowsOf(kind)
    const whole = csvText([head, ...rows])
    const texts = {
      blank: csvText([head, ...rows.map((_, n) => head.map(() => (n % 2 === 0 ? '' : '  ')))]),
      // UTF-16 of a spreadsheet, read as UTF-8.
      wide: [...whole].join('\0'),
      headless: csvText(rows),
    }
    for (const [name, text] of Object.entries(texts))
      expect([kind, name, proven(withNewKit(withFile(ready, kind, text)), kind)]).toEqual([kind, name, []])
    const bare = head.map((name, at) => ((inputFiles[kind] as InputFile).columns[name]?.required ? (rows[0]?.[at] ?? '') : ''))
    alone.push(...proven(withNewKit(withFile(ready, kind, csvText([head, bare]))), kind).map((code) => `${kind} ${code}`))
    expect(rowsIn(kind, `\ufeff${whole}`)).toEqual(rowsIn(kind, whole))
  }
  // All that one line still proves that fills only what it must: that the list is not whole can not be seen in it.
  expect(alone).toEqual(['codes code-versions'])
})

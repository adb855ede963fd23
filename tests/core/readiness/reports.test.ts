import Ajv2020 from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import type { Severity } from '../../../src/core/finding.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { assess, linesByGoLive } from '../../../src/core/readiness/board/board.ts'
import { recordBoard } from '../../../src/core/readiness/board/record-board.ts'
import { boardText, headline, nextStep } from '../../../src/core/readiness/board/report.ts'
import { decisionOf } from '../../../src/core/readiness/board/this-week.ts'
import { exampleFile } from '../../../src/core/readiness/criteria/examples/example-evidence.ts'
import { collapseSigns } from '../../../src/core/readiness/criteria/go-live/collapse-signs.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import { givenOf } from '../../../src/core/readiness/evidence/evidence.ts'
import { type InputKind, inputFiles, inputPath } from '../../../src/core/readiness/input-files/files.ts'
import type { InputFile } from '../../../src/core/readiness/input-files/input-file.ts'
import { rowsOf } from '../../../src/core/readiness/kept-files/counted-rows.ts'
import { wanted } from '../../../src/core/readiness/reports/hand-over-pack.ts'
import { handOverSchema } from '../../../src/core/readiness/reports/hand-over-schema.ts'
import { formatsOf, makeReport, reportKindNames, writeReport } from '../../../src/core/readiness/reports/index.ts'
import { addDays } from '../../../src/core/values/day.ts'
import { asOf, project, run, verified } from './example-project.ts'
import { readyProject } from './ready-project.ts'

const hand = { device: 'd1', actor: 'lead', wall: '2026-07-20T09:00:00+02:00' }
const recorded: Project = recordBoard(project, assess(project, asOf, null, criteria, verified), hand)
/** A day on which all that the examples tell of has happened. */
const later = '2026-12-20'
const copy = structuredClone(recorded)
const text = (kind: (typeof reportKindNames)[number], of: Project = recorded): string =>
  writeReport(makeReport(kind, of, asOf, verified), 'text')

test.each(reportKindNames)('%s: the same project and day give the same bytes in every format', (kind) => {
  const [report, again] = [makeReport(kind, recorded, asOf, verified), makeReport(kind, copy, asOf, verified)]
  for (const format of formatsOf(report)) {
    const once = writeReport(report, format)
    expect(writeReport(again, format)).toBe(once)
    expect(once.length).toBeGreaterThan(60)
  }
})

test('the page of the committee names each blocker before go-live with its evidence and age', () => {
  const board = assess(recorded, asOf, null, criteria, verified)
  const report = makeReport('go-no-go', recorded, asOf, verified)
  const json = JSON.parse(writeReport(report, 'json'))
  const before = ['discovery', 'configuration', 'training', 'pre-launch']
  const blockers = board.blockers.filter(({ criterion }) => before.includes(criterion.phase))
  expect(json.blockers.map(({ code }: { code: string }) => code)).toEqual(blockers.map(({ criterion }) => criterion.code))
  const claimed = blockers.filter(({ state }) => state === 'claimed').length
  expect(json.verdict).toBe(
    `No-go: ${blockers.length - claimed} blockers before go-live${claimed > 0 ? `, ${claimed} only claimed where proof is asked for` : ''}. Worst gate: blocked.`,
  )
  for (const [index, { evidence }] of blockers.entries())
    expect(json.blockers[index].evidence.map(({ digest }: { digest: string }) => digest)).toEqual(
      evidence.map(({ digest }) => digest),
    )
  // The run is of 14-Jul, the page of 20-Jul.
  const lost = { ...run, findings: [{ ...finding, code: 'data/allergy-lost' }] }
  const page = text('go-no-go', { ...recorded, runs: [lost] })
  expect(page).toContain('run 3, 6 days old')
  expect(page).toContain('Decision'.toUpperCase())
})

const finding = {
  severity: 'critical',
  place: 'allergies',
  input: 'Patient.ndjson',
  count: 1,
  denominator: 5,
  patients: 1,
  fingerprint: 'f1',
  outcome: null,
} as const

test('headline, decision, verdict and titles count the same lines, and a claimed day is none of them', () => {
  const dropped = utf8('milestone,planned_on\ngo-live,2026-07-25\n')
  const of: Project = { ...recorded, other: new Map(recorded.other).set(inputPath('milestones'), dropped) }
  const board = assess(of, asOf, null, criteria, null)
  const { before, later } = linesByGoLive(board)
  expect(before.claimed).toBeGreaterThan(0)
  const page = writeReport(makeReport('go-no-go', of, asOf, null), 'text')
  expect(page).toContain('The day of go-live, 25-Jul-2026, is only claimed.')
  expect(page).toContain(`${before.claimed} only claimed. Worst gate`)
  expect(page).toContain(`ONLY CLAIMED BEFORE GO-LIVE (${before.claimed} AND THE DAY ITSELF)`)
  expect(page).toContain(`BLOCKERS BEFORE GO-LIVE (${before.blocked})`)
  expect(decisionOf(of, board).detail).toContain(`${before.blocked} lines block go-live, ${before.claimed} are only claimed`)
  const more = later.blocked === 0 ? '' : ` before go-live, ${later.blocked} blockers from go-live on`
  expect(headline(board)).toContain(`— ${before.blocked} blockers${more}`)
  expect(before.blocked + later.blocked).toBe(board.blockers.length)
})

test('the day of go-live comes from the milestones, else from board.json; without either the page says so', () => {
  const milestones = (text: string): Project => ({
    ...recorded,
    other: new Map(recorded.other).set(inputPath('milestones'), utf8(`milestone,planned_on\n${text}`)),
  })
  expect(text('go-no-go', milestones('go-live,2026-08-03\n'))).toContain('go-live 03-Aug-2026, in 14 days')
  expect(text('go-no-go', milestones('go-live,2026-07-20\n'))).toContain('go-live 20-Jul-2026, today')
  expect(text('go-no-go', milestones('training,2026-07-01\n'))).toContain('go-live has no day yet: add it to the milestones')
  const stated = (of: Project): Project => ({ ...of, board: { ...of.board, goLive: '2026-07-19' } })
  expect(text('go-no-go', stated(milestones('training,2026-07-01\n')))).toContain(
    'go-live 19-Jul-2026 (claimed, not in the ledger), 1 day ago',
  )
  expect(text('go-no-go', stated(milestones('go-live,2026-08-03\n')))).toContain('go-live is not settled: board.json says')
})

test('what people wrote steers no terminal, and what no longer counts says how it counts again', () => {
  const name = '\u001b[31mlab\u202e'
  const strange: Project = { ...recorded, manifest: { ...recorded.manifest, name } }
  for (const page of [
    boardText(assess(strange, asOf, null, criteria, verified), name),
    text('go-no-go', strange),
    text('risks', strange),
  ]) {
    expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u)
    expect(page).toContain('[31mlab')
  }
  // Everything is half a year old: runs are repeated, files are brought anew.
  const late = assess(recorded, '2027-02-20', null, criteria, verified)
    .phases.flatMap(({ criteria }) => criteria)
    .filter(({ state }) => state === 'stale')
  const steps = new Set(late.map(nextStep))
  expect([...steps]).toContain('Run all checks again on the present data.')
  const little = assess(recorded, asOf, null, criteria, verified).phases.flatMap(({ criteria }) =>
    criteria.filter(({ state }) => state === 'missing'),
  )
  expect(little.map(nextStep).some((step) => /^Bring a fuller file: [a-z ]+\.$/.test(step))).toBe(true)
  expect([...steps].some((step) => /^Bring a newer file: [a-z ]+\.$/.test(step))).toBe(true)
  for (const step of steps) expect(step).toMatch(/^[A-Z][^.:]+(: [^.]+)?\.$/)
})

test('a claim stands apart from proof, and a threshold that moved behind the ledger is printed', () => {
  const claimed: Project = {
    ...recorded,
    board: {
      ...recorded.board,
      thresholds: { 'readiness/orphan-references': { open: 5 } },
      statements: [
        {
          id: 's1',
          criterion: 'readiness/total-cost',
          text: 'The budget <b>is</b> agreed',
          by: 'A. Owner',
          role: 'Project lead',
          reason: 'Letter of the board',
          at: '2026-07-10',
          expires: '2026-10-01',
        },
      ],
    },
  }
  const page = text('go-no-go', claimed)
  expect(page).toContain('LIMITS THAT WERE CHANGED (1)')
  expect(page).toContain('board.json holds another limit, which no entry of the ledger names: it does not count')
  const html = writeReport(makeReport('go-no-go', claimed, asOf, verified), 'html')
  expect(html).not.toContain('<b>is</b>')
  expect(html).not.toMatch(/<script|https?:\/\//)
})

test('the register prints what breaks, why and how it is avoided, and the month counts it', () => {
  const page = text('risks')
  const open = assess(project, asOf, null, criteria, verified)
    .phases.flatMap(({ criteria }) => criteria)
    .filter(({ state }) => state === 'failed')
  for (const { criterion } of open) if (criterion.code !== 'readiness/risk-register') expect(page).toContain(criterion.remedy)
  const goals = 'id,goal,measure,baseline,target,better,now\nA,a,m,9,5,lower,4\nB,b,m,9,5,lower,7\nC,c,m,9,5,lower,\n'
  const measured: Project = { ...recorded, other: new Map(recorded.other).set(inputPath('goals'), utf8(goals)) }
  expect(text('outcomes', measured)).toContain('1 of 3 goals reached; 1 can not be judged yet')
  expect(text('monthly')).toContain('July 2026')
  expect(text('monthly')).toMatch(/\d+ are open; \d+ opened and 0 closed by evidence this month/)
})

test('groups under five are not shown in outcomes, and nothing is said of tasks timed too seldom', () => {
  const burden =
    'role,measure,month,minutes,baseline_minutes,people\nClinician,inbox,2026-07-01,7137,45,4\nNurse,inbox,2026-07-01,33,44,12\n'
  const other = new Map(recorded.other).set(inputPath('burden'), utf8(burden))
  const page = writeReport(makeReport('outcomes', { ...recorded, other }, later, verified), 'text')
  expect(page).toContain('fewer than 5 people')
  expect(page).not.toContain('7137')
  expect(page).toContain('not enough people (0 and 0)')
})

test('what is open stands before what was accepted in a hand-over, the worst first', () => {
  const found = { code: 'data/required', place: 'MRN', input: 'patients', denominator: 10, patients: 1, outcome: null }
  const finding = (severity: Severity, count: number) => ({ ...found, severity, count, fingerprint: `${severity}-${count}` })
  const findings = [finding('info', 9), finding('error', 2), finding('critical', 1), finding('error', 7)]
  const runs = recorded.runs.map((each) => (each.number === run.number ? { ...each, findings } : each))
  const pack = JSON.parse(writeReport(makeReport('hand-over', { ...recorded, runs }, asOf), 'json'))
  const order = pack.knownIssues.findings.map(({ severity, count }: { severity: string; count: number }) => [severity, count])
  expect(order).toEqual([
    ['critical', 1],
    ['error', 7],
    ['error', 2],
    ['info', 9],
  ])
})

test('the hand-over pack is complete by its schema, and says which part has no source', () => {
  const check = new Ajv2020({ strict: false }).compile(handOverSchema as object)
  const pack = JSON.parse(writeReport(makeReport('hand-over', recorded, later, verified), 'json'))
  expect(check(pack), JSON.stringify(check.errors)).toBe(true)
  expect(pack.missing).toEqual([])
  expect(pack.configuration.areas.length).toBeGreaterThan(0)
  expect(pack.changeRequests.customizations.length).toBeGreaterThan(0)
  expect(pack.knownIssues.risks.length).toBeGreaterThan(0)
  const other = new Map(recorded.other)
  expect(pack.changeRequests.feedbackUnanswered).toBe(1)
  other.delete(inputPath('contracts'))
  other.delete(inputPath('feedback'))
  const without = JSON.parse(writeReport(makeReport('hand-over', { ...recorded, other }, later, verified), 'json'))
  expect(check(without)).toBe(true)
  expect(without.missing.map(({ kind }: { kind: string }) => kind)).toEqual(['feedback', 'contracts'])
  // No file is not no idea.
  expect(without.changeRequests.feedbackUnanswered).toBeNull()
  for (const part of Object.keys(pack)) expect(check({ ...pack, [part]: undefined })).toBe(false)
})

test('a file that holds a head alone, is refused, or tells of a day to come is a source of no report', () => {
  const ready = readyProject([])
  const textOf = (kind: InputKind): string => new TextDecoder().decode(ready.other.get(inputPath(kind)))
  const pack = (kind: InputKind, content: string) => {
    const of = { ...ready, other: new Map(ready.other).set(inputPath(kind), utf8(content)) }
    const report = makeReport('hand-over', of, asOf, verified)
    return { missing: JSON.parse(writeReport(report, 'json')).missing.map((each: { kind: string }) => each.kind), report }
  }
  expect(pack('goals', textOf('goals')).missing).toEqual([])
  for (const kind of wanted) {
    const lines = textOf(kind).trimEnd().split('\n')
    const { missing, report } = pack(kind, `${lines[0]}\n`)
    expect([kind, missing]).toEqual([kind, [kind]])
    expect(report.sheet.verdict).toMatchObject({
      gate: 'at risk',
      words: expect.stringMatching(/^Not (?:a whole pack|proven to be complete \(at risk\)): (?:.* )?1 of 9 files are not there/),
    })
    const file: InputFile = inputFiles[kind]
    // What is named twice is refused.
    if (file.key) expect(pack(kind, `${[...lines, lines[1]].join('\n')}\n`).missing).toEqual([kind])
    if (file.happened)
      expect(rowsOf({ ...ready, other: new Map([[inputPath(kind), utf8(textOf(kind))]]) }, kind, '1990-01-01')).toBeNull()
  }
})

test('a ticket closed before it was opened is closed in no report and no sign: month, hand-over, shifts', () => {
  const ready = readyProject([])
  const path = inputPath('tickets')
  const [head = '', ...rows] = new TextDecoder().decode(ready.other.get(path)).trimEnd().split('\n')
  const at = head.split(',').indexOf('closed_at')
  const broken = rows.map((row) => row.split(',').with(at, '2020-01-01T08:00:00Z').join(','))
  const of = { ...ready, other: new Map(ready.other).set(path, utf8(`${[head, ...broken].join('\n')}\n`)) }
  const month = writeReport(makeReport('monthly', of, asOf, verified), 'text')
  expect(month).toMatch(/ tickets opened, 0 closed\./)
  expect(month).not.toMatch(/[1-9]\d*(\.\d)? % of \d+ were solved in the same shift/)
  const { tickets } = JSON.parse(writeReport(makeReport('hand-over', of, asOf, verified), 'json')).knownIssues
  expect(tickets.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(rows.length)
  const [never, before] = ['', '2020-01-01T08:00:00Z'].map((closed) => {
    const lines = Array.from({ length: 20 }, (_, n) => {
      const day = addDays('2026-06-20', n)
      const shift = `S${n},Ward,${day}T07:00:00Z,${day}T19:00:00Z,clinical`
      const opened = Array.from(
        { length: n < 14 ? 1 : 6 },
        (__, t) => `T${n}-${t},${day}T10:00:00Z,closed,Ward,${n < 14 ? `${day}T11:00:00Z` : closed},no`,
      )
      return { shift, opened }
    })
    const evidence = {
      shifts: exampleFile('shifts', `shift_id,department,start,end,function\n${lines.map(({ shift }) => shift).join('\n')}\n`),
      tickets: exampleFile(
        'tickets',
        `ticket_id,opened_at,status,department,closed_at,paper_fallback\n${lines.flatMap(({ opened }) => opened).join('\n')}\n`,
      ),
    }
    return collapseSigns.compute(
      givenOf(evidence, collapseSigns.code, collapseSigns.needs),
      collapseSigns.thresholds,
      '2026-07-20',
    )
  })
  expect(never?.state).toBe('failed')
  expect(before).toEqual(never)
})

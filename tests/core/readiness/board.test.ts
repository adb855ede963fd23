import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import type { RunSummary } from '../../../src/core/project/format/run.ts'
import { addHazard } from '../../../src/core/project/hazards/hazard-acts.ts'
import { type JudgedCriterion, assess as judge, type ReadinessBoard } from '../../../src/core/readiness/board/board.ts'
import { boardJson, boardMarkdown, boardText, headline } from '../../../src/core/readiness/board/report.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import { kitPath } from '../../../src/core/readiness/downtime/kit-record.ts'
import { statementDigest } from '../../../src/core/readiness/evidence/claim.ts'
import { dueAfter } from '../../../src/core/readiness/evidence/due.ts'
import { type InputKind, inputFiles, inputKindNames, inputPath } from '../../../src/core/readiness/input-files/files.ts'
import type { Kind } from '../../../src/core/readiness/model/artifact.ts'
import type { Criterion } from '../../../src/core/readiness/model/criterion.ts'
import { salts } from '../project/salts.ts'
import { asOf, pairOf, project, ranAgain, run, verified } from './example-project.ts'
import { readyProject } from './ready-project.ts'

/** Of a project that verifies, unless a test says otherwise. */
const assess = (
  of: Project,
  day: string,
  earlier: ReadinessBoard | null = null,
  rules: readonly Criterion[] = criteria,
  verification: { readonly broken: string | null } | null = verified,
): ReadinessBoard => judge(of, day, earlier, rules, verification)
const all = (board: ReadinessBoard): readonly JudgedCriterion[] => board.phases.flatMap((each) => each.criteria)
const byCode = (board: ReadinessBoard, code: string): JudgedCriterion => {
  const found = all(board).find((judged) => judged.criterion.code === `readiness/${code}`)
  if (!found) throw new Error(code)
  return found
}
/** Codes of the criteria that were judged anew. */
const rejudged = (before: ReadinessBoard, after: ReadinessBoard): string[] => {
  const held = new Set(all(before))
  return all(after).flatMap((judged) => (held.has(judged) ? [] : [judged.criterion.code]))
}
/** From when on the work after go-live counts hangs on the file that says its day, and the day itself decides when each criterion is due. */
const needing = (kinds: readonly (Kind | 'day of go-live')[]): string[] =>
  criteria
    .filter(
      (rule) =>
        kinds.includes('day of go-live') ||
        rule.needs.some((kind) => kinds.includes(kind)) ||
        (kinds.includes('milestones') && dueAfter(rule) >= -14),
    )
    .map((criterion) => criterion.code)
const everyKind = [...new Set(criteria.flatMap((criterion) => [...criterion.needs]))]

const events = project.review.events.map((event) => ({ ...event, at: { ...event.at, counter: 2 } }))
const finding = {
  code: 'data/fhir-reference-missing',
  severity: 'error',
  place: 'Observation.subject',
  input: 'Patient.ndjson',
  count: 1,
  denominator: 5,
  patients: 1,
  fingerprint: 'f1',
  outcome: null,
} as const
const withRun = (parts: Partial<RunSummary>): Project => ranAgain(project, { ...run, ...parts })

/** The ledger of a project in which nothing has happened yet. */
const created = project.ledger.filter(({ action }) => action === 'project-created')

/** One changed byte of one document, with the kinds of evidence that rest on it. */
const changes: readonly (readonly [string, Project, readonly (Kind | 'day of go-live')[]])[] = [
  ['the label of a future step', { ...project, workflows: [pairOf('Approve in inbox.')] }, ['workflows', 'comparison']],
  [
    'a source',
    { ...project, sources: project.sources.map((each, index) => (index === 0 ? { ...each, sha256: 'sha256:ac' } : each)) },
    ['validation', 'pairing', 'draw', 'verdicts'],
  ],
  [
    'the field map',
    { ...project, mapping: new Map([...project.mapping].map(([path, text]) => [path, text.replace('DOB', 'DOD')])) },
    ['mapping', 'pairing', 'draw', 'verdicts'],
  ],
  ['a schema', { ...project, schemas: new Map([['schemas/patients.json', { fields: [1] }]]) }, ['validation']],
  ['a finding about data', withRun({ findings: [finding] }), ['validation', 'ledger']],
  ['a finding of the pairing', withRun({ findings: [{ ...finding, code: 'data/allergy-lost' }] }), ['pairing', 'ledger']],
  [
    'a finding about a workflow',
    withRun({ findings: [{ ...finding, code: 'workflow/re-keying', input: 'refill' }] }),
    ['comparison', 'ledger'],
  ],
  [
    'the plan',
    { ...project, review: { ...project.review, plan: project.review.plan && { ...project.review.plan, lookSeconds: 4 } } },
    ['plan', 'verdicts', 'ledger'],
  ],
  [
    'the draw',
    { ...project, review: { ...project.review, draw: project.review.draw && { ...project.review.draw, times: 2 } } },
    ['draw', 'verdicts', 'ledger'],
  ],
  ['a verdict', { ...project, review: { ...project.review, events } }, ['verdicts', 'ledger']],
  ['a hazard', withHazard(), ['hazards', 'ledger']],
  ['an acceptance', { ...project, baseline: [{ fingerprint: 'f', reason: 'r', by: 'b', expires: null }] }, ['baseline']],
  [
    'the ledger',
    { ...project, ledger: created.concat({ ...last(), object: 'x' }) },
    // Without it nobody knows where anything comes from.
    everyKind,
  ],
  [
    'the downtime kit',
    { ...project, other: new Map(project.other).set(kitPath, utf8(keptText().replace('2026-07-19', '2026-07-18'))) },
    ['kit'],
  ],
  ...inputKindNames.map(
    (kind) =>
      [
        `one byte of the file ${kind}`,
        withFile(kind),
        kind === 'milestones' ? ([kind, 'day of go-live'] as const) : [kind],
      ] as const,
  ),
]

function withHazard(): Project {
  const words = { hazard: 'Lost', cause: 'Load', effect: 'Harm', controls: '', owner: 'Owner' }
  const grades = { severity: 2, likelihood: 2, residualSeverity: null, residualLikelihood: null } as const
  const hand = { device: 'd1', actor: 'owner', wall: '2026-07-16T10:00:00+02:00' }
  const step = addHazard(project, { ...words, ...grades }, 'Seen in the run', hand, salts)
  if (!step.ok) throw new Error(step.problem)
  return step.project
}

function keptText(): string {
  return new TextDecoder().decode(project.other.get(kitPath))
}

function withFile(kind: InputKind): Project {
  const path = inputPath(kind)
  const bytes = new Uint8Array([...(project.other.get(path) ?? []), 0x20])
  return { ...project, other: new Map(project.other).set(path, bytes) }
}

function last(): Project['ledger'][number] {
  const entry = project.ledger.at(-1)
  if (!entry) throw new Error('empty ledger')
  return { ...entry, hash: '1'.repeat(64) }
}

test.each(changes)('changing %s judges exactly the criteria that rest on it anew', (_name, changed, kinds) => {
  const before = assess(project, asOf)
  expect(rejudged(before, assess(changed, asOf, before)).toSorted()).toEqual(
    (kinds === everyKind ? criteria.map(({ code }) => code) : needing(kinds)).toSorted(),
  )
})

test('the changes above reach every edge between a kind of evidence and a criterion but the signatures', () => {
  const reached = new Set(changes.flatMap(([, , kinds]) => (kinds === everyKind ? [] : kinds)))
  const needed = new Set(criteria.flatMap((criterion) => [...criterion.needs]))
  expect([...needed].filter((kind) => !reached.has(kind))).toEqual(['signatures'])
})

test('nothing changed: the same judgements, the same bytes', () => {
  const before = assess(project, asOf)
  const after = assess(structuredClone(project), asOf, before)
  expect(rejudged(before, after)).toEqual([])
  expect(JSON.stringify(boardJson(after))).toBe(JSON.stringify(boardJson(before)))
  expect(boardMarkdown(after, 'Example')).toBe(boardMarkdown(before, 'Example'))
  expect(boardText(after, 'Example')).toBe(boardText(before, 'Example'))
})

test.each([
  ['the draw', { ...project, review: { ...project.review, draw: null } }, ['draw', 'verdicts', 'ledger']],
  ['the plan', { ...project, review: { ...project.review, plan: null } }, ['plan', 'verdicts', 'ledger']],
  ['the mapping', { ...project, mapping: new Map() }, ['mapping', 'pairing', 'draw', 'verdicts']],
  ['all runs', { ...project, runs: [] }, ['comparison', 'validation', 'pairing', 'baseline', 'workflows', 'draw', 'verdicts']],
] as const)('removing %s turns only what rests on it', (_name, without, kinds) => {
  const before = assess(project, asOf)
  const after = assess(without, asOf, before)
  const turned = all(after).filter((judged) => judged.state !== byCode(before, judged.criterion.code.slice(10)).state)
  expect(turned.length).toBeGreaterThan(0)
  for (const judged of turned) {
    expect(needing(kinds)).toContain(judged.criterion.code)
    // What is gone from the project still stands in the ledger.
    const allowed = judged.criterion.code === 'readiness/ledger-intact' ? ['failed'] : ['missing', 'stale', 'claimed']
    expect(allowed).toContain(judged.state)
  }
})

test('every value that counts names its evidence by digest', () => {
  for (const judged of all(assess(project, asOf)))
    if (judged.state === 'proven') {
      expect(judged.evidence.length).toBeGreaterThan(0)
      for (const artifact of judged.evidence) expect(artifact.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    }
})

test('a changed source strikes the value through and says which source changed', () => {
  const judged = byCode(assess(changes[1]?.[1] ?? project, asOf), 'orphan-references')
  expect(judged.state).toBe('stale')
  expect(judged.measure?.words).toContain('0 orphan references')
  expect(judged.reason).toBe('patients.csv changed since run 3 of 14-Jul-2026')
  const board = assess(changes[1]?.[1] ?? project, asOf)
  expect(boardMarkdown(board, 'Example')).toContain('~~0 orphan references in 5 records~~ stale: patients.csv changed')
})

test('everything that rests on a changed input is struck through, nothing of it is proven', () => {
  const before = assess(project, asOf)
  const stays = new Set<Kind>(['plan', 'baseline', 'ledger', 'mapping', 'workflows', ...inputKindNames])
  let struck = 0
  for (const [name, changed, kinds] of changes.slice(0, 4)) {
    const after = assess(changed, asOf, before)
    const gone = kinds.filter((kind): kind is Kind => kind !== 'day of go-live' && !stays.has(kind))
    for (const judged of all(after)) {
      if (!judged.criterion.needs.some((kind) => gone.includes(kind)) || judged.absent.length > 0 || !judged.due.isDue) continue
      expect(['stale', 'missing', 'unknown'], `${judged.criterion.code} after ${name}`).toContain(judged.state)
      struck++
    }
  }
  process.stdout.write(`${struck} of ${struck} values on changed inputs no longer count\n`)
  expect(struck).toBeGreaterThan(20)
})

test('evidence older than its criterion allows no longer counts', () => {
  expect(byCode(assess(project, '2026-10-12'), 'orphan-references').state).toBe('proven')
  const old = byCode(assess(project, '2026-10-13'), 'orphan-references')
  expect(old).toMatchObject({ state: 'stale', reason: 'data checks of 14-Jul-2026 is 91 days old; 90 are allowed' })
})

test('evidence that ends within a week puts the gate at risk before it blocks it', () => {
  const rules = criteria.filter((criterion) => criterion.code === 'readiness/orphan-references')
  const gate = (day: string) => assess(project, day, null, rules).phases.find((each) => each.phase.id === 'pre-launch')?.gate
  expect(gate('2026-10-04')).toBe('ready')
  expect(gate('2026-10-05')).toBe('at risk')
  expect(gate('2026-10-12')).toBe('at risk')
  expect(gate('2026-10-13')).toBe('blocked')
})

test('a partial run is never evidence, not even the only one', () => {
  expect(byCode(assess(withRun({ partial: true }), asOf), 'orphan-references').state).toBe('missing')
  const later = { ...run, id: 'r4', number: 4, partial: true, findings: [finding] }
  expect(byCode(assess({ ...project, runs: [run, later] }, asOf), 'orphan-references').state).toBe('proven')
})

test('an input that was not read to its end makes its criteria unknown', () => {
  const inputs = run.inputs.map((input) => (input.side === 'target' ? { ...input, status: 'partial' as const } : input))
  const judged = byCode(assess(withRun({ inputs }), asOf), 'orphan-references')
  expect(judged).toMatchObject({ state: 'unknown', reason: 'Patient.ndjson could not be read to the end' })
})

test('a criterion that throws is unknown with its reason, blocks, and leaves the others alone', () => {
  const broken: Criterion = {
    ...byCode(assess(project, asOf), 'duplicates').criterion,
    code: 'readiness/broken',
    compute: () => {
      throw new Error('division of a roster by nobody')
    },
  }
  const board = assess(project, asOf, null, [...criteria, broken])
  expect(byCode(board, 'broken')).toMatchObject({ state: 'unknown', reason: 'division of a roster by nobody' })
  expect(board.phases.find((each) => each.phase.id === 'pre-launch')?.gate).toBe('blocked')
  expect(byCode(board, 'duplicates').state).toBe(byCode(assess(project, asOf), 'duplicates').state)
})

test('a criterion that looks at evidence it does not name is unknown: the graph of needs is the truth', () => {
  const peeking: Criterion<Kind> = {
    ...byCode(assess(project, asOf), 'duplicates').criterion,
    code: 'readiness/peeking',
    compute: (given) => {
      given.value('mapping')
      throw new Error('not reached')
    },
  }
  expect(byCode(assess(project, asOf, null, [peeking]), 'peeking').reason).toContain('does not name mapping')
})

const statement = {
  id: 's1',
  criterion: 'readiness/small-incentives',
  text: 'All departments start on one day.',
  by: 'Medical director',
  role: 'Project lead',
  reason: 'Two ways were simulated',
  at: '2026-07-10',
  expires: '2026-10-08',
}
const stating = (parts: Partial<typeof statement> = {}, entered = true): Project => {
  const made = { ...statement, ...parts }
  const [entry] = project.ledger
  if (!entry) throw new Error('empty ledger')
  const entries = entered ? [{ ...entry, action: 'statement', object: made.criterion, digest: statementDigest(made) }] : []
  return { ...project, board: { ...project.board, statements: [made] }, ledger: [...project.ledger, ...entries] }
}

test('a named person may claim what nothing can compute, for at most 90 days', () => {
  const board = assess(stating(), asOf)
  expect(byCode(board, 'small-incentives')).toMatchObject({ state: 'claimed', until: '2026-10-08' })
  expect(board.claimed).toBe(1)
})

test.each([
  ['has expired', stating({ expires: '2026-07-19' })],
  ['runs for more than 90 days', stating({ expires: '2026-10-09' })],
  ['ends on no day', stating({ expires: 'never' })],
  ['was made on no day', stating({ at: 'soon', expires: '2999-01-01' })],
  ['names no person', stating({ by: '' })],
  ['was entered by another person', stating({ by: 'Trainee' })],
  ['gives no reason', stating({ reason: ' ' })],
  ['is not in the ledger', stating({}, false)],
  [
    'was edited after it was entered',
    { ...stating(), board: { ...project.board, statements: [{ ...statement, text: 'Other words' }] } },
  ],
  ['is about something that is computed', stating({ criterion: 'readiness/first-open' })],
])('a claim that %s does not count', (_name, claiming) => {
  expect(assess(claiming, asOf).claimed).toBe(0)
})

test('only the claim made last counts: one that has expired, or was changed since, gives no earlier one its place', () => {
  const first = stating()
  const shorter = { ...statement, id: 'S2', at: '2026-07-15', expires: '2026-07-18' }
  const [entry] = project.ledger
  if (!entry) throw new Error('empty ledger')
  const both = (last: typeof statement): Project => ({
    ...first,
    board: { ...first.board, statements: [...first.board.statements, last] },
    ledger: [...first.ledger, { ...entry, action: 'statement', object: shorter.criterion, digest: statementDigest(shorter) }],
  })
  expect(assess(both(shorter), '2026-07-17').claimed).toBe(1)
  expect(assess(both(shorter), asOf).claimed).toBe(0)
  expect(assess(both({ ...shorter, expires: '2026-10-01' }), asOf).claimed).toBe(0)
})

test('evidence of files ages by the newest thing that happened in them, or by the day they were added', () => {
  const ready = readyProject([])
  const own = (day: string) =>
    all(assess(ready, day, null, criteria, verified)).filter(({ criterion }) =>
      criterion.needs.some((kind) => kind in inputFiles),
    )
  for (const { criterion, evidence, until } of own(asOf))
    expect([criterion.code, evidence.every(({ kind, date }) => !(kind in inputFiles) || date !== null), until]).toEqual([
      criterion.code,
      true,
      expect.stringMatching(/^\d{4}-/),
    ])
  expect(own('2031-07-20').filter(({ state }) => state === 'proven')).toEqual([])
})

test('something that happened after the day of the board is no evidence', () => {
  const text = 'edge_id,message_id,sent_at,received_at,ack\nlab,M1,2026-07-19T10:00:00+02:00,2099-01-01T10:00:00+02:00,AA\n'
  const future = { ...project, other: new Map(project.other).set(inputPath('messages'), utf8(text)) }
  expect(byCode(assess(future, asOf), 'interface-messages').reason).not.toBeNull()
  expect(byCode(assess(future, asOf), 'interface-messages').state).not.toBe('proven')
})

test('signatures count once the project was verified, and nothing that rests on them where it does not verify', () => {
  const ready = readyProject([])
  const resting = criteria.filter(({ needs }) => needs.includes('signatures')).map(({ code }) => code.slice(10))
  expect(resting.length).toBeGreaterThan(0)
  const forged = { broken: 'The signature of entry 9 does not fit its words.' }
  for (const code of resting) {
    expect(byCode(assess(ready, asOf, null, criteria, verified), code)).toMatchObject({ state: 'proven', reason: null })
    const unseen = byCode(assess(ready, asOf, null, criteria, null), code)
    expect(unseen).toMatchObject({ state: 'stale', reason: 'the signatures have not been verified yet' })
    const broken = byCode(assess(ready, asOf, null, criteria, forged), code)
    expect(broken).toMatchObject({
      state: 'stale',
      reason: 'the project does not verify: The signature of entry 9 does not fit its words',
    })
  }
  expect(byCode(assess(ready, asOf, null, criteria, forged), 'ledger-intact').state).not.toBe('proven')
})

test('an empty project waits in four phases, and two are not due; each criterion has the action that creates its evidence', () => {
  const empty: Project = {
    ...project,
    workflows: [],
    sources: [],
    mapping: new Map(),
    schemas: new Map(),
    runs: [],
    other: new Map(),
    review: { plan: null, frame: null, draw: null, events: [] },
    ledger: created,
  }
  const board = assess(empty, asOf)
  expect(board.phases.map((each) => each.gate)).toEqual([...Array(4).fill('waiting'), 'not due', 'not due'])
  expect(headline(board)).toBe('Waiting for evidence')
  for (const judged of all(board)) expect(judged.action.route).toMatch(/^\//)
})

test('the worst gate speaks for the board and blockers stand worst first', () => {
  const board = assess(
    withRun({
      findings: [
        { ...finding, code: 'data/allergy-lost' },
        { ...finding, code: 'data/duplicate-patient' },
      ],
    }),
    asOf,
  )
  expect(board.gate).toBe('blocked')
  const severities = board.blockers.map((judged) => judged.criterion.severity)
  expect(severities).toEqual(severities.toSorted())
  expect(board.blockers[0]?.criterion.severity).toBe('critical')
})

test('the headline counts every blocker of the board, the one to fix next among them', () => {
  const board = assess(withRun({ findings: [{ ...finding, code: 'data/allergy-lost' }] }), asOf)
  const blocked = board.phases.filter((each) => each.gate === 'blocked')
  expect(blocked.length).toBeGreaterThan(1)
  const own = blocked.flatMap((each) => each.criteria.filter(({ standing }) => standing === 'blocked'))
  expect(board.blockers.length).toBe(own.length)
  expect(headline(board)).toMatch(new RegExp(`— ${own.length} blockers$`))
})

test('ten times as many criteria are computed once each', () => {
  const copies = (count: number): Criterion[] =>
    Array.from({ length: count }, (_, index): Criterion => {
      const rule = criteria[index % criteria.length]
      if (!rule) throw new Error('no criteria')
      return { ...rule, code: `${rule.code}-${index}` }
    })
  const times = Array.from({ length: 5 }, () => {
    const [started, many] = [performance.now(), copies(500)]
    assess(project, asOf, null, many)
    return performance.now() - started
  }).sort((a, b) => a - b)
  process.stdout.write(`500 criteria judged in ${Math.round(times[2] ?? 0)} ms (median of five)\n`)
  // Counted, not timed: each criterion is computed at most once, however many there are.
  let computed = 0
  const counting = copies(criteria.length * 10).map(
    (criterion): Criterion => ({
      ...criterion,
      compute: (given, thresholds, day) => {
        computed++
        return criterion.compute(given, thresholds, day)
      },
    }),
  )
  const judged = assess(project, asOf, null, counting)
  expect(all(judged).length).toBe(counting.length)
  expect(computed).toBeGreaterThan(criteria.length)
  expect(computed).toBeLessThanOrEqual(counting.length)
})

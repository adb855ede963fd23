import { expect, test } from 'vitest'
import { digestOf, utf8 } from '../../../src/core/canonical.ts'
import { record } from '../../../src/core/project/acts/hand.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { assess, type ReadinessBoard } from '../../../src/core/readiness/board/board.ts'
import { recordBoard, setRisk } from '../../../src/core/readiness/board/record-board.ts'
import { closingDoubt, registerOf } from '../../../src/core/readiness/board/register.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import { inputPath } from '../../../src/core/readiness/input-files/files.ts'
import { eventDigest, loggedEvents, withBoardEvents } from '../../../src/core/readiness/log/board-log.ts'
import { loggedRisks } from '../../../src/core/readiness/log/risks.ts'
import { makeReport, writeReport } from '../../../src/core/readiness/reports/index.ts'
import { asOf, project, ranAgain, run, verified } from './example-project.ts'
import { readyProject, withFile } from './ready-project.ts'

const code = 'readiness/orphan-references'
const rules = criteria.filter((criterion) => criterion.code === code)
const boardOf = (of: Project): ReadinessBoard => assess(of, asOf, null, rules, verified)
const hand = (hour: number) => ({ device: 'd1', actor: 'lead', wall: `2026-07-20T${String(hour).padStart(2, '0')}:00:00Z` })
const at = (of: Project, hour: number): Project => recordBoard(of, boardOf(of), hand(hour))
const orphan = {
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
const failing = (of: Project, count = 1): Project => ranAgain(of, { ...run, findings: [{ ...orphan, count }] })
const held = (of: Project) => loggedRisks(loggedEvents(of)).get(code)
const bare: Project = { ...project, other: new Map() }

test('one breach opens exactly one risk, however often the board looks and however the number moves', () => {
  let now = at(failing(bare), 8)
  for (const count of [2, 3, 4]) now = at(failing(now, count), 8 + count)
  const opened = loggedEvents(now).filter(({ event }) => event.kind === 'risk-opened')
  expect(opened.length).toBe(1)
  expect(held(now)).toMatchObject({ id: 'orphan-references', closed: null, severity: 5, likelihood: null, reopened: 0 })
  expect(held(now)?.avoid).toBe(rules[0]?.remedy)
})

test('only evidence closes it: not a claim, not a lost run, not an old one; a later breach opens the same one again', () => {
  const open = at(failing(bare), 8)
  const gone = at({ ...open, runs: [] }, 9)
  expect(held(gone)?.closed).toBeNull()
  const old = recordBoard(gone, assess({ ...gone, runs: [run] }, '2027-07-20', null, rules, verified), hand(10))
  expect(held(old)?.closed).toBeNull()
  const closed = at({ ...old, runs: [run] }, 11)
  expect(held(closed)?.closed).toBe('2026-07-20T11:00:00Z')
  expect(held(closed)?.evidence[0]).toMatch(/^sha256:[0-9a-f]{64}$/)
  const again = at(failing(closed), 12)
  expect(held(again)).toMatchObject({ closed: null, reopened: 1 })
  expect([...loggedRisks(loggedEvents(again))].length).toBe(1)
})

test('a line that says closed counts only if the ledger names it and it names its evidence by digest', () => {
  const open = at(failing(bare), 8)
  const closing = (evidence: readonly string[]) =>
    ({ kind: 'risk-closed', at: '2026-07-20T09:00:00Z', by: 'x', risk: code, words: 'done', evidence }) as const
  const written = (event: ReturnType<typeof closing>): Project => ({ ...open, other: withBoardEvents(open.other, [event]) })
  const digest = `sha256:${'0'.repeat(64)}`
  expect(held(written(closing([digest])))).toMatchObject({ closed: null, entered: false })
  const enter = (event: ReturnType<typeof closing>): Project =>
    record(written(event), [{ action: 'risk-closed', object: 'readiness/history.jsonl', digest: eventDigest(event) }], hand(9))
  expect(held(enter(closing(['done'])))?.closed).toBeNull()
  expect(held(enter(closing([digest])))?.closed).toBe('2026-07-20T09:00:00Z')
})

test('what a person writes is kept, taken back by writing the former, and stands in the ledger each time', () => {
  const open = at(failing(bare), 8)
  const before = held(open)
  const set = setRisk(open, code, { likelihood: 2, owner: 'Data lead', due: '2026-08-01' }, hand(9))
  expect(held(set)).toMatchObject({ likelihood: 2, severity: 5, owner: 'Data lead', due: '2026-08-01' })
  expect(setRisk(set, code, { likelihood: 2 }, hand(10))).toBe(set)
  const back = setRisk(set, code, { likelihood: null, owner: before?.owner ?? null, due: null }, hand(10))
  expect(held(back)).toEqual(before)
  expect(back.ledger.slice(-2).map(({ action }) => action)).toEqual(['risk-set', 'risk-set'])
  expect(setRisk(open, 'readiness/duplicates', { likelihood: 2 }, hand(9))).toBe(open)
})

test('the criterion of the register judges the risks of the board: open without owner and day, then complete', () => {
  const register = criteria.filter((criterion) => criterion.code === code || criterion.code === 'readiness/risk-register')
  const judged = (of: Project) =>
    assess(of, asOf, null, register, verified)
      .phases.flatMap((each) => each.criteria)
      .find(({ criterion }) => criterion.code === 'readiness/risk-register')
  expect(judged(failing(bare))?.state).toBe('missing')
  const open = at(failing(bare), 8)
  expect(judged(open)).toMatchObject({ state: 'failed', measure: { value: 0, of: 1 } })
  expect(judged(open)?.measure?.cells[0]?.route).toBe('/readiness/risks?risk=orphan-references')
  const complete = setRisk(open, code, { likelihood: 2, owner: 'Data lead', due: '2026-08-01' }, hand(9))
  expect(judged(complete)).toMatchObject({ state: 'proven', measure: { value: 1, of: 1 } })
  expect(judged(setRisk(complete, code, { due: '2026-07-01' }, hand(10)))?.state).toBe('failed')
})

test('the register shows what would open now, the worst first, and the lines of the file beside it', () => {
  const register = registerOf(failing(project), assess(failing(project), asOf, null, criteria, verified))
  const fresh = register.find(({ criterion }) => criterion === code)
  expect(fresh).toMatchObject({ opened: null, closed: null })
  expect(register.filter(({ criterion }) => criterion === null).length).toBe(2)
  const open = register.filter(({ closed }) => closed === null)
  expect(register.slice(0, open.length)).toEqual(open)
})

test('what closed a risk is held against the project: gone, changed or unnamed evidence is said, other proof is enough', () => {
  const doubt = (of: Project) => {
    const board = assess(of, asOf, null, rules, verified)
    const risk = registerOf(of, board).find(({ criterion }) => criterion === code)
    return risk ? closingDoubt(of, board, risk) : 'no risk'
  }
  const closed = at({ ...at(failing(bare), 8), runs: [run] }, 9)
  expect(held(closed)?.closed).not.toBeNull()
  expect(doubt(closed)).toBeNull()
  const gone = 'the evidence that closed it is not in the project any more'
  expect(doubt({ ...closed, runs: [] })).toBe(gone)
  const [first, ...others] = closed.sources
  const changed = first
    ? { ...closed, sources: [{ ...first, sha256: 'sha256:zz' }, ...others], runs: [{ ...run, number: 9 }] }
    : closed
  expect(doubt(changed)).toBe(gone)
  // A later run proves it anew: the former evidence is not needed any more.
  expect(doubt({ ...closed, runs: [run, { ...run, id: 'r4', number: 4 }] })).toBeNull()
  const byFile = (evidence: string): Project => ({
    ...bare,
    other: new Map([['readiness/risks.csv', utf8(`id,what,closed_on,evidence\nR1,Results go missing,2026-07-01,${evidence}\n`)]]),
  })
  const inFile = (evidence: string) => {
    const of = byFile(evidence)
    const board = assess(of, asOf, null, rules, verified)
    const risk = registerOf(of, board).find(({ id }) => id === 'R1')
    return risk ? closingDoubt(of, board, risk) : 'no risk'
  }
  expect(['run 3', 'run 12', 'somebody looked', `sha256:${'0'.repeat(64)}`].map(inFile)).toEqual([
    null,
    'run 12, which it names, is not in the project or was not complete',
    'it names no evidence by digest or run',
    gone,
  ])
  // What is in doubt is said wherever closed risks are told of: criterion, register on paper, month.
  for (const evidence of ['somebody looked', 'ok', `sha256:${'0'.repeat(64)}`, 'run 3']) {
    const of = byFile(evidence)
    const certain = inFile(evidence) === null
    expect(JSON.stringify(makeReport('risks', of, asOf, verified).data).includes('"doubt":null')).toBe(certain)
    expect(
      writeReport(makeReport('risks', of, asOf, verified), 'text').includes('1 of them by nothing that can be looked up'),
    ).toBe(!certain)
    const month = writeReport(makeReport('monthly', of, '2026-07-20'), 'text')
    expect([evidence, month.includes('Results go missing is proven')]).toEqual([evidence, certain])
    expect(month).toContain(certain ? '1 closed by evidence this month' : '1 of them by nothing that can be looked up')
  }
})

test('a line closed by a run or digest that is not in the project proves nothing, and says which', () => {
  const head = 'id,what,why,avoid,likelihood,severity,owner,due,closed_on,evidence\n'
  const judgedWith = (evidence: string) => {
    const held = withFile(
      readyProject([]),
      'risks',
      `${head}R1,Results lost,no answer,count,2,5,Lead,2026-07-01,2026-07-01,${evidence}\n`,
    )
    const [one] = assess(held, asOf, null, criteria, verified)
      .phases.flatMap((phase) => phase.criteria)
      .filter(({ criterion }) => criterion.code === 'readiness/risk-register')
    return [one?.state, one?.reason ?? null]
  }
  expect(judgedWith('run 3')).toEqual(['proven', null])
  expect(judgedWith('run 12')).toEqual([
    'stale',
    'R1 is closed, but run 12, which it names, is not in the project or was not complete',
  ])
  expect(judgedWith(`sha256:${'0'.repeat(64)}`)).toEqual([
    'stale',
    'R1 is closed, but the evidence that closed it is not in the project any more',
  ])
  const goals = digestOf(new TextDecoder().decode(readyProject([]).other.get(inputPath('goals'))))
  expect(judgedWith(goals)).toEqual(['proven', null])
})

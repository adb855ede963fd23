import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { continuationsOf, settleFork } from '../../../src/core/project/copies/fork-settlement.ts'
import { mergeProjects } from '../../../src/core/project/exchange/merge-projects.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { forksIn } from '../../../src/core/project/ledger/ledger-union.ts'
import { ledgerTrouble } from '../../../src/core/project/verify/ledger-trouble.ts'
import { assess } from '../../../src/core/readiness/board/board.ts'
import { gateChanges } from '../../../src/core/readiness/board/gate-history.ts'
import { recordBoard } from '../../../src/core/readiness/board/record-board.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import { type BoardEvent, boardLogPath, loggedEvents, withBoardEvents } from '../../../src/core/readiness/log/board-log.ts'
import { loggedRisks } from '../../../src/core/readiness/log/risks.ts'
import { asOf, project, ranAgain, run, verified } from './example-project.ts'

const hand = (wall = '2026-07-20T09:00:00+02:00', device = 'd1') => ({ device, actor: 'lead', wall })
const recorded = (of: Project, wall?: string, device?: string): Project =>
  recordBoard(of, assess(of, asOf, null, criteria, verified), hand(wall, device))
const textOf = (of: Project): string => new TextDecoder().decode(of.other.get(boardLogPath) ?? new Uint8Array())
const lost = {
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
const broken = (of: Project): Project => ranAgain(of, { ...run, findings: [lost] })

/** Every recording may move the register's own criterion; after a few the board and its log agree. */
function settled(of: Project, wall?: string, device?: string): Project {
  let now = of
  for (let n = 0; n < 5; n++) {
    const next = recorded(now, wall, device)
    if (next === now) return now
    now = next
  }
  throw new Error('the board never comes to rest')
}

const base = settled(project)

test('the first recording names each gate that is not waiting, with the criteria that decide it', () => {
  const board = assess(project, asOf, null, criteria, verified)
  const changes = gateChanges(recorded(project))
  expect(changes.map(({ phase, from, to }) => [phase, from, to])).toEqual(
    board.phases.filter(({ gate }) => gate !== 'waiting').map(({ phase, gate }) => [phase.id, 'waiting', gate]),
  )
  const blocked = changes.filter(({ to }) => to === 'blocked')
  expect(blocked.length).toBeGreaterThan(0)
  for (const { phase, because } of blocked) {
    const own = [...board.blockers, ...board.unproven]
      .filter(({ criterion }) => criterion.phase === phase)
      .map(({ criterion }) => criterion.code)
    expect(because.map(({ criterion }) => criterion).toSorted()).toEqual(own.toSorted())
  }
})

test('a board that says what the log says last adds nothing, and the same input gives the same bytes', () => {
  const once = base
  expect(recordBoard(once, assess(once, asOf, null, criteria, verified), hand('2026-07-21T09:00:00+02:00'))).toBe(once)
  const again = settled(structuredClone(project))
  expect(textOf(again)).toBe(textOf(once))
  expect(again.ledger.map(({ hash }) => hash)).toEqual(once.ledger.map(({ hash }) => hash))
  expect(ledgerTrouble(once.ledger)).toBeNull()
})

test('one criterion that turns is named as the cause, there and back', () => {
  // A phase that is ready but for what changes: everything but one criterion is left out.
  const rules = assess(project, asOf, null, criteria, verified)
    .phases.flatMap(({ criteria }) => criteria)
    .map(({ criterion }) => criterion)
    .filter(({ code }) => code === 'readiness/orphan-references')
  const at = (of: Project, day: string): Project => recordBoard(of, assess(of, asOf, null, rules, verified), hand(day))
  const good = at(project, '2026-07-20T08:00:00Z')
  const bad = at(broken(good), '2026-07-20T09:00:00Z')
  const mended = at({ ...bad, runs: [run] }, '2026-07-20T10:00:00Z')
  expect(gateChanges(mended).map(({ from, to, because }) => [from, to, because])).toEqual([
    ['waiting', 'ready', [{ criterion: 'readiness/orphan-references', from: null, to: 'proven' }]],
    ['ready', 'blocked', [{ criterion: 'readiness/orphan-references', from: 'proven', to: 'failed' }]],
    ['blocked', 'ready', [{ criterion: 'readiness/orphan-references', from: 'failed', to: 'proven' }]],
  ])
})

test('the history outlives saving and opening, byte for byte', () => {
  const once = settled(broken(base), '2026-07-20T10:00:00Z')
  const { project: opened, problems } = openProject(saveProject(once))
  expect(problems).toEqual([])
  if (!opened) throw new Error('not opened')
  expect(gateChanges(opened)).toEqual(gateChanges(once))
  expect(saveProject(opened).get(boardLogPath)).toEqual(once.other.get(boardLogPath))
})

test('two devices that saw the same change have one, and merging in either order gives the same history', () => {
  const here = settled(broken(base), '2026-07-20T10:00:00Z', 'd1')
  const there = settled(broken(base), '2026-07-20T10:05:00Z', 'd2')
  const [one, two] = [mergeProjects(here, there), mergeProjects(there, here)]
  if (!one.ok || !two.ok) throw new Error('not merged')
  expect(one.keptHere).not.toContain(boardLogPath)
  expect(gateChanges(one.project)).toEqual(gateChanges(two.project))
  expect(textOf(one.project)).toBe(textOf(two.project))
  expect(gateChanges(one.project).length).toBe(gateChanges(here).length)
  for (const line of [...textOf(here).split('\n'), ...textOf(there).split('\n')]) expect(textOf(one.project)).toContain(line)
})

test('a line that was changed past the ledger is told apart', () => {
  const once = base
  const forged = textOf(once).replace('"to":"blocked"', '"to":"ready"')
  expect(forged).not.toBe(textOf(once))
  const changed = { ...once, other: new Map(once.other).set(boardLogPath, utf8(forged)) }
  expect(gateChanges(once).every(({ entered }) => entered)).toBe(true)
  expect(gateChanges(changed).filter(({ entered }) => !entered).length).toBe(1)
})

test('lines of a later version and lines nobody can read stay in the file and do no harm', () => {
  const once = base
  const strange = `${textOf(once)}{"kind":"weather","at":"2026-07-20T09:00:00Z","by":"x"}\nnot json\n[]\n`
  const with3 = { ...once, other: new Map(once.other).set(boardLogPath, utf8(strange)) }
  expect(gateChanges(with3)).toEqual(gateChanges(once))
  expect(textOf(settled(broken(with3))).startsWith(strange)).toBe(true)
})

const past = { at: '2026-07-20T11:00:00Z', by: 'x' }
const strayGate: BoardEvent = { kind: 'gate', ...past, phase: 'discovery', from: 'blocked', to: 'ready', because: [], states: {} }
const strayRisk = (risk: string): BoardEvent => ({
  ...{ kind: 'risk-opened', ...past, risk, what: 'w', why: '', avoid: '', words: '' },
  ...{ severity: 3, owner: null, evidence: [] },
})

test('a line past the ledger is answered once at most, not by each board anew', () => {
  const withLine = (event: BoardEvent): Project => ({ ...base, other: withBoardEvents(base.other, [event]) })
  const gate = withLine(strayGate)
  expect(recorded(gate)).toBe(gate)
  // The criterion is proven: the risk is closed by one entry and stays closed.
  const code = 'readiness/orphan-references'
  const closed = recorded(withLine(strayRisk(code)))
  expect(closed.ledger.slice(base.ledger.length).filter(({ action }) => action === 'risk-closed').length).toBe(1)
  expect(loggedRisks(loggedEvents(closed)).get(code)?.closed).not.toBeNull()
  const rest = settled(closed)
  expect(recorded(rest)).toBe(rest)
  // It fails: what the ledger enters takes the place of the line beside it.
  const opened = settled(broken(withLine(strayRisk(code))))
  expect(loggedRisks(loggedEvents(opened)).get(code)).toMatchObject({ closed: null, entered: true })
})

test('what was given up with a fork is in the file and has no effect', () => {
  const [one, two] = [settled(broken(base), '2026-07-20T10:00:00Z'), recorded(broken(base), '2026-07-20T10:05:00Z')]
  const merged = mergeProjects({ ...one, runs: [run] }, two)
  if (!merged.ok) throw new Error(merged.problem)
  const [fork] = forksIn(merged.project.ledger)
  const own = new Set(two.ledger.map(({ hash }) => hash))
  const kept = fork && continuationsOf(merged.project.ledger, fork).find(({ first }) => own.has(first))
  if (!fork || !kept) throw new Error('no fork')
  const step = settleFork(merged.project, fork, kept.first, 'an old copy', { device: 'd9', actor: 'chief', wall: past.at })
  if (!step.ok) throw new Error(step.problem)
  expect(textOf(step.project).split('\n').length).toBeGreaterThan(textOf(two).split('\n').length)
  expect(loggedEvents(step.project)).toEqual(loggedEvents(two))
  const rest = settled(step.project)
  expect(recorded(rest)).toBe(rest)
})

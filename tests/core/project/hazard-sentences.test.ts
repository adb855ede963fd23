/** What refuses a hazard, what shows that one is gone, and what its officer states: each condition alone, one below, at and above each limit. */
import { expect, test } from 'vitest'
import { record, type Step } from '../../../src/core/project/acts/hand.ts'
import { paths } from '../../../src/core/project/format/documents.ts'
import type { Hazard, HazardSource, HazardWords } from '../../../src/core/project/format/hazard-acts.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import type { RunFinding, RunSummary } from '../../../src/core/project/format/run.ts'
import { acceptFault, addHazard, addHazards, changeHazard, whyNotSettled } from '../../../src/core/project/hazards/hazard-acts.ts'
import { hazardSentence } from '../../../src/core/project/hazards/hazard-counts.ts'
import { sourceStanding } from '../../../src/core/project/hazards/hazard-evidence.ts'
import { settlingStatement } from '../../../src/core/project/hazards/hazard-signature.ts'
import {
  hazardActs,
  hazardsOf,
  joinedHazards,
  named,
  standingRisk,
  stateOf,
} from '../../../src/core/project/hazards/log/hazard-log.ts'
import { reasonOf, textsOf } from '../../../src/core/project/hazards/log/hazard-texts.ts'
import { safetyStatement } from '../../../src/core/project/hazards/safety-page.ts'
import { exampleProject, exampleRun } from './example-project.ts'
import { hand, ok } from './review-walk.ts'
import { salts } from './salts.ts'

const words: HazardWords = {
  hazard: 'An allergy is not shown',
  cause: 'Only coded allergies are shown',
  effect: 'A drug is given that the patient does not tolerate',
  severity: 3,
  likelihood: 3,
  controls: 'Free text is shown as well',
  residualSeverity: 3,
  residualLikelihood: 2,
  owner: 'Dr. Rita Haas',
}
const why = 'Seen in the workshop'
const problemOf = (step: Step): string => (step.ok ? 'done' : step.problem)
const added = (change: Partial<HazardWords> = {}, reason = why, project = exampleProject()): Step =>
  addHazard(project, { ...words, ...change }, reason, hand, salts)

test('a hazard has words, a cause, an effect, and grades that go together', () => {
  expect(problemOf(added())).toBe('done')
  for (const part of ['hazard', 'cause', 'effect'] as const)
    expect(problemOf(added({ [part]: ' \n' })), part).toBe(`Say the ${part}: a hazard has a cause and an effect on the patient.`)
  expect(problemOf(added({ residualSeverity: null }))).toBe('Judge both the residual severity and the residual likelihood.')
  expect(problemOf(added({ residualLikelihood: null }))).toBe('Judge both the residual severity and the residual likelihood.')
  expect(problemOf(added({ controls: ' ' }))).toBe('Write the controls that the residual risk rests on.')
  expect(problemOf(added({ controls: ' ', residualSeverity: null, residualLikelihood: null }))).toBe('done')
  // Risk 3 initially: 3 is as high, 4 is higher.
  expect(problemOf(added({ residualSeverity: 3, residualLikelihood: 3 }))).toBe('done')
  expect(problemOf(added({ residualSeverity: 5, residualLikelihood: 2 }))).toBe(
    'The residual risk is higher than the initial one: judge the initial risk again.',
  )
})

test('an act on the log names a person, gives a reason, and is not said twice', () => {
  expect(problemOf(added({}, '  '))).toBe('Say why: the hazard log keeps the reason.')
  expect(problemOf(addHazard(exampleProject(), words, why, { ...hand, actor: 'unnamed' }, salts))).toBe(
    'Say who you are first: the hazard log names a person.',
  )
  expect(problemOf(addHazard({ ...exampleProject(), readOnly: 'It is open elsewhere.' }, words, why, hand, salts))).toBe(
    'It is open elsewhere.',
  )
  const project = ok(added({}, ` ${why} `))
  const [hazard] = hazardsOf(project)
  const [act] = hazardActs(project) ?? []
  if (!hazard || !act) throw new Error('nothing was added')
  expect(reasonOf(project, act)).toBe(why)
  expect([act.n, act.before, act.by]).toEqual([1, null, hand.actor])
  expect(problemOf(added({ owner: ' Dr. Rita Haas ' }, why, project))).toBe(
    `There is nothing to add: ${hazard.id} says the same.`,
  )
  const draft = { id: hazard.id, words, from: named }
  expect(problemOf(addHazards(project, [draft], why, hand, salts))).toBe(
    'There is nothing to add: the log has a hazard for every cause.',
  )
  expect(problemOf(addHazards(project, [], why, hand, salts))).toContain('There is nothing to add')
  expect(
    hazardsOf(ok(addHazards(project, [draft, { ...draft, id: 'H-2' }], why, hand, salts)))
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual([hazard.id, 'H-2'].toSorted())
})

test('acts of two copies are joined by their time, whichever copy is here', () => {
  const early = ok(added())
  const late = ok(
    addHazard(exampleProject(), { ...words, hazard: 'Another' }, why, { ...hand, wall: '2026-04-01T09:00:00+01:00' }, salts),
  )
  const both = joinedHazards(late, early)
  expect(both).toEqual(joinedHazards(early, late))
  const times = hazardActs({ other: new Map(both ? [[paths.hazards, both]] : []) })?.map(({ at }) => at.slice(0, 7))
  expect(times).toEqual(['2026-03', '2026-04'])
  expect(joinedHazards(late, exampleProject())).toBeNull()
})

test('a change is one of words or grades, of a hazard that is there', () => {
  const project = ok(added())
  const id = hazardsOf(project)[0]?.id ?? ''
  const changed = (change: Partial<HazardWords>, which = id): Step =>
    changeHazard(project, which, { ...words, ...change }, why, hand, salts)
  expect(problemOf(changed({}, 'H-none'))).toBe('The log has no hazard H-none.')
  expect(problemOf(changed({}))).toBe('Nothing was changed.')
  expect(problemOf(changed({ cause: ` ${words.cause} ` }))).toBe('Nothing was changed.')
  expect(problemOf(changed({ effect: '' }))).toContain('Say the effect')
  const graded = ok(changed({ severity: 4 }))
  expect(hazardsOf(graded)[0]).toMatchObject({ severity: 4, words: hazardsOf(project)[0]?.words, status: 'controlled' })
  const said = ok(changed({ cause: 'Another cause' }))
  const [after] = hazardsOf(said)
  expect(after && textsOf(said, after)?.cause).toBe('Another cause')
  expect(hazardActs(said)?.at(-1)).toMatchObject({ action: 'hazard-changed', n: 2, before: { id }, evidence: null })
  expect(problemOf(changeHazard({ ...project, private: new Map() }, id, words, why, hand, salts))).toContain(
    'are sealed, and not here',
  )
})

const hazard: Hazard = {
  id: 'H-1',
  words: 'sha256:aa',
  hasControls: true,
  severity: 4,
  likelihood: 4,
  residualSeverity: 3,
  residualLikelihood: 3,
  status: 'controlled',
  from: named,
}

test('a residual risk of three can be accepted, one of four can not', () => {
  expect(acceptFault(hazard)).toBeNull()
  expect(acceptFault({ ...hazard, residualSeverity: 4 })).toBeNull()
  expect(acceptFault({ ...hazard, residualSeverity: 5 })).toBe('its residual risk is 4, must be eliminated or controlled')
  expect(acceptFault({ ...hazard, residualSeverity: 5, residualLikelihood: 5 })).toBe('its residual risk is 5, unacceptable')
  expect(acceptFault({ ...hazard, hasControls: false })).toBe('write its controls and judge the residual risk first')
  expect(acceptFault({ ...hazard, residualSeverity: null })).toBe('write its controls and judge the residual risk first')
  expect(acceptFault({ ...hazard, residualLikelihood: null })).toBe('write its controls and judge the residual risk first')
  for (const status of ['accepted', 'closed'] as const) expect(acceptFault({ ...hazard, status })).toBe(`it is ${status} already`)
  const project = exampleProject()
  expect(whyNotSettled(project, { ...hazard, status: 'accepted' }, 'accept')).toBe(
    'H-1 can not be accepted: it is accepted already.',
  )
  expect(whyNotSettled(project, hazard, 'accept')).toBeNull()
  expect(whyNotSettled(project, { ...hazard, status: 'closed' }, 'close')).toBe('H-1 is closed already.')
  expect(whyNotSettled(project, hazard, 'close')).toBe(
    'H-1 can not be closed. A person named it; no run shows whether it is gone. Accept its residual risk, and have the safety officer sign the log.',
  )
  expect(whyNotSettled(project, { ...hazard, status: 'accepted' }, 'close')).toContain(
    'Its residual risk is accepted, and no safety officer has signed the log since.',
  )
})

test('the risk that stands, the state, and what is stated when one is settled', () => {
  expect(standingRisk(hazard)).toBe(3)
  expect(standingRisk({ ...hazard, residualSeverity: null })).toBe(4)
  expect(stateOf(hazard)).toBe('controlled')
  expect(stateOf({ ...hazard, hasControls: false })).toBe('open')
  expect(stateOf({ ...hazard, residualLikelihood: null })).toBe('open')
  const settled = (action: 'hazard-accepted' | 'hazard-closed', run: number | null, page: string | null = null): string =>
    settlingStatement({ action, after: hazard, evidence: { run, page } })
  expect(settled('hazard-accepted', null)).toBe(
    'I accept the residual risk of H-1: 3, undesirable, acceptable only where it can not be reduced further.',
  )
  expect(settled('hazard-closed', 7)).toBe('I close H-1: its cause is gone as of run #7.')
  expect(settled('hazard-closed', null, 'h')).toBe('I close H-1: its residual risk was accepted, and the log signed.')
})

test('the log in a sentence, and the statement of its officer, in one and in several', () => {
  const none = [0, 0, 0, 0, 0]
  const states = { open: [0, 1, 0, 2, 0], controlled: none, accepted: [0, 0, 1, 0, 0], closed: [1, 0, 0, 0, 1] }
  expect(hazardSentence({ states, signed: true })).toBe(
    'Hazard log of 6 hazards: 3 open (2 of risk 4, 1 of risk 2); 1 accepted (1 of risk 3); 2 closed. The safety officer has signed it as it is.',
  )
  const facts = { hazards: 1, closed: 0, accepted: 0, undesirable: 0, acceptedByOthers: 0, above: 0 }
  const begin = (n: string): string => `I, clinical safety officer, have read the hazard log of ${n}.`
  expect(safetyStatement(facts)).toBe(
    `${begin('1 hazard')} 0 residual risks are accepted by me. No other risk is above acceptable.`,
  )
  expect(safetyStatement({ hazards: 6, closed: 1, accepted: 1, undesirable: 1, acceptedByOthers: 1, above: 1 })).toBe(
    `${begin('6 hazards')} 1 hazard is closed. 1 residual risk is accepted by me. 1 of these is undesirable and can not be reduced further. 1 residual risk is accepted by others. 1 open risk is above acceptable.`,
  )
  expect(safetyStatement({ hazards: 9, closed: 2, accepted: 2, undesirable: 2, acceptedByOthers: 2, above: 2 })).toBe(
    `${begin('9 hazards')} 2 hazards are closed. 2 residual risks are accepted by me. 2 of these are undesirable and can not be reduced further. 2 residual risks are accepted by others. 2 open risks are above acceptable.`,
  )
})

const finding: RunFinding = {
  code: 'data/value-list',
  severity: 'critical',
  place: 'sex',
  input: 'allergies.csv',
  count: 3,
  denominator: 2000,
  patients: 3,
  fingerprint: 'f1',
  outcome: null,
}
const from: HazardSource = { ...named, kind: 'finding', code: finding.code, run: 1 }
const input = (name: string, change: Partial<RunSummary['inputs'][number]> = {}): RunSummary['inputs'][number] => ({
  name,
  side: 'legacy',
  bytes: 120,
  sha256: 'sha256:aa',
  records: 100,
  status: 'read',
  ...change,
})
const first: RunSummary = {
  ...exampleRun,
  findings: [finding],
  inputs: [input('allergies.csv'), input('patients.csv'), input('target.ndjson', { side: 'target' })],
  notEvaluated: [{ what: 'rule a', why: 'x' }],
}

/** The project after a first run that found something, and a second one that did not. */
function withRuns(change: Partial<RunSummary> = {}, before: Partial<RunSummary> = {}): Project {
  const runs = [
    { ...first, ...before },
    { ...first, findings: [], ...change, id: 'run-2', number: 2 },
  ]
  const acts = runs.map(({ id }) => ({ action: 'run-finished', object: `runs/${id}/summary.json`, digest: null }))
  return record({ ...exampleProject(), runs }, acts, hand)
}
const standing = (change?: Partial<RunSummary>, before?: Partial<RunSummary>, source = from): readonly string[] => {
  const { standing: kind, why: sentence } = sourceStanding(withRuns(change, before), source)
  return [kind, sentence]
}

test('a cause is gone where a later run that looked as widely no longer finds it', () => {
  expect(standing()).toEqual(['gone', 'Run #2 no longer finds it.'])
  expect(standing({ findings: [finding] })).toEqual(['there', 'Run #2 still finds it.'])
  expect(standing({ findings: [{ ...finding, code: 'data/other' }] })[0]).toBe('gone')
  expect(standing({}, {}, { ...from, run: 2 })).toEqual([
    'unlooked',
    'No later run has looked: load the corrected files, run all checks.',
  ])
  expect(standing({}, {}, { ...from, run: 9 })[0]).toBe('unlooked')
  expect(standing({}, { partial: true })[0]).toBe('unlooked')
  expect(sourceStanding({ ...withRuns(), runs: [] }, from)).toEqual({
    standing: 'unlooked',
    why: 'No complete run is here: run all checks.',
  })
  expect(standing({}, {}, named)).toEqual(['named', 'A person named it; no run shows whether it is gone.'])
})

test('a later run that read less, compared less or ran less shows nothing', () => {
  const [allergies, patients, target] = first.inputs as readonly [
    RunSummary['inputs'][number],
    RunSummary['inputs'][number],
    RunSummary['inputs'][number],
  ]
  const unlooked = (change: Partial<RunSummary>, before?: Partial<RunSummary>): string => {
    const [kind, sentence = ''] = standing(change, before)
    expect(kind, sentence).toBe('unlooked')
    return sentence
  }
  expect(unlooked({ inputs: [allergies, { ...patients, status: 'partial' }, target] })).toBe(
    'Run #2 could not read all of patients.csv.',
  )
  expect(unlooked({ inputs: [allergies, target] })).toBe('Run #2 read fewer legacy files than run #1.')
  expect(unlooked({ inputs: [allergies, patients] })).toBe('Run #2 read fewer target files than run #1.')
  // Nine in ten of 200 records are 180.
  const fewer = (records: number): Partial<RunSummary> => ({ inputs: [allergies, { ...patients, records }, target] })
  expect(standing(fewer(80))[0]).toBe('gone')
  expect(unlooked(fewer(79))).toBe('Run #2 read 179 legacy records, run #1 200: what is left out shows nothing.')
  const more = { ...patients, records: 200 }
  expect(unlooked({ inputs: [{ ...allergies, records: 0 }, more, target] })).toBe(
    'Run #2 read nothing of allergies.csv, where run #1 found it.',
  )
  expect(standing({ inputs: [{ ...allergies, records: 1 }, more, target] })[0]).toBe('gone')
  const pairs = { same: 1, sameAfterRule: 0, changed: 0, lost: 0, appeared: 0 }
  const pairing = { patients: 1, items: 1, ...pairs, allergyStates: {}, tables: { Patient: pairs } }
  expect(unlooked({ pairing: null }, { pairing })).toBe('Run #2 did not compare both sides.')
  expect(unlooked({ pairing: { ...pairing, tables: {} } }, { pairing })).toBe('Run #2 compared nothing of Patient.')
  expect(standing({ pairing }, { pairing })[0]).toBe('gone')
  expect(unlooked({ notEvaluated: [...first.notEvaluated, { what: 'rule b', why: 'x' }] })).toBe(
    'Run #2 did not evaluate rule b.',
  )
  expect(standing({ notEvaluated: [] })[0]).toBe('gone')
  expect(unlooked({ rulesRun: first.rulesRun - 1 })).toBe('Run #2 ran fewer rules than run #1.')
  expect(standing({ rulesRun: first.rulesRun + 1 })[0]).toBe('gone')
  const workflows = [{ id: 'refill', digest: 'sha256:aa', traced: { of: 1, n: 1 }, leadTime: null, replications: 0 }]
  expect(unlooked({ workflows: [] }, { workflows })).toBe('Run #2 did not compare the workflow refill.')
  expect(standing({ workflows }, { workflows })[0]).toBe('gone')
})

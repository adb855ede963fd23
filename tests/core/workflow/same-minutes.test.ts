/** What somebody waits for or does today is neither new nor gone because a rule speaks of it in one map alone. */
import { expect, test } from 'vitest'
import { blankLink } from '../../../src/core/workflow/map/workflow.ts'
import { compare } from '../../../src/core/workflow/survival/compare.ts'
import { outcomesOf, workflowOf } from './pair.ts'

const approval = 'workflow/digitized-approval'
const rekeying = 'workflow/re-keying'
const around = (step: string): string => `Desk: Ask {screen 1m} -> ${step} -> Nurse: Call {phone 1m}`
const decision = (wait: string): string => around(`MD: Answer {decide paper 1m wait=${wait}}`)
const signature = (wait: string): string => around(`MD: Answer {approve inbox 1m wait=${wait}}`)

test('a wait that stands at the step today is no new approval, a longer one is worse', () => {
  expect(outcomesOf({ current: decision('4h'), future: signature('4h') }, approval)).toEqual([])
  expect(outcomesOf({ current: decision('4h'), future: signature('9h') }, approval)).toEqual(['worsened: Answer > Answer'])
})

test('an approval is not gone where the same wait has another name, and gone where the wait is clearly less', () => {
  expect(outcomesOf({ current: signature('4h'), future: decision('4h') }, approval)).toEqual([])
  expect(outcomesOf({ current: signature('4h'), future: decision('1h') }, approval)).toEqual(['eliminated: Answer > Answer'])
})

test('an approval cut in two is one approval with the wait of both', () => {
  const future = around('MD: Look {approve inbox 1m wait=3h} -> MD: Release {approve inbox 1m wait=3h}')
  const pair = { current: signature('4h'), future, trace: 'Answer => Look, Release' }
  expect(outcomesOf(pair, approval)).toEqual(['worsened: Answer > Look, Release'])
  const finding = compare(workflowOf(pair)).findings.find(({ code }) => code === approval)
  expect(finding?.metric).toMatchObject({ current: 241, future: 362 })
})

test('who notes what is their own types nothing twice, who copies it does', () => {
  const note = (facts: string): string => `MD: Note findings {${facts} writes=history:typed}`
  const call = 'Desk: Take history by phone {do phone 3m reads=none writes=history:typed}'
  const current = note('do screen 6m')
  expect(outcomesOf({ current, future: `${call} -> ${note('do screen 4m')}` }, rekeying)).toEqual([])
  expect(outcomesOf({ current, future: `${call} -> ${note('transcribe screen 4m reads=history')}` }, rekeying)).toEqual([
    'introduced: Note findings > Note findings, Take history by phone',
  ])
})

test('fewer returns are told by the step between that went away', () => {
  const current =
    'Desk: Take form {do paper 1m reads=none writes=form:typed} -> Nurse: See {do verbal 1m writes=none} -> Desk: Type form {transcribe screen 4m reads=form writes=form:typed} -> Nurse: Call {do phone 1m writes=none}'
  const future =
    'Desk: Take form {do screen 1m reads=none writes=form:typed} -> Nurse: See {do verbal 1m writes=none} -> Nurse: Call {do phone 1m writes=none}'
  const { findings } = compare(workflowOf({ current, future, trace: 'Type form =x the form is the record' }))
  const returns = findings.find(({ code }) => code === 'workflow/hand-off-ping-pong')
  const gone = findings.find(({ code }) => code === rekeying)
  expect([returns?.outcome, gone?.outcome]).toEqual(['eliminated', 'eliminated'])
  expect(returns?.partOf).toBe(gone?.fingerprint)
})

test('cases that never come back and often change hands are told by how often they do', () => {
  const chain = 'A: One {screen 1m} -> B: Two {screen 1m} -> C: Three {screen 1m} -> D: Four {screen 1m} -> E: Five {screen 1m}'
  const shorter = 'A: One {screen 1m} -> A: Two {screen 1m} -> C: Three {screen 1m} -> C: Four {screen 1m} -> E: Five {screen 1m}'
  const saidOf = (future: string) =>
    compare(workflowOf({ current: chain, future })).findings.find(({ code }) => code === 'workflow/hand-off-ping-pong')
  expect(saidOf(chain)?.sentence).toContain('number of role changes is 4.0 per case today and in the future workflow')
  expect(saidOf(shorter)).toMatchObject({
    outcome: 'eliminated',
    metric: { name: 'number of role changes', current: 4, future: 2, change: 0.5 },
  })
})

test('a safety check is gained, unless every case waits for it', () => {
  const current = 'Desk: Ask {screen 1m} -> Nurse: Call {phone 1m}'
  const outcomeOf = (facts: string): string | undefined => {
    const workflow = workflowOf({ current, future: around(`Nurse: Test {check paper 10m safety ${facts}}`) })
    const [test] = [...workflow.future.nodes.values()].filter(({ label }) => label === 'Test')
    const link = { ...blankLink, to: [test?.id ?? ''], fate: 'new' as const, purpose: 'no infection', beneficiary: 'patients' }
    return compare({ ...workflow, trace: new Map([...workflow.trace, ['new', link]]) }).effects.find(({ future }) =>
      future.includes(test?.id ?? ''),
    )?.outcome
  }
  expect(outcomeOf('')).toBe('gained')
  expect(outcomeOf('wait=4h')).toBe('introduced')
})

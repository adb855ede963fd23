/** Maps as an analyst drew them: what was judged wrong on them is judged right, and stays so. */
import { expect, test } from 'vitest'
import { rangeOfMinutes } from '../../../src/core/duration-text.ts'
import { finish } from '../../../src/core/operation.ts'
import { alwaysOpen, blankScenario } from '../../../src/core/workflow/map/scenario.ts'
import { type ForecastStudy, forecastWords } from '../../../src/core/workflow/simulation/forecast.ts'
import { judge } from '../../../src/core/workflow/simulation/judge.ts'
import { type CompareFinding, type Comparison, compare, mainFindings } from '../../../src/core/workflow/survival/compare.ts'
import { missingGroups, missingKinds } from '../../../src/core/workflow/survival/verdict.ts'
import { arrivalHours, arrivalsPerWeek } from '../../../src/core/workflow/times/arrival-hours.ts'
import { outcomesOf, type Pair, workflowOf } from './pair.ts'

const judged = (pair: Pair): Comparison => {
  const comparison = compare(workflowOf(pair))
  expect(comparison.blocked).toEqual([])
  return comparison
}
const shown = (pair: Pair): readonly CompareFinding[] => judged(pair).findings.filter(({ outcome }) => outcome !== 'unjudged')
const codes = (pair: Pair): readonly string[] => shown(pair).map(({ code }) => code.slice('workflow/'.length))

const logBook: Pair = {
  current:
    'MA: Note vitals {enter paper 2m reads=none writes=bp:typed} -> MA: Copy to log book {transcribe paper 3m reads=bp writes=bp:typed}',
  future:
    'MA: Note vitals {enter screen 2m reads=none writes=bp:typed} -> MA: Copy to spreadsheet {transcribe spreadsheet 3m reads=bp writes=bp:typed}',
  trace: 'Copy to log book => Copy to spreadsheet',
}

test('double entry that went from the log book to a spreadsheet was digitized', () => {
  expect(outcomesOf(logBook, 'workflow/re-keying')).toEqual([
    'digitized: Copy to log book, Note vitals > Copy to spreadsheet, Note vitals',
  ])
  for (const { sentence } of shown(logBook)) expect(sentence).not.toContain('Nothing changes')
  const again = { ...logBook, current: logBook.future, trace: '' }
  expect(shown(again).map(({ outcome }) => outcome)).not.toContain('digitized')
})

test('a fax that is scanned from now on is found, without arrivals or hours', () => {
  const pair: Pair = {
    current:
      'Desk: Take fax {do fax 2m reads=none writes=referral:typed} -> Desk: File fax {do paper 3m reads=referral writes=none}',
    future:
      'Desk: Take fax {do fax 2m reads=none writes=referral:typed} -> Desk: Scan fax {do screen 3m reads=referral writes=referral:scanned}',
    trace: 'File fax => Scan fax',
  }
  expect(codes(pair)).toContain('print-to-scan')
  const waiting: Pair = {
    ...pair,
    current: pair.current.replace('do paper 3m', 'do paper 3m wait=4h'),
    future: pair.future.replace('do screen 3m', 'do screen 3m wait=4h'),
  }
  const scanned = judged(waiting).effects.find(({ current }) => current.includes('file-fax'))
  expect(scanned).toMatchObject({ outcome: 'digitized', current: ['file-fax'], future: ['scan-fax'] })
})

test('a message to the patient is neither an inbox without an owner nor a long wait', () => {
  const pair: Pair = {
    current: 'Nurse: Read result {check paper 2m} -> Nurse: Call patient {notify phone 6m}',
    future: 'Nurse: Read result {check screen 2m} -> Nurse: Message patient {notify portal 1m wait=2h}',
    trace: 'Call patient => Message patient',
    perHour: 1,
  }
  expect(codes({ ...pair, future: `lane Nurse staff=2\n${pair.future}` })).not.toContain('no-owner')
  expect(codes({ ...pair, future: `lane Nurse staff=2\n${pair.future}` })).not.toContain('unmeasured-wait')
})

test('a wait of a few minutes is not called long', () => {
  const map = 'lane Nurse staff=2\nNurse: Message patient {do screen 10s wait=4m}'
  expect(codes({ current: map, future: map, perHour: 1 })).not.toContain('unmeasured-wait')
})

const allergy: Pair = {
  current: 'element allergies record safety\nMD: Choose drug {do screen 2m reads=allergies writes=none}',
  future:
    'element allergies record safety\nMD: Choose drug {do screen 2m reads=allergies writes=none} -> System: Check allergies {check auto 1s reads=allergies writes=none}',
}

test('an automatic allergy check is a gain and needs no way for exceptions of its own', () => {
  const workflow = workflowOf(allergy)
  const link = {
    from: [],
    to: ['check-allergies'],
    fate: 'new' as const,
    reason: null,
    by: null,
    at: null,
    suggested: false,
    score: null,
    purpose: 'no drug against an allergy',
    beneficiary: 'patients',
    extra: {},
  }
  const comparison = compare({ ...workflow, trace: new Map([...workflow.trace, [' > check-allergies', link]]) })
  expect(comparison.effects).toMatchObject([{ outcome: 'gained', future: ['check-allergies'] }])
  const told = comparison.findings.filter(({ future }) => future.includes('check-allergies'))
  expect(told.filter(({ outcome }) => outcome === 'introduced')).toEqual([])
})

test('less waiting, fewer touches, fewer typed values and fewer hand-overs are credited with their numbers', () => {
  const pair: Pair = {
    current:
      'Desk: Take call {do phone 3m wait=0s reads=none writes=drug:typed} -> Nurse: Copy request {transcribe paper 4m wait=2h reads=none writes=drug:typed} -> MD: Sign {do paper 2m wait=20h writes=none} -> Desk: Fax {do fax 3m wait=1h writes=none}',
    future:
      'Desk: Take call {do screen 3m wait=0s reads=none writes=drug:typed} -> MD: Sign {do screen 2m wait=3h writes=none} -> Desk: Send {do interface 1s writes=none}',
    trace: 'Fax => Send\nCopy request =x the request is one record',
  }
  const effects = judged(pair).effects
  const of = (id: string) => effects.find(({ current }) => current.length === 1 && current[0] === id)
  expect(of('sign')).toMatchObject({ outcome: 'reduced' })
  expect(of('sign')?.sentence).toContain('20.0 h per case today, 3.0 h per case in the future workflow (85 % less)')
  expect(of('fax')).toMatchObject({ outcome: 'eliminated' })
  expect(of('copy-request')?.burdens.map(({ burden }) => burden)).toEqual(expect.arrayContaining(['time', 'entries', 'touches']))
  const handed = judged(pair).balance?.burdens.find(({ burden }) => burden === 'handoffs')
  expect(handed).toMatchObject({ before: 3, after: 1 })
  expect(of('copy-request')?.burdens.map(({ burden }) => burden)).toContain('handoffs')
})

test('facts of one kind that are missing are one line, which names every step', () => {
  const map = 'MA: Note vitals {enter paper 2m} -> MA: Type vitals {enter screen 2m} -> MA: Print {do screen 1m}'
  const { findings } = judged({ current: map, future: map })
  const kinds = missingKinds(findings)
  expect(kinds.find(({ fact }) => fact === 'what a step writes')?.names).toEqual(
    expect.arrayContaining(['Note vitals', 'Type vitals', 'Print']),
  )
  const licences = missingKinds([
    {
      ...findings[0],
      outcome: 'unjudged',
      missing: ['licence of Nurse', 'licence of Front desk', 'whether “history” is carried over'],
    },
  ] as readonly CompareFinding[])
  expect(licences.map(({ fact, names }) => [fact, names])).toEqual([
    ['licence of a role', ['Front desk', 'Nurse']],
    ['whether a piece of data is carried over', ['history']],
  ])
  expect(new Set(kinds.map(({ fact }) => fact)).size).toBe(kinds.length)
  for (const { missing, findings: waiting } of missingGroups(findings)) {
    const kind = kinds.find(({ fact, names }) =>
      names.length === 0
        ? fact === missing
        : names.some((name) => [name, `“${name}”`].some((said) => fact.replace(/a (?:step|role)/, said) === missing)),
    )
    expect(kind?.findings, missing).toEqual(expect.arrayContaining([...waiting]))
  }
})

test('a role is called overloaded above its threshold alone', () => {
  const map = 'lane Nurse staff=1\nNurse: Refill {lognormal(6m,12)}'
  expect(codes({ current: map, future: map, perHour: 1 })).not.toContain('overloaded-role')
  for (const { facts } of shown({ current: map.replace('6m,12', '55m,1'), future: map, perHour: 1 }).filter(
    ({ code }) => code === 'workflow/overloaded-role',
  ))
    expect(facts.find(({ unit }) => unit === 'share of hours')?.value).toBeGreaterThan(0.85)
})

test('one approval is one finding with its signs, and its hours are counted once', () => {
  const lanes = 'lane Desk staff=2\nlane MD staff=1'
  const current = `${lanes}\nDesk: Take call {do phone 3m} -> MD: Sign slip {approve paper 1m wait=18h batch=every:4h} -> Desk: File {do paper 2m}`
  const future = `${lanes}\nDesk: Take call {do screen 3m} -> MD: Approve {approve inbox 1m wait=18h batch=every:4h} -> Desk: File {do screen 2m}`
  const { findings } = judged({ current, future, trace: 'Sign slip => Approve', perHour: 1 })
  const here = findings.filter(({ outcome, future: next }) => outcome === 'digitized' && next.includes('approve'))
  expect(here.length).toBeGreaterThan(3)
  expect(mainFindings(here).map(({ code }) => code)).toEqual(['workflow/digitized-approval'])
  const stakes = here.flatMap(({ minutesPerWeek }) => minutesPerWeek.future ?? [])
  expect(stakes).toHaveLength(1)
})

const week = (hours: boolean, calendar?: string) => ({
  ...blankScenario,
  arrivals: [{ node: 'start', perHour: 6, ...(calendar === undefined ? {} : { calendar }) }],
  calendars: new Map(hours ? [['weekday', [{ days: 'mon-fri', from: '08:00', to: '17:00' }]]] : []),
  staff: new Map(
    hours ? ['md', 'desk'].map((id) => [id, { count: 2, calendar: 'weekday', offShift: 'finish' as const }] as const) : [],
  ),
})

test('six an hour come while somebody works, which is said, and setting hours makes no bottleneck', () => {
  const lanes = 'lane Desk staff=2\nlane MD staff=2\n'
  const pair: Pair = {
    current: `${lanes}Desk: Take call {do phone 8m wait=0s} -> MD: Sign {do paper 6m wait=0s} -> Desk: File {do paper 4m wait=0s}`,
    future: `${lanes}Desk: Take call {do screen 8m wait=0s} -> MD: Sign {do screen 6m wait=0s} -> Desk: File {do screen 4m wait=0s}`,
  }
  const digitized = (hours: boolean): number =>
    shown({ ...pair, scenario: week(hours) }).filter(({ outcome }) => outcome === 'digitized').length
  expect(digitized(true)).toBe(digitized(false))
  const [arrival] = week(true).arrivals
  if (!arrival) throw new Error('No arrivals')
  expect(arrivalsPerWeek(week(true), arrival)).toBe(270)
  expect(arrivalHours(week(true), arrival)).toEqual({
    words: 'Cases come while somebody works (mon-fri 08:00–17:00): 270 a week. Nobody said so: it is assumed.',
    assumed: true,
  })
  expect(arrivalHours(week(false), arrival).words).toContain('day and night: 1,008 a week. Nobody said so')
  const [said] = week(true, alwaysOpen).arrivals
  expect(said && arrivalHours(week(true, alwaysOpen), said)).toEqual({
    words: 'Cases come day and night: 1,008 a week.',
    assumed: false,
  })
})

test('a run brings as many cases in a week as its hours say, and none at night', async () => {
  const map = 'lane Desk staff=9\nDesk: Take call {do phone 1m wait=0s}'
  const workflow = workflowOf({ current: map, future: map, scenario: { ...week(true), days: 70 } })
  const { results } = await finish(judge(workflow, new AbortController().signal))
  const counted = (results?.current.cases ?? 0) / 10
  expect(counted).toBeGreaterThan(255)
  expect(counted).toBeLessThan(285)
})

test('a role that stays the same role did not become itself', () => {
  const lanes = 'lane Nurse staff=1\n'
  const pair: Pair = {
    current: `${lanes}Nurse: Refill {do paper 20m}`,
    future: `${lanes}Nurse: Refill {do screen 20m}`,
    perHour: 1,
  }
  for (const { sentence } of judged(pair).findings) expect(sentence).not.toMatch(/^(.+) became \1:/)
})

test('nothing is not called smaller but still there, and a rest is not called 100 % less', () => {
  const current = 'Desk: Ask {do phone 1m} -> MD: Sign {approve paper 0s wait=1h} -> Desk: File {do paper 1m}'
  const at = (wait: string): string => current.replace('paper 0s wait=1h', `inbox 0s wait=${wait}`)
  const sentence = (future: string): string =>
    judged({ current, future }).findings.find(({ code }) => code === 'workflow/digitized-approval')?.sentence ?? ''
  expect(sentence(at('0s'))).toContain('gone in the future workflow')
  expect(sentence(at('1s'))).toContain('(more than 99 % less)')
})

test('a range of minutes says less or more as its numbers do', () => {
  expect(rangeOfMinutes([-84, -84])).toBe('84 min less')
  expect(rangeOfMinutes([-90, -84.2])).toBe('84.2 to 90 min less')
  expect(rangeOfMinutes([2, 5])).toBe('2 to 5 min more')
  expect(rangeOfMinutes([5, -3])).toBe('3 min less to 5 min more')
  expect(rangeOfMinutes([0, 0])).toBe('no change')
})

test('what is said of a cut of bookings is what its table shows', () => {
  const forecast = (cut: number, peaks: readonly number[], backToUsual: number | null) => ({
    cut,
    days: [],
    backToUsual,
    peak: { mean: peaks.reduce((sum, peak) => sum + peak, 0) / peaks.length, interval: [0, 0] as const, series: peaks },
  })
  const study = (after: readonly number[]): Pick<ForecastStudy, 'forecasts' | 'goLive'> => ({
    forecasts: [forecast(0, [40, 41, 39, 40], 20), forecast(0.25, after, 34)],
    goLive: { cut: 0.25, rebookWeeks: 4, slowdown: 0.5, halfLifeDays: 7 },
  })
  expect(forecastWords(study([30, 31, 29, 30]))).toContain('lowers the most open cases on a day from 40.0 to 30.0')
  expect(forecastWords(study([50, 51, 49, 50]))).toContain('does not help')
  expect(forecastWords(study([40, 41, 39, 40]))).toContain('too little to tell')
  expect(forecastWords(study([50, 51, 49, 50]))).toContain(
    'With it: back to usual after 34 days. Without it: back to usual after 20 days.',
  )
})

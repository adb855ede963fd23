/** What each rule says of small maps, worked out by hand: steps, severity, minutes and every fact, and what it misses where a fact is absent. */
import { expect, test } from 'vitest'
import { compareText } from '../../../../src/core/finding.ts'
import { defaultPolicy, type PolicyKey } from '../../../../src/core/workflow/map/policy.ts'
import { survivalRules } from '../../../../src/core/workflow/rules/index.ts'
import { sidesOf } from '../../../../src/core/workflow/rules/side.ts'
import type { Firing, SketchCase } from '../../../../src/core/workflow/rules/survival-rule.ts'
import { workflowOf } from '../pair.ts'
import { type Case, cases, type Said } from './by-hand-cases.ts'

function firingsOf(code: string, subject: SketchCase, limits: Partial<Record<PolicyKey, number>> = {}) {
  const rule = survivalRules.find((one) => one.code === `workflow/${code}`)
  if (!rule) throw new Error(`No rule is called ${code}`)
  const pair = { current: subject.before ?? subject.map, future: subject.map }
  const workflow = workflowOf(subject.perHour === undefined ? pair : { ...pair, perHour: subject.perHour })
  const evidence = subject.evidence ? new Map(Object.entries(subject.evidence)) : null
  const changed = Object.entries(limits).map(([key, value]) => [key, { ...defaultPolicy[key as PolicyKey], value }])
  const policy = { ...defaultPolicy, ...Object.fromEntries(changed) }
  const { current, future } = sidesOf(workflow, policy, { current: null, future: null }, evidence)
  const side = code === 'untraced-step' ? current : future
  const label = (id: string): string => side.view.graph.nodes.get(id)?.label ?? id
  return [...rule.find(side)].map((firing) => ({ firing, steps: firing.subject.map(label).sort(compareText) }))
}

const rounded = (value: number): number => Number(value.toFixed(6))

/** Thresholds say which number was used, arrivals are a sentence: neither is a fact of the map. */
function said({ firing, steps }: { firing: Firing; steps: readonly string[] }): Said {
  if (!firing.fires) return { steps, missing: firing.missing }
  const facts = firing.facts.filter(({ name }) => !name.startsWith('threshold ') && name !== 'arrivals')
  return {
    steps,
    severity: firing.severity,
    metric: rounded(firing.metric),
    minutes: firing.minutes === null ? null : rounded(firing.minutes),
    facts: facts.map(({ value }) => (typeof value === 'number' ? rounded(value) : (value ?? null))),
    ...(firing.faint ? { faint: true } : {}),
    ...(firing.missing.length > 0 ? { missing: firing.missing } : {}),
  }
}

for (const { code, name, says, limits, ...subject } of cases as readonly Case[])
  test(`${code}: ${name}`, () => expect(firingsOf(code, subject, limits).map(said)).toEqual(says))

/** A rule, a map, a threshold, what the map measures, and the thresholds for which the rule fires: up to this number, below it or above it. */
const edges: readonly [string, string, SketchCase, PolicyKey, number, 'up to' | 'below' | 'above'][] = [
  [
    'digitized-approval',
    'a share refused',
    {
      map: 'Desk: Ask {1m} -> MD: Approve {approve inbox 1m wait=2h}\nMD: Approve -0.75-> Desk: Order {1m}\nMD: Approve -0.25 reject-> Desk: Call back {1m}',
    },
    'digitized-approval.reject',
    0.25,
    'above',
  ],
  [
    'rework-loop',
    'a share that comes back',
    { map: 'Desk: Send {4m} -> Clinic: Complete?\nComplete? -0.75-> Clinic: Book {2m}\nComplete? -0.25 reject-> Desk: Send' },
    'rework-loop.return',
    0.25,
    'up to',
  ],
  [
    'late-knock-out',
    'a share that stops',
    {
      map: 'MD: Examine {do verbal 20m writes=findings reads=none} -> Desk: Check cover {check portal 2m reads=plan writes=none} -> Desk: Covered?\nCovered? -0.75-> Desk: Bill {1m} -> end\nCovered? -0.25 reject-> end',
    },
    'late-knock-out.stop',
    0.25,
    'up to',
  ],
  [
    'late-knock-out',
    'the work lost',
    {
      map: 'MD: Examine {do verbal 20m writes=findings reads=none} -> Desk: Check cover {check portal 2m reads=plan writes=none} -> Desk: Covered?\nCovered? -0.75-> Desk: Bill {1m} -> end\nCovered? -0.25 reject-> end',
    },
    'late-knock-out.cost',
    5,
    'up to',
  ],
  [
    'skill-mismatch',
    'a share that fits a protocol',
    { map: 'lane MD licence=5\nlane Nurse licence=3\nNurse: Take call {3m} -> MD: Refill {2m protocolShare=0.5}' },
    'skill-mismatch.protocol',
    0.5,
    'up to',
  ],
  [
    'single-point-of-failure',
    'a share that passes',
    {
      map: 'lane Desk staff=3\nlane Clerk staff=1\nDesk: Sort {1m} -> Desk: Refer?\nRefer? -0.25-> Clerk: Send {fax 3m} -> end\nRefer? -0.75-> end',
      perHour: 1,
    },
    'single-point-of-failure.share',
    0.25,
    'up to',
  ],
  [
    'inbox-as-paper-tray',
    'a share passed on',
    {
      map: 'Nurse: Open {do portal 1m writes=none}\nNurse: Open -0.25-> MD: Answer {do inbox 3m writes=answer}\nNurse: Open -0.75-> Nurse: Reply {do portal 3m writes=answer}',
    },
    'inbox-as-paper-tray.forwarded',
    0.25,
    'up to',
  ],
  [
    'alert-fatigue',
    'alerts per case',
    { map: 'MD: Order {enter screen 2m alerts=3:0.5:0.5}' },
    'alert-fatigue.alerts',
    3,
    'below',
  ],
  [
    'alert-fatigue',
    'a share overridden',
    { map: 'MD: Order {enter screen 2m alerts=0.5:0.75:0.5}' },
    'alert-fatigue.override',
    0.75,
    'below',
  ],
  [
    'alert-fatigue',
    'a share appropriate',
    { map: 'MD: Order {enter screen 2m alerts=0.5:0.5:0.25}' },
    'alert-fatigue.appropriate',
    0.25,
    'above',
  ],
  [
    'unmeasured-wait',
    'minutes of the wait',
    { map: 'lane Desk staff=3\nDesk: Send {fax 3m wait=0s measuredBy=ehr} -> Payer answers {type=wait wait=30m}', perHour: 1 },
    'unmeasured-wait.least',
    30,
    'up to',
  ],
  [
    'batch-and-wait',
    'cases in a batch',
    { map: 'lane Desk staff=9\nDesk: Sort {fax 60m batch=every:2h}', perHour: 2 },
    'batch-and-wait.takt',
    4,
    'below',
  ],
  ['click-burden', 'clicks', { map: 'MA: Enter {enter screen 1m clicks=7 screens=1}' }, 'click-burden.clicks', 7, 'up to'],
  ['click-burden', 'screens', { map: 'MA: Enter {enter screen 1m clicks=7 screens=3}' }, 'click-burden.screens', 3, 'below'],
  [
    'deferred-documentation',
    'minutes until the entry',
    {
      map: 'Nurse: Measure {do verbal 2m reads=none writes=none} -> Nurse: Type {enter screen 2m documents=measure entryDelay=30m writes=bp}',
    },
    'deferred-documentation.delay',
    30,
    'below',
  ],
  [
    'hand-off-ping-pong',
    'returns per case',
    { map: 'Desk: Take {1m} -> Nurse: Check {1m} -> Desk: Answer {1m}' },
    'hand-off-ping-pong.returns',
    1,
    'up to',
  ],
]

for (const [code, what, subject, key, value, direction] of edges)
  test(`${code} fires for thresholds ${direction} ${what}`, () => {
    const fires = (limit: number) =>
      firingsOf(code, subject, { [key]: limit }).some(({ firing }) => firing.fires && !firing.faint)
    const step = value / 1000
    const around = [value - step, value, value + step].map(fires)
    const expected = { 'up to': [true, true, false], below: [true, false, false], above: [false, false, true] }
    expect(around).toEqual(expected[direction])
  })

test('roles that pass work to and fro are named', () => {
  const [said] = firingsOf('hand-off-ping-pong', { map: 'Desk: Take {1m} -> Nurse: Check {1m} -> Desk: Answer {1m}' })
  expect(said?.firing.facts.map(({ name }) => name)).toContain('returns between Desk and Nurse')
})

test('every rule names a practice that would help; a step without a trace is traced first', () => {
  expect(survivalRules.filter(({ levers }) => levers.length === 0).map(({ code }) => code)).toEqual(['workflow/untraced-step'])
})

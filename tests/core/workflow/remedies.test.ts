/** Remedies are tried on a copy: the finding they come from no longer stands as it did, the map given is untouched, and one undo brings it back. */
import { expect, test } from 'vitest'
import { apply } from '../../../src/core/workflow/edit/edit.ts'
import { meanOf } from '../../../src/core/workflow/map/distribution.ts'
import { viewOf } from '../../../src/core/workflow/map/graph.ts'
import type { Workflow } from '../../../src/core/workflow/map/workflow.ts'
import { remediesFor, withRemedy } from '../../../src/core/workflow/remedies/remedies.ts'
import { compare } from '../../../src/core/workflow/survival/compare.ts'
import { workflowOf } from './pair.ts'

const decision = { by: 'Workflow analyst', at: '2026-05-12' }

const cases = {
  'workflow/digitized-approval': {
    before: 'Desk: Take call {phone 3m} -> MD: Sign slip {approve paper 1m wait=18h} -> Desk: Send {fax 2m}',
    after: 'Desk: Take call {screen 3m} -> MD: Sign slip {approve inbox 1m wait=18h} -> Desk: Send {screen 2m}',
    label: 'Do without “Sign slip”',
  },
  'workflow/approval-chain': {
    before:
      'Nurse: Check form {approve paper 2m wait=3h reads=none writes=none} -> MD: Sign form {approve paper 2m wait=3h reads=none writes=none} -> Desk: Send {fax 1m}',
    after:
      'Nurse: Check form {approve inbox 2m wait=3h reads=none writes=none} -> MD: Sign form {approve inbox 2m wait=3h reads=none writes=none} -> Desk: Send {screen 1m}',
    label: 'Do without “Check form”',
  },
  'workflow/batch-and-wait': {
    before: 'lane Desk staff=2\nDesk: Open post {paper 1m batch=every:12h} -> Desk: File {paper 1m}',
    after: 'lane Desk staff=2\nDesk: Open post {screen 1m batch=every:12h} -> Desk: File {screen 1m}',
    label: 'Do “Open post” as each case arrives',
  },
  'workflow/overloaded-role': {
    before: 'lane Nurse staff=1\nNurse: Refill {paper 58m}',
    after: 'lane Nurse staff=1\nNurse: Refill {screen 58m}',
    label: 'One more Nurse',
  },
  'workflow/re-keying': {
    before: 'MA: Note {enter paper 1m reads=none writes=bp:typed} -> MA: Type {transcribe screen 2m reads=bp writes=bp:typed}',
    after: 'MA: Note {enter screen 1m reads=none writes=bp:typed} -> MA: Type {transcribe screen 2m reads=bp writes=bp:typed}',
    label: 'Fill in “Type” from the first entry',
  },
  'workflow/print-to-scan': {
    before:
      'Desk: Print fax {paper 1m output=print reads=order writes=none} -> MD: Sign {do paper 1m reads=order writes=none} -> Desk: Scan {screen 1m reads=none writes=order:scanned}',
    after:
      'Desk: Print fax {efax 1m output=print reads=order writes=none} -> MD: Sign {do paper 1m reads=order writes=none} -> Desk: Scan {screen 1m reads=none writes=order:scanned}',
    label: 'Send “Print fax” as data to “Scan”',
  },
  'workflow/fixed-station-mobile-role': {
    before: 'lane MD mobile\nMD: Examine {verbal mobile 5m} -> MD: Enter findings {enter paper fixed 3m}',
    after: 'lane MD mobile\nMD: Examine {verbal mobile 5m} -> MD: Enter findings {enter screen fixed 3m}',
    label: 'Do “Enter findings” on a device that comes along',
  },
  'workflow/deferred-documentation': {
    before:
      'Nurse: Measure {paper 2m writes=bp} -> Nurse: See others {do verbal 40m writes=none reads=none} -> Nurse: Type vitals {enter screen 2m documents=measure entryDelay=1h writes=bp}',
    after:
      'Nurse: Measure {paper 2m writes=bp} -> Nurse: See others {do verbal 40m writes=none reads=none} -> Nurse: Type vitals {enter screen 2m documents=measure entryDelay=1h writes=bp}',
    label: 'Enter it with “Measure” instead of “Type vitals”',
  },
  'workflow/needless-serial': {
    before:
      'lane Desk staff=2\nlane MA staff=2\nDesk: Check cover {check phone 12m wait=0s reads=none writes=cover} -> MA: Take vitals {do paper 15m wait=0s reads=none writes=bp}',
    after:
      'lane Desk staff=2\nlane MA staff=2\nDesk: Check cover {check screen 12m wait=0s reads=none writes=cover} -> MA: Take vitals {do screen 15m wait=0s reads=none writes=bp}',
    label: 'Begin “Check cover” and “Take vitals” at the same time',
  },
  'workflow/skill-mismatch': {
    before: 'lane MD licence=5\nlane Nurse licence=3\nNurse: Take call {3m} -> MD: Refill {paper 2m protocolShare=0.95}',
    after: 'lane MD licence=5\nlane Nurse licence=3\nNurse: Take call {3m} -> MD: Refill {screen 2m protocolShare=0.95}',
    label: 'Let Nurse do “Refill” by protocol in 95 % of cases',
  },
  'workflow/inbox-as-paper-tray': {
    before: 'Nurse: Open message {do portal 1m writes=none} -> MD: Answer {do inbox 3m writes=answer}',
    after: 'Nurse: Open message {do inbox 1m writes=none} -> MD: Answer {do inbox 3m writes=answer}',
    label: 'Do without “Open message”',
  },
  'workflow/shadow-workaround': {
    before: 'element allergies record\nNurse: Keep list {paper 2m reads=none writes=allergies}',
    after: 'element allergies record\nNurse: Keep list {spreadsheet 2m reads=none writes=allergies}',
    label: 'Keep “Keep list” in the system',
  },
  'workflow/no-owner': {
    before: 'Nurse: Read results {inbox 2m}',
    after: 'Nurse: Read results {inbox 2m}',
    label: 'Make Nurse the owner of “Read results”',
  },
  'workflow/unmeasured-wait': {
    before: 'lane Desk staff=3\nDesk: Ask payer {fax 2m wait=3h}',
    after: 'lane Desk staff=3\nDesk: Ask payer {portal 2m wait=3h}',
    label: 'Have a system stamp when “Ask payer” begins and ends',
  },
  'workflow/single-point-of-failure': {
    before: 'lane Clerk staff=1\nlane Desk staff=2\nDesk: Take call {phone 1m} -> Clerk: Send referral {fax 3m}',
    after: 'lane Clerk staff=1\nlane Desk staff=2\nDesk: Take call {phone 1m} -> Clerk: Send referral {screen 3m}',
    label: 'Train Desk to stand in for Clerk',
  },
} as const

for (const [code, { before, after, label }] of Object.entries(cases))
  test(`${code}: its remedy ends it`, () => {
    const workflow = workflowOf({ current: before, future: after, perHour: 1 })
    const found = compare(workflow).findings.find((finding) => finding.code === code && finding.outcome !== 'eliminated')
    if (!found) throw new Error(`${code} does not fire`)
    const [remedy] = remediesFor(workflow, found, decision)
    if (!remedy) throw new Error(`${code} has no remedy`)
    expect(remedy.label).toBe(label)

    const copy = withRemedy(workflow, remedy)
    const outcomes = compare(copy)
      .findings.filter((finding) => finding.code === code && finding.current.join() === found.current.join())
      .map(({ outcome }) => outcome)
    // A list that goes into the system ends without a word of its own: what its step costs is told by the effects.
    if (code !== 'workflow/shadow-workaround') expect(outcomes.length).toBeGreaterThan(0)
    for (const outcome of outcomes) expect(['eliminated', 'reduced']).toContain(outcome)
    expect(compare(copy).untraced.current).toEqual(compare(workflow).untraced.current)

    const applied = apply(workflow, remedy.command)
    expect(apply(applied.workflow, applied.inverse).workflow).toEqual(workflow)
  })

test('nobody who decides means that the step goes nowhere, and is listed so', () => {
  const { before, after } = cases['workflow/digitized-approval']
  const workflow = workflowOf({ current: before, future: after })
  const finding = { code: 'workflow/digitized-approval', future: ['sign-slip'], lanes: { current: null, future: null } }
  const [remedy] = remediesFor(workflow, finding, { by: null, at: null })
  expect(remedy && compare(withRemedy(workflow, remedy)).untraced.current).toEqual(['sign-slip'])
})

test('a finding that no change of the map ends alone offers none', () => {
  const { before, after } = cases['workflow/digitized-approval']
  const finding = { code: 'workflow/open-loop', future: ['sign-slip'], lanes: { current: null, future: null } }
  expect(remediesFor(workflowOf({ current: before, future: after }), finding, decision)).toEqual([])
})

test('a step that nobody asked for goes, and takes no trace with it', () => {
  const workflow = workflowOf({
    current: 'MA: Room patient {1m}',
    future: 'MA: Room patient {1m} -> MA: Fill in new form {screen 4m}',
  })
  const found = compare(workflow).findings.find(({ code }) => code === 'workflow/unsourced-step')
  const [remedy] = found ? remediesFor(workflow, found, decision) : []
  expect(remedy?.label).toBe('Do without “Fill in new form”')
  const copy = remedy && withRemedy(workflow, remedy)
  expect(copy && compare(copy).findings.filter(({ code }) => code === 'workflow/unsourced-step')).toEqual([])
  expect(copy?.trace).toEqual(workflow.trace)
})

test('delegation moves the share that a protocol fits and no more: work of each role is what it is worth', async () => {
  const { before, after } = cases['workflow/skill-mismatch']
  const workflow = workflowOf({ current: before, future: after, perHour: 1 })
  const finding = { code: 'workflow/skill-mismatch', future: ['refill'], lanes: { current: null, future: null } }
  const [remedy] = remediesFor(workflow, finding, decision)
  const copy = remedy && withRemedy(workflow, remedy)
  if (!copy) throw new Error('Nothing is offered')
  const errors = (of: Workflow) => compare(of).structure.filter(({ side, severity }) => side === 'future' && severity === 'error')
  expect(errors(copy)).toEqual(errors(workflow))
  const work = (lane: string): number => {
    const view = viewOf(copy.future)
    const minutes = view.steps.map((at) => {
      const node = view.nodes[at]
      return node?.lane === lane && node.service ? ((view.visits?.[at] ?? 0) * meanOf(node.service)) / 60 : 0
    })
    return minutes.reduce((sum, each) => sum + each, 0)
  }
  expect(work('md')).toBeCloseTo(0.05 * 2, 9)
  expect(work('nurse')).toBeCloseTo(3 + 0.95 * 2, 9)
  const [link] = [...copy.trace.values()].filter(({ from }) => from.includes('refill'))
  expect(link?.to).toEqual(['refill', 'refill-by-protocol'])
  const whole = workflowOf({ current: before, future: after.replace('=0.95', '=1'), perHour: 1 })
  expect(remediesFor(whole, finding, decision).map(({ label }) => label)).toEqual(['Let Nurse do “Refill” by protocol'])
})

test('two steps at once keep every other flow, and the case waits for the later one', () => {
  const { before, after } = cases['workflow/needless-serial']
  const end = ' -> MA: Room {do phone 1m wait=0s reads=bp writes=none}'
  const workflow = workflowOf({ current: before + end, future: after + end, perHour: 1 })
  const finding = {
    code: 'workflow/needless-serial',
    future: ['check-cover', 'take-vitals'],
    lanes: { current: null, future: null },
  }
  const [remedy] = remediesFor(workflow, finding, decision)
  if (!remedy) throw new Error('Nothing is offered')
  const copy = withRemedy(workflow, remedy)
  expect(compare(copy).blocked).toEqual([])
  expect(compare(copy).structure.filter(({ side, severity }) => side === 'future' && severity === 'error')).toEqual([])
  const ways = [...copy.future.edges.values()].map(({ from, to }) => `${from} > ${to}`).sort()
  expect(ways).toEqual(
    [
      'start > fork-check-cover',
      'fork-check-cover > check-cover',
      'fork-check-cover > take-vitals',
      'check-cover > join-take-vitals',
      'take-vitals > join-take-vitals',
      'join-take-vitals > room',
      'room > end',
    ].sort(),
  )
})

test('where other flows meet, nobody is told to begin at the same time', () => {
  const { before, after } = cases['workflow/needless-serial']
  const third = '\nMA: Ask {do 1m} -> MA: Take vitals'
  const workflow = workflowOf({ current: before + third, future: after + third, perHour: 1 })
  const finding = {
    code: 'workflow/needless-serial',
    future: ['check-cover', 'take-vitals'],
    lanes: { current: null, future: null },
  }
  expect(remediesFor(workflow, finding, decision)).toEqual([])
})

test('what is entered with the act keeps what the entry needed, and nothing points to a step that is gone', () => {
  const map =
    'Nurse: Give dose {do paper 2m reads=weight writes=none} -> Nurse: Chart {enter screen 3m documents=give-dose entryDelay=1h reads=allergies writes=dose} -> Nurse: Recall {do paper 1m}'
  const plain = workflowOf({ current: map, future: map })
  const idOf = (label: string) => [...plain.future.nodes.values()].find((node) => node.label === label)?.id ?? ''
  const [act, entry, recall] = ['Give dose', 'Chart', 'Recall'].map(idOf) as [string, string, string]
  const facts: Readonly<Record<string, object>> = {
    [act]: {
      pains: ['slow'],
      alerts: { perCase: 1, override: 0.5, appropriate: null },
      evidence: { level: 'log', source: 'l', n: 9 },
    },
    [entry]: {
      safety: true,
      minLicence: 2,
      output: 'print',
      pains: ['double'],
      alerts: { perCase: 3, override: 0.9, appropriate: 0.1 },
      evidence: { level: 'interview', source: 'i', n: 2 },
    },
    [recall]: { workaround: { cause: entry }, documents: entry },
  }
  const nodes = new Map([...plain.future.nodes].map(([id, node]) => [id, { ...node, ...facts[id] }]))
  const workflow = { ...plain, future: { ...plain.future, nodes } }
  const [remedy] = remediesFor(
    workflow,
    { code: 'workflow/deferred-documentation', future: [entry], lanes: { current: null, future: null } },
    { by: 'analyst', at: '2026-01-01' },
  )
  if (!remedy) throw new Error('No remedy')
  const after = withRemedy(workflow, remedy).future
  expect(after.nodes.has(entry)).toBe(false)
  const joined = after.nodes.get(act)
  expect(joined).toMatchObject({
    safety: true,
    minLicence: 2,
    output: 'print',
    reads: ['weight', 'allergies'],
    pains: ['slow', 'double'],
  })
  // (1 × 0.5 + 3 × 0.9) / 4; nobody said how many of the act's alerts were right.
  expect(joined?.alerts).toMatchObject({ perCase: 4, appropriate: null })
  expect(joined?.alerts?.override).toBeCloseTo(0.8, 10)
  expect(joined?.evidence?.level).toBe('interview')
  expect(after.nodes.get(recall)).toMatchObject({ documents: act, workaround: { cause: act } })
})

/** What actions on the canvas and in the table do to a workflow. */

import { expect, test } from 'vitest'
import { copiedText, copySelection, pasteInto, untracedPairs } from '../../../../src/app/routes/workflow/editor/clipboard.ts'
import { firstState, stillSelected } from '../../../../src/app/routes/workflow/editor/editor-state.ts'
import {
  addCommand,
  confirmLinksCommand,
  draftBehind,
  futureDraftCommand,
  laneCommand,
  nextCommand,
  nudgeCommand,
  traceCommand,
  untraceCommand,
} from '../../../../src/app/routes/workflow/editor/edits.ts'
import { orderedLanes } from '../../../../src/core/workflow/drawing/layout.ts'
import { apply, type Command } from '../../../../src/core/workflow/edit/edit.ts'
import { readSketch } from '../../../../src/core/workflow/interop/sketch.ts'
import { emptyWorkflow, linkKey, type Workflow } from '../../../../src/core/workflow/map/workflow.ts'
import { proposedSteps } from '../../../../src/core/workflow/trace/trace.ts'
import { refill } from '../../refill.ts'

const done = (workflow: Workflow, command: Command | null): Workflow => {
  if (command === null) throw new Error('there is nothing to do')
  const applied = apply(workflow, command)
  expect(applied.refused).toBe(null)
  expect(apply(applied.workflow, applied.inverse).workflow).toEqual(workflow)
  return applied.workflow
}
const at = '2026-07-06T09:00:00Z'
const links = (workflow: Workflow) => [...workflow.trace.values()].map(({ from, to, fate }) => ({ from, to, fate }))

test('the next step stands right of the one it follows, in its lane, and is connected', () => {
  const draft = { ...draftBehind(refill, 'current', 'step', 'sign-slip', true), n: 1 }
  const before = refill.current.nodes.get('sign-slip')
  expect(draft.lane).toBe(before?.lane)
  expect(draft.x).toBeGreaterThan(before?.x ?? 0)
  const after = done(refill, addCommand(refill, draft, 'Scan slip'))
  expect([...after.current.edges.values()].some((edge) => edge.from === 'sign-slip' && edge.to === 'scan-slip')).toBe(true)
})

test('a step traced to a second future step is split, two steps traced to one are merged', () => {
  const split = done(refill, traceCommand(refill, 'sign-slip', 'refill-task', 'K. Ito', at))
  expect(links(split)).toEqual([{ from: ['sign-slip'], to: ['approve-in-inbox', 'refill-task'], fate: 'split' }])
  const merged = done(refill, traceCommand(refill, 'fax-to-ward', 'approve-in-inbox', null, at))
  expect(links(merged)).toEqual([{ from: ['fax-to-ward', 'sign-slip'], to: ['approve-in-inbox'], fate: 'merged' }])
  expect(links(done(merged, untraceCommand(merged, 'fax-to-ward', 'approve-in-inbox')))).toEqual(links(refill))
})

test('tracing twice changes nothing', () => {
  expect(traceCommand(refill, 'sign-slip', 'approve-in-inbox', null, at)).toBe(null)
})

test('an eliminated step that is traced after all loses its elimination', () => {
  const gone = done(refill, {
    kind: 'link',
    link: { from: ['fax-to-ward'], to: [], fate: 'eliminated', reason: 'no ward', by: 'K. Ito' },
  })
  const back = done(gone, traceCommand(gone, 'fax-to-ward', 'refill-task', null, at))
  expect(links(back)).toContainEqual({ from: ['fax-to-ward'], to: ['refill-task'], fate: 'kept' })
  expect(back.trace.size).toBe(2)
})

test('choosing what follows adds and removes flows and keeps the others', () => {
  const kept = [...refill.current.edges.values()].find((edge) => edge.from === 'sign-slip' && edge.to === 'fax-to-ward')
  const after = done(refill, nextCommand(refill, 'current', 'sign-slip', new Set(['fax-to-ward'])))
  const out = [...after.current.edges.values()].filter((edge) => edge.from === 'sign-slip')
  expect(out).toEqual([kept])
})

test('a step that changes its lane stands in the new lane and covers no other', () => {
  const lane = refill.current.nodes.get('take-call')?.lane ?? null
  const after = done(refill, laneCommand(refill, 'current', ['sign-slip'], lane))
  const moved = after.current.nodes.get('sign-slip')
  expect(moved?.lane).toBe(lane)
  for (const other of after.current.nodes.values())
    if (moved && other.id !== moved.id && other.lane === lane)
      expect(Math.abs(other.x - moved.x) >= 96 || other.y !== moved.y).toBe(true)
})

test('arrow keys never push a step out of the map', () => {
  const after = done(refill, nudgeCommand(refill, 'current', ['take-call'], -5000, -5000))
  expect(after.current.nodes.get('take-call')).toMatchObject({ x: 40, y: 0 })
})

const watched = 'Desk: Take call {phone 3m} -> MD: Sign {approve paper 1m} -> Desk: File {paper 1m}'

function withCurrent(sketch: string): Workflow {
  const { graph } = readSketch(sketch)
  const nodes = new Map(
    [...graph.nodes].map(([id, node]) => [id, { ...node, evidence: { level: 'observed' as const, source: 'shift', n: 4 } }]),
  )
  return { ...emptyWorkflow('w'), current: { ...graph, nodes } }
}

test('the future map begins as a traced copy that claims nothing was watched; steps with an answer keep it', () => {
  const before = apply(withCurrent(watched), {
    kind: 'link',
    link: { from: ['file'], to: [], fate: 'eliminated', reason: 'no paper', by: 'lead' },
  }).workflow
  const { future, trace } = done(before, futureDraftCommand(before))
  expect([...future.nodes.keys()]).toEqual([...before.current.nodes.keys()])
  expect(future.nodes.get('sign')?.evidence).toMatchObject({ level: 'assumed', n: null })
  expect([...trace.values()].map(({ from, to, fate }) => [from.join(), to.join(), fate]).sort()).toEqual([
    ['file', '', 'eliminated'],
    ['sign', 'sign', 'kept'],
    ['take-call', 'take-call', 'kept'],
  ])
})

test('what a copied map proposes counts as traced once a person confirmed it', () => {
  const before = withCurrent(watched)
  const copied = done(before, futureDraftCommand(before))
  expect(proposedSteps(copied)).toEqual(['file', 'sign', 'take-call'])
  expect([...copied.trace.values()].map(({ suggested, by }) => [suggested, by])).toEqual([1, 2, 3].map(() => [true, null]))
  // A file of another program may hold links of steps that are gone; they are no steps of today.
  const links = [...copied.trace.values()].flatMap((link) => [link, { ...link, from: ['gone'] }])
  expect(proposedSteps({ ...copied, trace: new Map(links.map((link) => [linkKey(link), link])) })).not.toContain('gone')
  const command = traceCommand(copied, 'sign', 'sign', 'lead', at)
  const one = done(copied, command)
  expect(proposedSteps(one)).toEqual(['file', 'take-call'])
  expect(traceCommand(one, 'sign', 'sign', 'other', at)).toBeNull()
  const all = done(one, confirmLinksCommand(one, 'nurse', at))
  expect(proposedSteps(all)).toEqual([])
  expect([...all.trace.values()].map(({ from, by }) => [from[0], by]).sort()).toEqual([
    ['file', 'nurse'],
    ['sign', 'lead'],
    ['take-call', 'nurse'],
  ])
})

test('steps copied to the other map are offered with what they came from; pasting a text without steps says why', () => {
  const workflow = withCurrent(watched)
  const copied = new Map<string, string>()
  const clipboard = { setData: (type: string, text: string) => void copied.set(type, text) }
  copySelection(workflow, 'current', ['start', 'take-call', 'sign'], clipboard)
  const text = copied.get('text/plain') ?? ''
  const across = pasteInto(workflow, 'future', text)
  expect(across.command).not.toBeNull()
  if (across.command === null || across.origins === null) throw new Error('nothing was pasted')
  const applied = apply(workflow, across.command)
  expect(untracedPairs(applied, 'future', across.origins)).toEqual([
    ['take-call', 'take-call'],
    ['sign', 'sign'],
  ])
  expect(pasteInto(workflow, 'current', text).origins).toBeNull()
  expect(pasteInto(workflow, 'future', '{{{bad')).toMatchObject({
    command: null,
    problem: expect.stringMatching(/^Line 1: “\{\{\{bad”/),
  })
})

const noClipboard = { setData: () => undefined }

test('only steps that still stand are offered to be traced, and a step that was cut keeps what was seen of it', () => {
  const workflow = withCurrent(watched)
  copySelection(workflow, 'current', ['take-call', 'sign'], noClipboard)
  // One is gone, and another step has taken its id.
  const gone = apply(workflow, { kind: 'remove-nodes', side: 'current', ids: ['take-call'], bridge: true }).workflow
  const reused = apply(gone, { kind: 'add-node', side: 'current', facts: { label: 'Take, call!' } }).workflow
  expect(reused.current.nodes.get('take-call')?.label).toBe('Take, call!')
  for (const now of [gone, reused]) {
    const { command, origins } = pasteInto(now, 'future', copiedText() ?? '')
    if (command === null || origins === null) throw new Error('nothing was pasted')
    const applied = apply(now, command)
    const pairs = untracedPairs(applied, 'future', origins)
    expect(pairs).toEqual([['sign', 'sign']])
    const commands = pairs.flatMap(([from, to]) => traceCommand(applied.workflow, from, to, 'lead', at) ?? [])
    expect(links(done(applied.workflow, { kind: 'together', commands }))).toEqual([
      { from: ['sign'], to: ['sign'], fate: 'kept' },
    ])
    expect(applied.workflow.future.nodes.get('take-call')?.evidence?.level).toBe('assumed')
  }
  copySelection(workflow, 'current', ['take-call'], noClipboard, true)
  const moved = pasteInto(gone, 'future', copiedText() ?? '')
  expect(moved.origins).toEqual([null])
  expect(done(gone, moved.command).future.nodes.get('take-call')?.evidence).toMatchObject({ level: 'observed', n: 4 })
})

test('what a closed sub-workflow holds was not watched in the other map either', () => {
  const closed = apply(withCurrent(watched), {
    kind: 'group',
    side: 'current',
    ids: ['take-call', 'sign'],
    label: 'Intake',
  }).workflow
  copySelection(closed, 'current', ['intake'], noClipboard)
  const drafts = [pasteInto(closed, 'future', copiedText() ?? '').command, futureDraftCommand(closed)]
  for (const command of drafts) {
    const before = done(closed, command)
    const open = done(before, { kind: 'ungroup', side: 'future', id: 'intake' })
    expect(['take-call', 'sign'].map((id) => open.future.nodes.get(id)?.evidence?.level)).toEqual(['assumed', 'assumed'])
    // And nobody traced a step to what was closed in its copy.
    expect(links(open).filter(({ to }) => to.length === 1)).toEqual(links(before).filter(({ from }) => from[0] === 'file'))
  }
})

test('the future map begins beside the roles and elements that stand there', () => {
  const before = withCurrent(`element dose safety\n${watched}`)
  const doctor: Command = { kind: 'add-lane', side: 'future', facts: { label: 'Doctor' } }
  const desk: Command = { kind: 'add-lane', side: 'future', facts: { label: 'Desk', staff: 3 } }
  const plan = { id: 'plan', label: 'Plan', record: true, safety: false, fields: ['a.b'], extra: {} }
  const other = { ...plan, id: 'dose', label: 'Dosage form' }
  const put = (element: typeof plan): Command => ({ kind: 'put-element', side: 'future', element })
  const prepared = apply(before, { kind: 'together', commands: [doctor, desk, put(plan), put(other)] }).workflow
  const { future, current } = done(prepared, futureDraftCommand(prepared))
  expect(future.elements.get('plan')).toEqual(plan)
  expect([...future.elements.values()].map(({ label }) => label).sort()).toEqual(['Dosage form', 'Plan', 'dose'])
  expect(future.lanes.get('desk')).toMatchObject({ staff: 3, order: current.lanes.get('desk')?.order })
  expect(orderedLanes(future).map(({ label }) => label)).toEqual([...orderedLanes(current).map(({ label }) => label), 'Doctor'])
  expect(future.nodes.get('take-call')).toMatchObject({ lane: 'desk', y: current.nodes.get('take-call')?.y })
})

test('after undoing what made them, steps are neither selected nor copied over what was copied before', () => {
  const workflow = withCurrent(watched)
  copySelection(workflow, 'current', ['sign'], noClipboard)
  const text = copiedText()
  const made = apply(workflow, { kind: 'duplicate', side: 'current', ids: ['sign'], dx: 0, dy: 0 })
  const back = apply(made.workflow, made.inverse).workflow
  const selected = new Set(['current/sign-2', 'current/file'] as const)
  const left = stillSelected({ ...firstState, selected, active: 'current/sign-2' }, back)
  expect(left).toEqual({ selected: new Set(['current/file']), active: 'current/file' })
  expect(copySelection(back, 'current', ['sign-2'], noClipboard)).toBe(false)
  expect(copiedText()).toBe(text)
})

/** Copies of steps: nothing is covered, nothing they know is lost, and what they say about each other goes with them. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { layOut, sizeOf } from '../../../src/core/workflow/drawing/layout.ts'
import { apply, type Command } from '../../../src/core/workflow/edit/edit.ts'
import { copy } from '../../../src/core/workflow/edit/paste.ts'
import { readSketch } from '../../../src/core/workflow/interop/sketch.ts'
import { slugOf } from '../../../src/core/workflow/map/slug.ts'
import { emptyWorkflow, type Graph, type Workflow, type WorkflowSide } from '../../../src/core/workflow/map/workflow.ts'
import { workflowDigest } from '../../../src/core/workflow/map/write.ts'
import { inferFate } from '../../../src/core/workflow/trace/trace.ts'
import { identity, steps } from './generated.ts'

function laidOut(workflow: Workflow, side: WorkflowSide): Workflow {
  return apply(workflow, { kind: 'move-nodes', side, ...layOut(workflow[side]) }).workflow
}

/** Pairs of steps that cover each other. */
function covered(graph: Graph): readonly string[] {
  const nodes = [...graph.nodes.values()].map((node) => ({ ...sizeOf(node), ...node }))
  return nodes.flatMap((a, at) =>
    nodes
      .slice(at + 1)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => `${a.id} ${b.id}`),
  )
}

test('what is pasted into either map covers nothing there, and undoing takes it away', () => {
  const side = fc.constantFrom('current' as const, 'future' as const)
  fc.assert(
    fc.property(steps, steps, fc.array(fc.nat(8), { minLength: 1, maxLength: 5 }), side, side, (list, other, picks, from, to) => {
      const pair = identity(list, () => identity(other).future)
      const workflow = laidOut(laidOut(pair, 'current'), 'future')
      const fragment = copy(workflow[from], [...new Set(picks.map((pick) => `s${pick}`))])
      const done = apply(workflow, { kind: 'paste', side: to, fragment, dx: 0, dy: 0 })
      expect(done.created).toHaveLength(fragment.nodes.length)
      expect(covered(done.workflow[to])).toEqual([])
      expect(workflowDigest(apply(done.workflow, done.inverse).workflow)).toBe(workflowDigest(workflow))
    }),
    { numRuns: 40 },
  )
})

test('elements come along, steps stay at their height of the lane, and a copy that closes a copied request closes that copy', () => {
  const current = readSketch(
    'element dose record safety\nClerk: Sort {paper 1m}\nNurse: Ask {request fax 1m writes=dose:typed} -> Nurse: Answer {do paper 1m closes=ask}\nbare',
  ).graph
  const future = readSketch('Nurse: Ask {screen 1m}\nbare', 'future').graph
  const workflow = laidOut(laidOut({ ...emptyWorkflow('w'), current, future }, 'current'), 'future')
  const fragment = copy(workflow.current, ['ask', 'answer'])
  const done = apply(workflow, { kind: 'paste', side: 'future', fragment, dx: 0, dy: 0 })
  const next = done.workflow.future
  expect(done.created).toEqual(['ask-2', 'answer'])
  expect(next.elements.get('dose')).toMatchObject({ record: true, safety: true })
  expect(next.nodes.get('answer')).toMatchObject({ closes: 'ask-2', lane: 'nurse' })
  // The first lane of the future map is the second one of the current map.
  expect(next.nodes.get('ask-2')?.y).toBe(next.nodes.get('ask')?.y)
  // Where the request is not copied, the answer still says which one it closed.
  const alone = apply(workflow, { kind: 'duplicate', side: 'current', ids: ['answer'], dx: 0, dy: 0 })
  expect(alone.workflow.current.nodes.get('answer-2')).toMatchObject({ closes: 'ask' })
})

test('a closed sub-workflow brings the roles of what it holds', () => {
  const current = readSketch('Clerk: Take {paper 1m} -> Nurse: Check {paper 1m}').graph
  const future = readSketch('MD: Sign {screen 1m}\nbare', 'future').graph
  const closed = apply(
    { ...emptyWorkflow('w'), current, future },
    { kind: 'group', side: 'current', ids: ['take', 'check'], label: 'Intake' },
  )
  const fragment = copy(closed.workflow.current, ['intake'])
  const pasted = apply(closed.workflow, { kind: 'paste', side: 'future', fragment, dx: 0, dy: 0 })
  const opened = apply(pasted.workflow, { kind: 'ungroup', side: 'future', id: 'intake' })
  expect(opened.refused).toBeNull()
  const roleOf = (id: string) => opened.workflow.future.lanes.get(opened.workflow.future.nodes.get(id)?.lane ?? '')?.label
  expect([roleOf('take'), roleOf('check')]).toEqual(['Clerk', 'Nurse'])
})

const words = ['Nurse', 'Porter', 'Медсестра', 'Врач', '看護師', '医師'] as const

interface Worker {
  readonly role: number
  readonly reads: number
  readonly writes: number
}

/** A map as the app makes it: every id from its label, and labels that were changed later keep their ids. */
function mapOf(workflow: Workflow, side: WorkflowSide, workers: readonly Worker[], renames: readonly number[]): Workflow {
  const lanes = new Map<string, string>()
  const elements = new Map<string, string>()
  let now = workflow
  const done = (command: Command): void => {
    now = apply(now, command).workflow
  }
  const element = (label: string): string => {
    const id = elements.get(label) ?? slugOf(label, now[side].elements, 'element')
    elements.set(label, id)
    done({ kind: 'put-element', side, element: { id, label, record: false, safety: false, extra: {} } })
    return id
  }
  for (const [at, { role, reads, writes }] of workers.entries()) {
    const label = words[role] ?? ''
    if (!lanes.has(label)) {
      lanes.set(label, slugOf(label, now[side].lanes, 'lane'))
      done({ kind: 'add-lane', side, facts: { label } })
    }
    const written = [{ element: element(words[writes] ?? ''), mode: 'typed' as const }]
    const facts = { label: `Step ${at}`, lane: lanes.get(label) ?? null, reads: [element(words[reads] ?? '')], writes: written }
    done({ kind: 'add-node', side, facts })
  }
  // Two roles change their names: what was called the one is now called the other.
  const ids = [...now[side].lanes.keys()]
  const labels = renames.flatMap((at) => words[at] ?? [])
  for (const [at, label] of labels.entries())
    if (ids[at] !== undefined && ![...now[side].lanes.values()].some((lane) => lane.label === label))
      done({ kind: 'change-lane', side, id: ids[at], facts: { label } })
  return now
}

/** Who does each step, what it reads and what it writes, in words. */
function meanings(graph: Graph, ids: readonly string[]): readonly string[] {
  return ids
    .flatMap((id) => graph.nodes.get(id) ?? [])
    .map(({ label, lane, reads, writes }) => {
      const named = [...(reads ?? []), ...(writes ?? []).map(({ element }) => element)]
      const words = named.map((id) => graph.elements.get(id)?.label ?? `no element ${id}`)
      return [label, graph.lanes.get(lane ?? '')?.label, ...words].join(' | ')
    })
    .sort()
}

test('who does a pasted step and what it reads and writes stay what they were called, open or closed', () => {
  const worker = fc.record({ role: fc.nat(5), reads: fc.nat(5), writes: fc.nat(5) })
  const workers = fc.array(worker, { minLength: 2, maxLength: 4 })
  const renames = fc.array(fc.nat(5), { maxLength: 2 })
  fc.assert(
    fc.property(workers, workers, renames, fc.boolean(), (here, there, names, closed) => {
      const workflow = mapOf(mapOf(emptyWorkflow('w'), 'current', here, []), 'future', there, names)
      const ids = [...workflow.current.nodes.keys()]
      const standing = [...workflow.future.nodes.keys()]
      const from = closed ? apply(workflow, { kind: 'group', side: 'current', ids, label: 'All' }).workflow : workflow
      const fragment = copy(from.current, closed ? ['all'] : ids)
      const pasted = apply(from, { kind: 'paste', side: 'future', fragment, dx: 0, dy: 0 })
      const done = closed ? apply(pasted.workflow, { kind: 'ungroup', side: 'future', id: 'all' }) : pasted
      expect(meanings(done.workflow.future, done.created)).toEqual(meanings(workflow.current, ids))
      expect(meanings(done.workflow.future, standing)).toEqual(meanings(workflow.future, standing))
      const [first = ''] = ids
      const copied = done.created.find((id) => done.workflow.future.nodes.get(id)?.label === 'Step 0') ?? ''
      expect(inferFate({ ...done.workflow, current: workflow.current }, [first], [copied])).toBe('kept')
    }),
    { numRuns: 60 },
  )
})

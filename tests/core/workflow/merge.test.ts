/** Merging two states of a workflow: what one side changed is joined, what both changed is asked for, and nothing else happens. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { riversideWorkflows } from '../../../samples/riverside/workflows/index.ts'
import { apply } from '../../../src/core/workflow/edit/edit.ts'
import { mergeWorkflows, nameOfRecord } from '../../../src/core/workflow/edit/merge.ts'
import { applyPatch } from '../../../src/core/workflow/edit/patch.ts'
import type { Node, Workflow } from '../../../src/core/workflow/map/workflow.ts'
import { workflowDigest } from '../../../src/core/workflow/map/write.ts'

const base = riversideWorkflows.get('refill') as Workflow
const none = new Set<string>()

function changed(workflow: Workflow, id: string, facts: Partial<Node>, side: 'current' | 'future' = 'current'): Workflow {
  const applied = apply(workflow, { kind: 'change-node', side, id, facts })
  if (applied.refused !== null) throw new Error(applied.refused)
  return applied.workflow
}

function merged(mine: Workflow, theirs: Workflow, from: Workflow | null, taken: ReadonlySet<string> = none): Workflow {
  return applyPatch(mine, mergeWorkflows(mine, theirs, from).resolve(taken)).workflow
}

const steps = [...base.current.nodes.values()].filter(({ type }) => type === 'step').map(({ id }) => id)
const [first = '', second = ''] = steps

test('changes of different facts join, each by its own author', () => {
  const mine = changed(base, first, { clicks: 7 })
  const theirs = changed(changed(base, first, { screens: 3 }), second, { label: 'Called otherwise' })
  const merge = mergeWorkflows(mine, theirs, base)
  expect(merge.conflicts).toEqual([])
  expect(merge.joined.map(({ id }) => id).sort()).toEqual([first, second].sort())
  const both = merged(mine, theirs, base).current.nodes
  expect(both.get(first)).toMatchObject({ clicks: 7, screens: 3 })
  expect(both.get(second)?.label).toBe('Called otherwise')
})

test('the same fact changed by both is asked for, and the answer decides', () => {
  const mine = changed(base, first, { label: 'Mine' })
  const theirs = changed(base, first, { label: 'Theirs' })
  const { conflicts } = mergeWorkflows(mine, theirs, base)
  expect(conflicts).toMatchObject([{ at: 'nodes', side: 'current', id: first, member: 'label', mine: 'Mine', theirs: 'Theirs' }])
  expect(merged(mine, theirs, base).current.nodes.get(first)?.label).toBe('Mine')
  expect(merged(mine, theirs, base, new Set(conflicts.map(({ key }) => key))).current.nodes.get(first)?.label).toBe('Theirs')
  expect(conflicts[0] && nameOfRecord(conflicts[0], [mine])).toBe('“Mine”')
})

test('a step removed by one and changed by the other is asked for; flows and links without ends leave with it', () => {
  const removal = apply(base, { kind: 'remove-nodes', side: 'current', ids: [first], bridge: false })
  const mine = changed(base, first, { clicks: 7 })
  const [conflict, ...rest] = mergeWorkflows(mine, removal.workflow, base).conflicts
  expect(conflict).toMatchObject({ at: 'nodes', id: first, member: null, theirs: null })
  expect(rest).toEqual([])
  const gone = merged(mine, removal.workflow, base, new Set([conflict?.key ?? '']))
  expect(gone.current.nodes.has(first)).toBe(false)
  for (const { from, to } of gone.current.edges.values()) expect([from, to]).not.toContain(first)
  for (const { from } of gone.trace.values()) expect(from).not.toContain(first)
  expect(merged(base, removal.workflow, base).current.nodes.has(first)).toBe(false)
})

test('without an earlier state what one side has comes in, what is not said is filled, and what differs is asked for', () => {
  const theirs = changed(changed(base, first, { label: 'Theirs' }), second, { protocolShare: 0.5, pains: ['waits'] })
  const mine = changed(base, second, { protocolShare: null, pains: [] })
  const merge = mergeWorkflows(mine, theirs, null)
  expect(merge.conflicts.map(({ id, member }) => [id, member])).toEqual([[first, 'label']])
  expect(merged(mine, theirs, null).current.nodes.get(second)).toMatchObject({ protocolShare: 0.5, pains: ['waits'] })
})

test('two new flows that were given one id are two flows', () => {
  const edges = [...base.current.edges.values()]
  const flow = (from: string, to: string): Workflow => {
    const done = apply(base, { kind: 'add-edge', side: 'current', from, to }).workflow
    const fresh = [...done.current.edges.values()].find(({ id }) => !base.current.edges.has(id))
    if (!fresh) throw new Error('No flow was added')
    const renamed = new Map([...done.current.edges].filter(([id]) => id !== fresh.id)).set('new', { ...fresh, id: 'new' })
    return { ...done, current: { ...done.current, edges: renamed } }
  }
  const [mine, theirs] = [flow(first, steps.at(-1) ?? ''), flow(second, steps.at(-1) ?? '')]
  for (const from of [base, null]) {
    expect(mergeWorkflows(mine, theirs, from).conflicts).toEqual([])
    expect(merged(mine, theirs, from).current.edges.size).toBe(edges.length + 2)
  }
})

const edit = fc.tuple(
  fc.constantFrom<'current' | 'future'>('current', 'future'),
  fc.nat(20),
  fc.constantFrom<Partial<Node> | 'remove'>(
    { clicks: 1 },
    { clicks: 2 },
    { label: 'Renamed' },
    { safety: true },
    { owner: 'X' },
    'remove',
  ),
)

function edited(list: readonly (typeof edit extends fc.Arbitrary<infer T> ? T : never)[]): Workflow {
  return list.reduce((workflow, [side, at, facts]) => {
    const ids = [...workflow[side].nodes.keys()]
    const id = ids[at % ids.length]
    if (id === undefined) return workflow
    return facts === 'remove'
      ? apply(workflow, { kind: 'remove-nodes', side, ids: [id], bridge: false }).workflow
      : apply(workflow, { kind: 'change-node', side, id, facts }).workflow
  }, base)
}

test('whoever changed nothing takes over all; both the same way is no question; either side sees the same questions', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 6 }), fc.array(edit, { maxLength: 6 }), (one, other) => {
      const [a, b] = [edited(one), edited(other)]
      expect(workflowDigest(merged(base, a, base))).toBe(workflowDigest(a))
      expect(workflowDigest(merged(a, base, base))).toBe(workflowDigest(a))
      expect(mergeWorkflows(a, a, base)).toMatchObject({ conflicts: [], joined: [] })
      const [there, back] = [mergeWorkflows(a, b, base), mergeWorkflows(b, a, base)]
      expect(there.conflicts.map(({ key }) => key).sort()).toEqual(back.conflicts.map(({ key }) => key).sort())
      const all = new Set(there.conflicts.map(({ key }) => key))
      expect(workflowDigest(merged(a, b, base, all))).toBe(workflowDigest(merged(b, a, base)))
    }),
    { numRuns: 60 },
  )
})

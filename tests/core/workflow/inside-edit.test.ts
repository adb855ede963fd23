/** Sub-workflows edited inside: what is drawn there is kept with the step, and opens again with the map around it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { apply } from '../../../src/core/workflow/edit/edit.ts'
import { closedInside, openedInside } from '../../../src/core/workflow/edit/inside-edit.ts'
import { readBpmn } from '../../../src/core/workflow/interop/bpmn/read-bpmn.ts'
import { writeBpmn } from '../../../src/core/workflow/interop/bpmn/write-bpmn.ts'
import { emptyWorkflow, type Workflow } from '../../../src/core/workflow/map/workflow.ts'
import { graphText, traceText } from '../../../src/core/workflow/map/write.ts'
import { identity, steps } from './generated.ts'
import { workflowOf } from './pair.ts'

const map = 'Desk: Take {1m} -> MD: Sign {2m} -> Desk: Send {3m} -> Desk: File {1m}'

function grouped(): Workflow {
  const workflow = workflowOf({ current: map, future: map })
  return apply(workflow, { kind: 'group', side: 'current', ids: ['sign', 'send'], label: 'Finish' }).workflow
}

const finish = { side: 'current', path: ['finish'] } as const
const put = (workflow: Workflow, inner: Workflow, place: Parameters<typeof openedInside>[1] = finish): Workflow =>
  apply(workflow, { kind: 'patch', patch: closedInside(workflow, place, inner.current) }).workflow

test('a step added inside is there when the sub-workflow is opened, and its time counts on the closed step', () => {
  const before = grouped()
  const inner = openedInside(before, finish)
  if (!inner) throw new Error('nothing inside')
  expect([...inner.current.nodes.keys()].sort()).toEqual(['send', 'sign'])
  // It stands in the lanes of the map, at the places of the map.
  expect([...inner.current.lanes.keys()]).toEqual([...before.current.lanes.keys()])
  const added = apply(inner, {
    kind: 'add-node',
    side: 'current',
    facts: { type: 'step', label: 'Scan', lane: 'desk', service: { dist: 'constant', value: 60 } },
    after: 'send',
  }).workflow
  const renamed = apply(added, { kind: 'change-node', side: 'current', id: 'sign', facts: { label: 'Sign twice' } }).workflow
  const after = put(before, renamed)
  expect(before.current.nodes.get('finish')?.service).toEqual({ dist: 'constant', value: 300 })
  expect(after.current.nodes.get('finish')?.service).toEqual({ dist: 'constant', value: 360 })
  const open = apply(after, { kind: 'ungroup', side: 'current', id: 'finish' }).workflow.current
  expect([...open.nodes.values()].map(({ label }) => label)).toEqual(
    expect.arrayContaining(['Take', 'Sign twice', 'Send', 'Scan', 'File']),
  )
  const flows = [...open.edges.values()].map(({ from, to }) => `${from} ${to}`)
  expect(flows).toEqual(expect.arrayContaining(['take sign', 'sign send', 'send scan', 'send file']))
})

test('a time that a person gave the whole stays when work inside changes', () => {
  const before = apply(grouped(), {
    kind: 'change-node',
    side: 'current',
    id: 'finish',
    facts: { service: { dist: 'constant', value: 1200 } },
  }).workflow
  const inner = openedInside(before, finish)
  if (!inner) throw new Error('nothing inside')
  const after = put(before, apply(inner, { kind: 'remove-nodes', side: 'current', ids: ['send'], bridge: true }).workflow)
  expect(after.current.nodes.get('finish')?.service).toEqual({ dist: 'constant', value: 1200 })
})

test('a lane that is drawn inside is a lane of the map; its height there is the drawing’s own', () => {
  const before = grouped()
  const inner = openedInside(before, finish)
  if (!inner) throw new Error('nothing inside')
  const lane = apply(inner, { kind: 'add-lane', side: 'current', facts: { label: 'Pharmacy', height: 300 } }).workflow
  const after = put(before, lane)
  expect([...after.current.lanes.values()].map(({ label }) => label)).toContain('Pharmacy')
  expect(after.current.lanes.get('desk')).toEqual(before.current.lanes.get('desk'))
})

test('looking inside and going out again changes nothing but what follows from it, at any depth', () => {
  fc.assert(
    fc.property(steps, fc.array(fc.nat(8), { minLength: 2, maxLength: 5 }), fc.boolean(), (list, picks, deep) => {
      const workflow = identity(list)
      const once = apply(workflow, { kind: 'group', side: 'current', ids: picks.map((pick) => `s${pick}`), label: 'Inner' })
      if (once.refused !== null) return
      const others = [...once.workflow.current.nodes.keys()].filter((id) => id !== 'inner').slice(0, 2)
      const twice = deep
        ? apply(once.workflow, { kind: 'group', side: 'current', ids: ['inner', ...others], label: 'Outer' })
        : once
      if (twice.refused !== null) return
      const place = { side: 'current' as const, path: deep ? ['outer', 'inner'] : ['inner'] }
      const inner = openedInside(twice.workflow, place)
      if (!inner) throw new Error('nothing inside')
      const again = put(twice.workflow, inner, place)
      const [a, b] = [twice.workflow, again].map((each) => {
        let open = each
        for (const id of place.path) open = apply(open, { kind: 'ungroup', side: 'current', id }).workflow
        return graphText(open.current) + traceText(open.trace)
      })
      expect(b).toBe(a)
    }),
  )
})

test('a sub-process of BPMN can be edited: what is written is what is inside now', () => {
  const uri = 'http://www.omg.org/spec/BPMN/20100524/MODEL'
  const text = `<definitions xmlns="${uri}" id="d"><process id="p"><startEvent id="s"/><subProcess id="sub" name="Outer">
    <task id="a" name="Look"/><task id="b" name="Note"/><sequenceFlow id="f1" sourceRef="a" targetRef="b"/></subProcess>
    <callActivity id="c" name="Elsewhere"/><sequenceFlow id="f" sourceRef="s" targetRef="sub"/></process></definitions>`
  const workflow = { ...emptyWorkflow('w'), current: readBpmn(utf8(text), 'current').graph }
  const place = { side: 'current' as const, path: ['sub'] }
  const inner = openedInside(workflow, place)
  if (!inner) throw new Error('nothing inside')
  const after = put(
    workflow,
    apply(inner, { kind: 'change-node', side: 'current', id: 'a', facts: { label: 'Look up' } }).workflow,
    place,
  )
  const again = openedInside(after, place)
  expect([...(again?.current.nodes.values() ?? [])].map(({ label }) => label).sort()).toEqual(['Look up', 'Note'])
  expect([...(again?.current.edges.values() ?? [])].map(({ from, to }) => [from, to])).toEqual([['a', 'b']])
  expect(writeBpmn(after.current).text).not.toContain('name="Look"')
  // A call stands for work that another file holds.
  expect(openedInside(workflow, { side: 'current', path: ['c'] })).toBeNull()
})

test('data that is taken away inside stays away, unless a step still names it', () => {
  const written = { element: 'dose', mode: 'typed' as const }
  const dose = { id: 'dose', label: 'Dose', record: true, safety: true, extra: {} }
  const before = apply(grouped(), { kind: 'put-element', side: 'current', element: dose }).workflow
  const inner = openedInside(before, finish)
  if (!inner) throw new Error('nothing inside')
  const without = apply(inner, { kind: 'remove-element', side: 'current', id: 'dose' }).workflow
  const after = put(before, without)
  expect(after.current.elements.has('dose')).toBe(false)
  expect(openedInside(after, finish)?.current.elements.has('dose')).toBe(false)

  // Named outside, or in another step inside: it stays, as a lane does.
  for (const id of ['take', 'file']) {
    const outside = apply(before, { kind: 'change-node', side: 'current', id, facts: { writes: [written] } }).workflow
    expect(put(outside, without).current.elements.has('dose')).toBe(true)
  }
  const within = apply(without, { kind: 'change-node', side: 'current', id: 'send', facts: { reads: ['dose'] } }).workflow
  expect(put(before, within).current.elements.has('dose')).toBe(true)
})

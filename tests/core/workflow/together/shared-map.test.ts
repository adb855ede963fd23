/** A map as a document of several people: the same bytes out, names of one's own, own changes taken back alone. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { riversideWorkflows } from '../../../../samples/riverside/workflows/index.ts'
import { workflowExamples } from '../../../../samples/workflow/examples.ts'
import { seededRandom } from '../../../../src/core/random.ts'
import { apply, type Command } from '../../../../src/core/workflow/edit/edit.ts'
import { readWorkflow, writeWorkflow } from '../../../../src/core/workflow/map/files.ts'
import { blankScenario as base } from '../../../../src/core/workflow/map/scenario.ts'
import { blankLink, type Edge, type Node, type Workflow } from '../../../../src/core/workflow/map/workflow.ts'
import { workflowDigest } from '../../../../src/core/workflow/map/write.ts'
import { seedOf } from '../../../../src/core/workflow/together/map-document.ts'
import { suffixOf } from '../../../../src/core/workflow/together/own-names.ts'
import { SharedMap } from '../../../../src/core/workflow/together/shared-map.ts'
import { tidy } from '../../../../src/core/workflow/together/tidy.ts'
import { command, identity, steps } from '../generated.ts'
import { drawnCommand } from './drawn-commands.ts'

const step = { kind: 0, lane: 0, minutes: 1, wait: 0, clicks: 0, element: 0, back: false }
const plain = identity([step, step, step])

function people(workflow: Workflow = plain): readonly [SharedMap, SharedMap] {
  const seed = seedOf(workflow)
  const ana = new SharedMap({ id: workflow.id, client: 1, device: 'd-ana' }, [seed])
  const ben = new SharedMap({ id: workflow.id, client: 2, device: 'd-ben' }, [seed])
  return [ana, ben]
}

/** Both know what both did. */
function meet(ana: SharedMap, ben: SharedMap): void {
  const [a, b] = [ana.update(), ben.update()]
  expect(ana.receive([b]) && ben.receive([a])).toBe(true)
  expect(workflowDigest(ana.workflow)).toBe(workflowDigest(ben.workflow))
}

function node(map: SharedMap, id: string): Node {
  const found = map.workflow.current.nodes.get(id)
  if (!found) throw new Error(`no step ${id}`)
  return found
}

const change = (id: string, facts: Partial<Node>): Command => ({ kind: 'change-node', side: 'current', id, facts })

describe('the document', () => {
  test('a map comes out of it byte for byte, whatever was done to it', () => {
    fc.assert(
      fc.property(steps, fc.array(command, { maxLength: 20 }), (list, commands) => {
        const workflow = identity(list)
        const map = new SharedMap({ id: workflow.id, client: 7, device: 'd-1' }, [seedOf(workflow)])
        expect(workflowDigest(map.workflow)).toBe(workflowDigest(workflow))
        for (const each of commands) {
          map.edit(each)
          const again = new SharedMap({ id: workflow.id, client: 8, device: 'd-2' }, [map.update()])
          expect(workflowDigest(again.workflow)).toBe(workflowDigest(map.workflow))
        }
      }),
      { numRuns: 20 },
    )
  })

  test('every sample is the same after it, and has nothing to tidy', () => {
    const samples = [...riversideWorkflows.values(), ...workflowExamples.map(({ id, files }) => readWorkflow(id, files).value)]
    expect(samples.length).toBeGreaterThan(14)
    for (const workflow of samples) {
      const { repairs } = tidy(workflow)
      expect(repairs).toEqual([])
      const map = new SharedMap({ id: workflow.id, client: 7, device: 'd-1' }, [seedOf(workflow)])
      expect([...writeWorkflow(map.workflow)]).toEqual([...writeWorkflow(workflow)])
    }
  })

  test('members that the format does not know keep their order and their text', () => {
    const current = {
      format: 'carryover-workflow/1',
      id: 'x',
      side: 'current',
      label: 'X',
      zeta: [1, { deep: null }],
      alpha: '\ud800 alone',
      nodes: [
        { id: 'a', type: 'step', label: 'A', x: 1, y: 2, medium: 'papyrus', mood: { __proto__x: 1 }, '+1': true, age: 0.1 },
      ],
    }
    const { value } = readWorkflow('x', {
      current,
      trace: [{ from: ['a'], to: [], fate: 'eliminated', seen: 2, by: 'b', also: null }],
    })
    const map = new SharedMap({ id: 'x', client: 7, device: 'd-1' }, [seedOf(value)])
    expect([...writeWorkflow(map.workflow)]).toEqual([...writeWorkflow(value)])
    map.edit(change('a', { clicks: 3 }))
    const wanted = apply(value, change('a', { clicks: 3 })).workflow
    expect([...writeWorkflow(map.workflow)]).toEqual([...writeWorkflow(wanted)])
  })

  test('the same workflow begins with the same bytes', () => {
    expect(seedOf(identity([step, step]))).toEqual(seedOf(identity([step, step])))
  })

  test('a command does alone what it does in a map of one person', () => {
    const random = seededRandom('alone')
    let same = 0
    for (let turn = 0; turn < 400; turn++) {
      const map = new SharedMap({ id: 'generated', client: turn, device: 'd-1' }, [seedOf(plain)])
      const drawn = drawnCommand(random, map.workflow)
      const alone = apply(map.workflow, drawn)
      const done = map.edit(drawn)
      expect(done.refused).toBe(alone.refused)
      const counts = ({ current, future, trace }: Workflow): readonly number[] => [
        current.nodes.size,
        current.edges.size,
        future.nodes.size,
        future.edges.size,
        trace.size,
      ]
      if (map.repairs.length > 0) continue
      expect(counts(done.workflow)).toEqual(counts(alone.workflow))
      // What is new has another name.
      if (done.created.length > 0 || drawn.kind === 'put-element') continue
      expect(workflowDigest(done.workflow)).toBe(workflowDigest(alone.workflow))
      same++
    }
    expect(same).toBeGreaterThan(150)
  })

  test('bytes that are no update change nothing', () => {
    const [ana] = people()
    const before = ana.workflow
    expect(ana.receive([new Uint8Array([9, 9, 9, 9])])).toBe(false)
    expect(ana.workflow).toBe(before)
  })
})

describe('two people', () => {
  test('fields of one step are joined, and one value stands where both changed one', () => {
    const [ana, ben] = people()
    ana.edit(change('s0', { label: 'Ring patient', clicks: 4 }))
    ben.edit(change('s0', { label: 'Call patient', keys: 9 }))
    meet(ana, ben)
    expect(node(ana, 's0')).toMatchObject({ clicks: 4, keys: 9 })
    expect(['Ring patient', 'Call patient']).toContain(node(ana, 's0').label)
  })

  test('equal new steps stay two, and the same flow becomes one', () => {
    const [ana, ben] = people()
    const [a] = ana.edit({ kind: 'add-node', side: 'current', facts: { label: 'Sign form' } }).created
    const [b] = ben.edit({ kind: 'add-node', side: 'current', facts: { label: 'Sign form' } }).created
    expect([a, b]).toEqual([`sign-form-${suffixOf('d-ana')}`, `sign-form-${suffixOf('d-ben')}`])
    for (const each of [ana, ben]) each.edit({ kind: 'add-edge', side: 'current', from: 's0', to: 's2' })
    meet(ana, ben)
    const { nodes, edges } = ana.workflow.current
    expect([nodes.has(a ?? ''), nodes.has(b ?? '')]).toEqual([true, true])
    expect([...edges.values()].filter(({ from, to }) => from === 's0' && to === 's2')).toHaveLength(1)
  })

  test('two flows whose ends spell one name stay two', () => {
    const ids = ['a', 'a-b', 'b-c', 'c']
    const nodes = new Map(ids.map((id) => [id, { ...node(people()[0], 's0'), id, label: id }]))
    const [ana, ben] = people({ ...plain, trace: new Map(), current: { ...plain.current, nodes, edges: new Map() } })
    ana.edit({ kind: 'add-edge', side: 'current', from: 'a', to: 'b-c' })
    meet(ana, ben)
    ben.edit({ kind: 'add-edge', side: 'current', from: 'a-b', to: 'c' })
    meet(ana, ben)
    const ends = [...ana.workflow.current.edges.values()].map(({ from, to }) => `${from} > ${to}`)
    expect(ends.sort()).toEqual(['a > b-c', 'a-b > c'])
  })

  test('a layout run revives nothing that somebody removed', () => {
    const [ana, ben] = people()
    ana.edit({ kind: 'remove-nodes', side: 'current', ids: ['s1'], bridge: false })
    ben.edit({ kind: 'move-nodes', side: 'current', moves: ['s0', 's1', 's2'].map((id, x) => ({ id, x: 90 * x, y: 7 })) })
    meet(ana, ben)
    expect(ana.workflow.current.nodes.has('s1')).toBe(false)
    expect(node(ana, 's2').y).toBe(7)
  })

  test('staffing of two lanes and a new scenario are joined by line', () => {
    const [ana, ben] = people()
    const scenario = (lane: string) => ({
      kind: 'set-scenario' as const,
      scenario: { ...base, staff: new Map([[lane, { count: 3, calendar: null, offShift: 'finish' as const }]]) },
    })
    ana.edit(scenario('a'))
    ben.edit(scenario('b'))
    meet(ana, ben)
    expect([...(ana.workflow.scenario?.staff.keys() ?? [])]).toEqual(['a', 'b'])
  })

  test('what points at something that is gone is hidden, listed, and back when it is back', () => {
    const [ana, ben] = people()
    ana.edit({ kind: 'remove-nodes', side: 'current', ids: ['s1'], bridge: false })
    ben.edit({ kind: 'add-edge', side: 'current', from: 's2', to: 's1' })
    ben.edit(change('s2', { closes: 's1' }))
    ben.edit({ kind: 'link', link: { from: ['s1', 's2'], to: ['s2'], fate: 'merged' } })
    meet(ana, ben)
    const flows = (): readonly Edge[] =>
      [...ana.workflow.current.edges.values()].filter(({ from, to }) => from === 's2' && to === 's1')
    expect(flows()).toEqual([])
    expect(node(ana, 's2').closes).toBeNull()
    expect(ana.workflow.trace.has('s2 > s2')).toBe(true)
    expect(ana.repairs.map(({ words }) => words)).toEqual([
      'The flow from “Step 2” to a step that is gone is hidden (current map)',
      '“Step 2”: the request that it closes is gone (current map)',
      'The trace link of “Step 2” and “Step 2” is shorter: one of its steps is gone',
    ])
    expect(ana.undo()).toBe(true)
    meet(ana, ben)
    expect(flows()).toHaveLength(1)
    expect(node(ben, 's2').closes).toBe('s1')
    expect(ben.workflow.trace.get('s1 s2 > s2')?.fate).toBe('merged')
    expect(ben.repairs).toEqual([])
  })

  test('a link that became shorter can be changed and removed', () => {
    const wide = {
      ...plain,
      trace: new Map([['s0 s1 > s0', { ...blankLink, from: ['s0', 's1'], to: ['s0'], fate: 'merged' as const }]]),
    }
    const [ana, ben] = people(wide)
    ana.edit({ kind: 'remove-nodes', side: 'current', ids: ['s1'], bridge: false })
    ben.edit({ kind: 'change-link', key: 's0 s1 > s0', facts: { reason: 'one call' } })
    meet(ana, ben)
    ben.edit({ kind: 'change-link', key: 's0 > s0', facts: { reason: 'one call' } })
    meet(ana, ben)
    expect(ana.workflow.trace.get('s0 > s0')?.reason).toBe('one call')
    ana.edit({ kind: 'unlink', keys: ['s0 > s0'] })
    meet(ana, ben)
    expect(ben.workflow.trace.size).toBe(0)
  })
})

describe('undo', () => {
  test('own field goes back, that of another on the same step stays', () => {
    const [ana, ben] = people()
    ana.edit(change('s0', { clicks: 4 }))
    ben.edit(change('s0', { keys: 9 }))
    meet(ana, ben)
    expect(ana.undo()).toBe(true)
    meet(ana, ben)
    expect(node(ben, 's0')).toMatchObject({ clicks: 0, keys: 9 })
    expect(ana.redo()).toBe(true)
    expect(node(ana, 's0')).toMatchObject({ clicks: 4, keys: 9 })
  })

  test('a field that another has changed since is left alone', () => {
    const [ana, ben] = people()
    ana.edit(change('s0', { clicks: 4 }))
    meet(ana, ben)
    ben.edit(change('s0', { clicks: 7 }))
    meet(ana, ben)
    expect(ana.undo()).toBe(false)
    expect(node(ana, 's0').clicks).toBe(7)
    expect(ana.steps.undo).toBe(0)
  })

  test('an undone removal brings its flows and links back', () => {
    const [ana, ben] = people()
    const before = workflowDigest(ana.workflow)
    ana.edit({ kind: 'remove-nodes', side: 'current', ids: ['s1'], bridge: true })
    meet(ana, ben)
    expect(workflowDigest(ben.workflow)).not.toBe(before)
    ana.undo()
    meet(ana, ben)
    expect(workflowDigest(ben.workflow)).toBe(before)
  })

  test('one command is one entry, a burst is one, and nobody takes back what another did', () => {
    const [ana, ben] = people()
    ana.edit({ kind: 'together', commands: [change('s0', { clicks: 1 }), change('s1', { clicks: 1 })] })
    ana.edit(change('s0', { label: 'C' }))
    ana.edit(change('s0', { label: 'Ca' }), true)
    ana.edit(change('s0', { label: 'Cal' }), true)
    expect(ana.steps).toEqual({ undo: 2, redo: 0 })
    meet(ana, ben)
    expect(ben.steps).toEqual({ undo: 0, redo: 0 })
    expect(ben.undo()).toBe(false)
    ana.undo()
    expect(node(ana, 's0').label).toBe('Step 0')
    // What follows an undo never joins the entry before it.
    ana.edit(change('s0', { keys: 2 }), true)
    expect(ana.steps).toEqual({ undo: 2, redo: 0 })
  })

  test('a state taken over from elsewhere is no entry', () => {
    const [ana] = people()
    ana.takeOver(apply(ana.workflow, change('s0', { clicks: 6 })).workflow)
    expect(node(ana, 's0').clicks).toBe(6)
    expect(ana.steps.undo).toBe(0)
  })
})

test('1,000 edits offline on each of two sides join', () => {
  const [ana, ben] = people()
  const updates: Uint8Array[][] = [[], []]
  for (const [index, person] of [ana, ben].entries()) {
    person.onOwnChange((update) => updates[index]?.push(update))
    const random = seededRandom(`offline ${index}`)
    for (let done = 0; done < 1000; ) if (person.edit(drawnCommand(random, person.workflow)).refused === null) done++
  }
  const begin = performance.now()
  expect(ana.receive(updates[1] ?? []) && ben.receive(updates[0] ?? [])).toBe(true)
  const milliseconds = performance.now() - begin
  console.log(
    `team offline: 1,000 edits on each of two sides joined on both in ${milliseconds.toFixed(0)} ms, ${ana.repairs.length} repairs listed`,
  )
  expect(workflowDigest(ana.workflow)).toBe(workflowDigest(ben.workflow))
  expect(ana.repairs).toEqual(ben.repairs)
  expect(ana.repairs.length).toBeGreaterThan(0)
  expect(milliseconds).toBeLessThan(2000)
})

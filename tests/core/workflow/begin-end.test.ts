/** Events that a map lacks, and steps that go to another lane together: any map stays readable and can be judged. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { laneBands, sizeOf } from '../../../src/core/workflow/drawing/layout.ts'
import { placesOf } from '../../../src/core/workflow/drawing/places.ts'
import { drawEvents, missingEvents } from '../../../src/core/workflow/edit/begin-end.ts'
import { apply, type Command } from '../../../src/core/workflow/edit/edit.ts'
import { intoLane, laneFor } from '../../../src/core/workflow/edit/free-place.ts'
import { readSketch } from '../../../src/core/workflow/interop/sketch.ts'
import { handoffs } from '../../../src/core/workflow/map/graph.ts'
import { emptyWorkflow, type Graph, type Workflow } from '../../../src/core/workflow/map/workflow.ts'
import { compare } from '../../../src/core/workflow/survival/compare.ts'

const done = (workflow: Workflow, command: Command): Workflow => {
  const applied = apply(workflow, command)
  expect(applied.refused).toBe(null)
  expect(apply(applied.workflow, applied.inverse).workflow).toEqual(workflow)
  return applied.workflow
}

/** Steps in a row, each behind the last one, as hands draw them. */
function row(names: readonly string[], y = 48): Workflow {
  return names.reduce<Workflow>((map, label, at) => {
    const after = [...map.current.nodes.keys()].at(-1)
    const facts = { type: 'step' as const, label, x: 64 + at * 192, y }
    return done(map, { kind: 'add-node', side: 'current', facts, ...(after === undefined ? {} : { after }) })
  }, emptyWorkflow('drawn'))
}

const sketched = (text: string): Workflow => ({ ...emptyWorkflow('drawn'), current: readSketch(text).graph })

/** Pairs of steps that cover each other in the picture. */
function covered(graph: Graph): readonly string[] {
  const boxes = [...placesOf(graph).values()]
  return boxes.flatMap((a, at) =>
    boxes
      .slice(at + 1)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => `${a.id} ${b.id}`),
  )
}

test('a map drawn by hand gets the events it lacks, once, and is judged', () => {
  const drawn = row(['Look up patient', 'Perform test', 'Review results'])
  expect(missingEvents(drawn.current)).toEqual(['start', 'end'])
  expect(compare(drawn).blocked.length).toBeGreaterThan(0)
  const whole = done(drawn, drawEvents(drawn.current) as Command)
  expect(compare(whole).blocked).toEqual([])
  expect(covered(whole.current)).toEqual([])
  const ends = [...whole.current.edges.values()].map(({ from, to }) => `${from} ${to}`)
  expect(ends).toContain('start look-up-patient')
  expect(ends).toContain('review-results end')
  expect(whole.current.nodes.get('start')?.x).toBeLessThan(whole.current.nodes.get('look-up-patient')?.x ?? 0)
  expect(drawEvents(whole.current)).toBe(null)
  expect(drawEvents(emptyWorkflow('none').current)).toBe(null)
})

test('a start alone is drawn where only a start is asked for, before every step that nothing leads to', () => {
  const first = sketched('bare\nDesk: Take call -> Desk: Note -> end\nDesk: Open mail -> Desk: Note')
  const whole = done(first, drawEvents(first.current, ['start']) as Command)
  const from = [...whole.current.edges.values()].filter((edge) => edge.from === 'start').map(({ to }) => to)
  expect(from.sort()).toEqual(['open-mail', 'take-call'])
  expect(drawEvents(whole.current, ['end'])).toBe(null)
})

/** Steps where somebody put them, some of them in roles and some connected in turn. */
const anywhere = fc.record({
  roles: fc.nat(2),
  steps: fc.array(fc.record({ x: fc.nat(700), y: fc.nat(300), lane: fc.nat(2), leads: fc.boolean() }), {
    minLength: 1,
    maxLength: 9,
  }),
})

test('a start goes further left where another step stands before the first one', () => {
  const map = [
    { label: 'B', x: 180 },
    { label: 'A', x: 380 },
  ].reduce(
    (drawn, { label, x }) => done(drawn, { kind: 'add-node', side: 'current', facts: { type: 'step', label, x, y: 100 } }),
    emptyWorkflow('drawn'),
  )
  const flow = done(map, { kind: 'add-edge', side: 'current', from: 'a', to: 'b' })
  const whole = done(flow, drawEvents(flow.current) as Command)
  expect(covered(whole.current)).toEqual([])
  expect(whole.current.nodes.get('start')?.x).toBeLessThan(whole.current.nodes.get('b')?.x ?? 0)
})

test('wherever steps stand, neither start nor end covers one, and steps keep their distances', () => {
  fc.assert(
    fc.property(anywhere, ({ roles, steps }) => {
      const labels = ['Nurse', 'Clinician'].slice(0, roles)
      const lanes = labels.reduce(
        (map, label) => done(map, { kind: 'add-lane', side: 'current', facts: { label } }),
        emptyWorkflow('drawn'),
      )
      const drawn = steps.reduce((map, { x, y, lane }, at) => {
        const role = labels[lane]?.toLowerCase() ?? null
        return done(map, { kind: 'add-node', side: 'current', facts: { type: 'step', label: `Step ${at}`, lane: role, x, y } })
      }, lanes)
      const map = steps.reduce(
        (flowing, { leads }, at) =>
          leads && at > 0
            ? done(flowing, { kind: 'add-edge', side: 'current', from: `step-${at - 1}`, to: `step-${at}` })
            : flowing,
        drawn,
      )
      const whole = done(map, drawEvents(map.current) as Command)
      const events = covered(whole.current).filter((pair) => /\b(?:start|end)\b/.test(pair))
      expect(events).toEqual([])
      const [before, now] = [placesOf(map.current), placesOf(whole.current)]
      const shifts = [...before].map(([id, { x, y }]) => [(now.get(id)?.x ?? 0) - x, (now.get(id)?.y ?? 0) - y])
      expect(new Set(shifts.map(String)).size).toBe(1)
      expect(shifts[0]?.[1]).toBe(0)
    }),
  )
})

test('whatever steps go to whatever lane, none covers another and the lane holds them', () => {
  const places = fc.array(fc.record({ column: fc.nat(6), line: fc.nat(2) }), { minLength: 2, maxLength: 10 })
  fc.assert(
    fc.property(places, fc.nat(), (list, seed) => {
      const free = [...new Map(list.map((each) => [`${each.column} ${each.line}`, each])).values()]
      const loose = free.reduce<Workflow>(
        (map, { column, line }, at) =>
          done(map, {
            kind: 'add-node',
            side: 'current',
            facts: { type: 'step', label: `Step ${at}`, x: 64 + column * 192, y: 24 + line * 104 },
          }),
        emptyWorkflow('drawn'),
      )
      const lanes = done(loose, {
        kind: 'together',
        commands: ['Nurse', 'Clinician'].map((label) => ({ kind: 'add-lane', side: 'current', facts: { label } })),
      })
      const ids = [...lanes.current.nodes.keys()]
      const all = done(lanes, intoLane(lanes.current, ids, 'nurse'))
      const some = ids.filter((_, at) => (seed >> at) % 2 === 1)
      const after = done(all, intoLane(all.current, some, 'clinician'))
      for (const map of [all, after]) {
        expect(covered(map.current)).toEqual([])
        const bands = new Map(laneBands(map.current).map((band) => [band.id, band]))
        for (const node of map.current.nodes.values()) {
          const band = bands.get(node.lane ?? '')
          expect(node.y).toBeGreaterThanOrEqual(band?.y ?? Number.NaN)
          expect(node.y + sizeOf(node).height).toBeLessThanOrEqual((band?.y ?? 0) + (band?.height ?? 0))
        }
      }
    }),
  )
})

test('a lane grows for a step that ends below it, and only then', () => {
  const drawn = row(['Look up patient'])
  const lanes = done(drawn, { kind: 'add-lane', side: 'current', facts: { label: 'Nurse' } })
  const [band] = laneBands(lanes.current)
  expect(laneFor(lanes.current, 'nurse', (band?.height ?? 0) - 20)).toBe(null)
  const grown = done(lanes, laneFor(lanes.current, 'nurse', (band?.height ?? 0) + 40) as Command)
  expect(laneBands(grown.current)[0]?.height).toBeGreaterThan((band?.height ?? 0) + 40)
})

test('nobody hands work to an end: only flows between steps of two lanes are hand-offs', () => {
  const map = sketched('Nurse: Type results -> Clinician: Review results')
  const end = [...map.current.nodes.values()].find(({ type }) => type === 'end')?.id ?? ''
  const lane = map.current.nodes.get('type-results')?.lane ?? null
  const inLane = done(map, { kind: 'set-lane', side: 'current', ids: [end], lane })
  expect(handoffs(inLane.current)).toHaveLength(1)
})

/** Three copies of a map, the commands of the editor on each, updates in any order and some twice: one map, and nothing of it lost. */
import { expect, test } from 'vitest'
import { type Random, seededRandom } from '../../../../src/core/random.ts'
import { sides, type Workflow } from '../../../../src/core/workflow/map/workflow.ts'
import { workflowDigest } from '../../../../src/core/workflow/map/write.ts'
import { seedOf } from '../../../../src/core/workflow/together/map-document.ts'
import { SharedMap } from '../../../../src/core/workflow/together/shared-map.ts'
import { tidy } from '../../../../src/core/workflow/together/tidy.ts'
import { graphOf, identity } from '../generated.ts'
import { drawnCommand } from './drawn-commands.ts'

const runs = process.env.LONG ? 60 : 15
const perRun = 240
const step = { lane: 0, minutes: 1, wait: 0, clicks: 0, element: 0, back: false }

class Person {
  readonly map: SharedMap
  readonly inbox: Uint8Array[] = []
  readonly made = new Set<string>()
  readonly removed = new Set<string>()

  constructor(index: number, seed: Uint8Array, others: () => readonly Person[]) {
    this.map = new SharedMap({ id: 'generated', client: 1000 + index, device: `d-${index}` }, [seed])
    this.map.onOwnChange((update) => {
      for (const other of others()) if (other !== this) other.inbox.push(update)
    })
  }

  /** Does something and notes which steps it made and removed. */
  act(what: () => unknown): void {
    const before = stepIds(this.map.workflow)
    what()
    const after = stepIds(this.map.workflow)
    for (const id of after) if (!before.has(id)) this.made.add(id)
    for (const id of before) if (!after.has(id)) this.removed.add(id)
  }

  /** Takes some of what waits, in any order, one of it twice. */
  read(random: Random, all: boolean): void {
    for (let i = this.inbox.length - 1; i > 0; i--) {
      const j = random.below(i + 1)
      const [a, b] = [this.inbox[i], this.inbox[j]]
      if (a && b) [this.inbox[i], this.inbox[j]] = [b, a]
    }
    const taken = this.inbox.splice(0, all ? this.inbox.length : random.below(this.inbox.length + 1))
    expect(this.map.receive([...taken, ...taken.slice(0, 1)])).toBe(true)
  }
}

test('three people draw at once', () => {
  let [commands, repairs, differing, dangling, lost, twice] = [0, 0, 0, 0, 0, 0]
  for (let run = 0; run < runs; run++) {
    const random = seededRandom(`together ${run}`)
    const begin = identity(
      [0, 1, 2, 3].map((kind) => ({ ...step, kind })),
      (graph) => ({ ...graph, ...graphOf([{ ...step, kind: 5 }], 'future', 'screen') }),
    )
    const seed = seedOf(begin)
    const people: Person[] = []
    for (const index of [1, 2, 3]) people.push(new Person(index, seed, () => people))
    for (let turn = 0; turn < perRun; turn++) {
      const person = random.pick(people)
      const { map } = person
      const way = random.below(12)
      person.act(() => {
        if (way === 0) map.undo()
        else if (way === 1) map.redo()
        else if (map.edit(drawnCommand(random, map.workflow), random.below(4) === 0).refused === null) commands++
      })
      if (random.below(4) === 0) random.pick(people).read(random, false)
    }
    for (const person of people) person.read(random, true)
    const views = people.map(({ map }) => `${workflowDigest(map.workflow)} ${map.repairs.map(({ words }) => words).join('\n')}`)
    differing += views.filter((view) => view !== views[0]).length
    const [first] = people
    if (!first) throw new Error('nobody drew')
    const { workflow } = first.map
    for (const side of sides)
      for (const { from, to } of workflow[side].edges.values())
        if (!workflow[side].nodes.has(from) || !workflow[side].nodes.has(to)) dangling++
    repairs += first.map.repairs.length
    expect(tidy(workflow).workflow).toBe(workflow)
    const removed = new Set(people.flatMap((person) => [...person.removed]))
    const there = stepIds(workflow)
    for (const person of people) for (const id of person.made) if (!removed.has(id) && !there.has(id)) lost++
    const made = people.flatMap((person) => [...person.made].filter((id) => !removed.has(id)))
    twice += made.length - new Set(made).size
  }
  console.log(
    `team fuzz: ${commands} commands on 3 copies in ${runs} runs: ${differing} differing views, ${dangling} dangling flows, ${lost} steps lost, ${twice} ids given twice, ${repairs} repairs listed`,
  )
  expect({ differing, dangling, lost, twice }).toEqual({ differing: 0, dangling: 0, lost: 0, twice: 0 })
  expect(commands).toBeGreaterThanOrEqual(runs * 170)
  expect(repairs).toBeGreaterThan(0)
}, 600_000)

function stepIds({ current, future }: Workflow): ReadonlySet<string> {
  return new Set(
    [...current.nodes.keys()].map((id) => `current ${id}`).concat([...future.nodes.keys()].map((id) => `future ${id}`)),
  )
}

/** Commands as people draw them: over steps, lanes and flows that are there, of every kind that the editor has. */
import type { Random } from '../../../../src/core/random.ts'
import type { Command } from '../../../../src/core/workflow/edit/edit.ts'
import { blankScenario } from '../../../../src/core/workflow/map/scenario.ts'
import { type Graph, sides, type Workflow } from '../../../../src/core/workflow/map/workflow.ts'

const labels = ['Call patient', 'Sign form', 'Call patient', 'Ärzte', '電話', '', 'Check chart']

export function drawnCommand(random: Random, workflow: Workflow): Command {
  const one = <T>(list: readonly T[]): T | undefined => list[random.below(list.length)]
  const side = one(sides) ?? 'current'
  const graph: Graph = workflow[side]
  const idIn = (table: ReadonlyMap<string, unknown>): string => one([...table.keys()]) ?? 'nowhere'
  const node = (): string => idIn(graph.nodes)
  const lane = (): string => idIn(graph.lanes)
  const element = (): string => idIn(graph.elements)
  const label = (): string => one(labels) ?? ''
  const move = (): Command => ({
    kind: 'move-nodes',
    side,
    moves: [node(), node()].map((id) => ({ id, x: random.below(900), y: random.below(400), lane: one([lane(), null]) ?? null })),
  })
  const add = (): Command => ({
    kind: 'add-node',
    side,
    facts: { label: label(), lane: lane() },
    ...(random.below(2) ? { after: node() } : {}),
  })
  const makers: readonly (() => Command)[] = [
    add,
    add,
    add,
    move,
    move,
    () => ({ kind: 'change-node', side, id: node(), facts: { label: label() } }),
    () => ({ kind: 'change-node', side, id: node(), facts: { clicks: random.below(30), closes: node(), documents: node() } }),
    () => ({
      kind: 'change-node',
      side,
      id: node(),
      facts: { workaround: { cause: node() }, colour: random.below(2) ? 'red' : null },
    }),
    () => ({
      kind: 'change-node',
      side,
      id: node(),
      facts: { reads: [element()], writes: [{ element: element(), mode: 'typed' }] },
    }),
    () => ({ kind: 'remove-nodes', side, ids: [node()], bridge: random.below(2) === 0 }),
    () => ({ kind: 'set-lane', side, ids: [node(), node()], lane: lane() }),
    () => ({ kind: 'add-lane', side, facts: { label: label(), substitutes: [lane()] } }),
    () => ({ kind: 'arrange-lanes', side, order: [...graph.lanes.keys()].reverse() }),
    () => ({ kind: 'change-lane', side, id: lane(), facts: { staff: random.below(5) } }),
    () => ({ kind: 'remove-lane', side, id: lane(), moveTo: random.below(2) ? lane() : null }),
    () => ({ kind: 'add-edge', side, from: node(), to: node() }),
    () => ({ kind: 'add-edge', side, from: node(), to: node() }),
    () => ({ kind: 'put-into', side, id: node(), edge: idIn(graph.edges) }),
    () => ({ kind: 'change-edge', side, id: idIn(graph.edges), facts: { to: node(), probability: random.below(10) / 10 } }),
    () => ({ kind: 'remove-edges', side, ids: [idIn(graph.edges)] }),
    () => ({
      kind: 'put-element',
      side,
      element: { id: `e${random.below(5)}`, label: label(), record: true, safety: false, extra: {} },
    }),
    () => ({ kind: 'remove-element', side, id: element() }),
    () => ({ kind: 'rename', side, label: label() }),
    () => ({ kind: 'duplicate', side, ids: [node(), node()], dx: 16, dy: 16 }),
    () => ({ kind: 'group', side, ids: [node(), node()], label: label() }),
    () => ({ kind: 'ungroup', side, id: [...graph.nodes.values()].find(({ type }) => type === 'subworkflow')?.id ?? node() }),
    () => ({ kind: 'link', link: { from: [idIn(workflow.current.nodes)], to: [idIn(workflow.future.nodes)], reason: label() } }),
    () => ({
      kind: 'link',
      link: {
        from: [idIn(workflow.current.nodes)],
        to: [idIn(workflow.future.nodes), idIn(workflow.future.nodes)],
        fate: 'split',
      },
    }),
    () => ({ kind: 'change-link', key: idIn(workflow.trace), facts: { reason: label() } }),
    () => ({ kind: 'unlink', keys: [idIn(workflow.trace)] }),
    () => ({
      kind: 'set-scenario',
      scenario:
        random.below(6) === 0
          ? null
          : {
              ...(workflow.scenario ?? blankScenario),
              seed: random.below(9),
              staff: new Map([
                ...(workflow.scenario?.staff ?? []),
                [lane(), { count: random.below(4), calendar: null, offShift: 'finish' }],
              ]),
            },
    }),
    () => ({ kind: 'together', commands: [add(), move()] }),
  ]
  return one(makers)?.() ?? add()
}

/** DB03: somebody types what is already written down. */
import { depths } from '../graph.ts'
import { klmSeconds } from '../klm.ts'
import { classOf, type Node } from '../workflow.ts'
import { factOf, idsOf, raised, type Side, stepsOf, timeFact } from './side.ts'
import { type Firing, firing, type SurvivalRule, untold } from './survival-rule.ts'

export const reKeying: SurvivalRule = {
  code: 'workflow/re-keying',
  db: 'DB03',
  title: 'The same data is typed twice',
  why: 'Typing again takes time and makes errors: of 6,930 hand-entered glucose values 3.7 % were wrong (PMC6351970).',
  remedy: 'Connect the source (interface, device link, auto-fill), or move the first entry into the record.',
  severity: 'error',
  metric: { name: 'second entry', unit: 'seconds per case' },
  both: false,
  examples: {
    flags: [
      {
        name: 'vitals on paper, typed later',
        subject: {
          map: 'MA: Note vitals {paper 1m reads=none writes=bp:typed} -> MA: Type vitals {transcribe screen 2m reads=bp writes=bp:typed}',
        },
      },
      {
        name: 'a print-out is typed off',
        subject: {
          map: 'MA: Print reading {paper 1m reads=none writes=bp:auto} -> MA: Enter {enter screen 1m reads=bp writes=bp:typed}',
        },
      },
    ],
    passes: [
      {
        name: 'typed once, filled in automatically once',
        subject: {
          map: 'MA: Type vitals {enter screen 1m reads=none writes=bp:typed} -> MA: Open chart {do screen 1m reads=bp writes=bp:auto}',
        },
      },
      {
        name: 'two different elements',
        subject: {
          map: 'MA: Type pressure {enter screen 1m reads=none writes=bp:typed} -> MA: Type weight {enter screen 1m reads=none writes=weight:typed}',
        },
      },
    ],
  },
  *find(side) {
    const steps = stepsOf(side).filter(({ node }) => node.type !== 'wait')
    const silent = steps.filter(
      ({ node }) => node.writes === null && (node.medium === null || classOf(node.medium) !== 'machine'),
    )
    for (const { node } of silent) yield untold([node.id], [`what “${node.label}” writes`])
    for (const { at, node } of steps) {
      const typed = typedBy(node)
      if (typed.size > 0) yield* judge(side, at, node, typed, steps)
    }
  },
}

function* judge(
  side: Side,
  at: number,
  node: Node,
  typed: ReadonlySet<string>,
  steps: readonly { readonly at: number; readonly node: Node }[],
): Iterable<Firing> {
  const again = new Set<string>()
  const sources: Node[] = []
  for (const { at: from, node: earlier } of steps) {
    if (from === at || !side.view.reaches(from, at)) continue
    // In a loop both reach each other; the one that is entered first is the source.
    if (side.view.reaches(at, from) && side.view.groupOf[from] === side.view.groupOf[at] && !before(side, from, at)) continue
    const shared = (earlier.writes ?? []).filter(
      (write) => typed.has(write.element) && isSource(write.mode, earlier, node, write.element),
    )
    if (shared.length === 0) continue
    sources.push(earlier)
    for (const write of shared) again.add(write.element)
  }
  if (node.kind === 'transcribe') for (const element of typed) again.add(element)
  if (again.size === 0) return
  const nodes = [...sources, node]
  const visits = side.times.steps[at]?.visits ?? 0
  const touch = side.times.steps[at]?.touch ?? null
  const each = touch ?? klmSeconds(node)?.least ?? null
  const seconds = (each ?? 0) * visits
  yield firing({
    subject: idsOf(nodes),
    metric: seconds,
    minutes: each === null ? null : seconds / 60,
    missing: each === null ? [`working time or clicks of “${node.label}”`] : [],
    severity: raised(side, nodes, 'error'),
    facts: [
      factOf('typed again', [...again].sort().join(', '), `${again.size} elements`, nodes),
      factOf('typed first at', sources.map((source) => source.label).join(', ') || 'a source outside the map', '', nodes),
      timeFact(side, 'second entry', seconds, 'seconds per case'),
    ],
  })
}

/** Typed before; or lying on paper (or another physical medium) from which this step reads. */
function isSource(mode: string, earlier: Node, later: Node, element: string): boolean {
  if (mode === 'typed') return true
  const physical = earlier.medium !== null && classOf(earlier.medium) === 'physical'
  return physical && (later.reads ?? []).includes(element)
}

/** In a loop the step that a case meets first. */
function before(side: Side, a: number, b: number): boolean {
  const depth = depths(side.view)
  return (depth[a] ?? 0) < (depth[b] ?? 0)
}

function typedBy(node: Node): ReadonlySet<string> {
  return new Set((node.writes ?? []).filter((write) => write.mode === 'typed').map((write) => write.element))
}

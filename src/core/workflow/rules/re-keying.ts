/** DB03: somebody types what is already written down. */
import { klmSeconds } from '../map/klm.ts'
import { classOf, type Node } from '../map/workflow.ts'
import { comesBefore, isOnlyException } from './reaching.ts'
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
  reads: ['clicks', 'keys'],
  levers: [
    { practice: 'integral-technology', how: 'One record that both steps share.' },
    { practice: 'task-automation', how: 'Fill it in from the source.' },
  ],
  *find(side) {
    const steps = stepsOf(side).filter(({ node }) => node.type !== 'wait')
    const silent = steps.filter(
      ({ node }) => node.writes === null && (node.medium === null || classOf(node.medium) !== 'machine'),
    )
    for (const { node } of silent) yield untold([node.id], [`what “${node.label}” writes`])
    const writers = new Map<string, Step[]>()
    for (const step of steps)
      for (const { element } of step.node.writes ?? []) {
        const list = writers.get(element)
        if (list) list.push(step)
        else writers.set(element, [step])
      }
    for (const { at, node } of steps) {
      const typed = typedBy(node)
      // What is entered again because it went wrong is rework, which has a rule of its own.
      if (typed.size > 0 && node.kind !== 'exception' && !isOnlyException(side, at)) yield* judge(side, at, node, typed, writers)
    }
  },
}

interface Step {
  readonly at: number
  readonly node: Node
}

function* judge(
  side: Side,
  at: number,
  node: Node,
  typed: ReadonlySet<string>,
  writers: ReadonlyMap<string, readonly Step[]>,
): Iterable<Firing> {
  const again = new Set<string>()
  const found = new Map<number, Node>()
  let faint = node.kind !== 'transcribe'
  for (const element of typed)
    for (const { at: from, node: earlier } of writers.get(element) ?? []) {
      if (from === at || !comesBefore(side, from, at) || addsWhatIsNew(node, element)) continue
      if (!(earlier.writes ?? []).some((write) => write.element === element && isSource(write.mode, earlier, node, element)))
        continue
      found.set(from, earlier)
      again.add(element)
      // Picked from a list and then typed elsewhere is entered twice too, but nobody types it twice.
      if ((earlier.writes ?? []).some((write) => write.element === element && write.mode !== 'picked')) faint = false
    }
  const sources = [...found].sort(([a], [b]) => a - b).map(([, earlier]) => earlier)
  if (node.kind === 'transcribe') for (const element of typed) again.add(element)
  if (again.size === 0) return
  const nodes = [...sources, node]
  const visits = side.times.steps[at]?.visits ?? 0
  const touch = side.times.steps[at]?.touch ?? null
  const each = touch ?? klmSeconds(node)?.least ?? null
  const seconds = (each ?? 0) * visits
  yield firing({
    subject: idsOf(nodes),
    at: node.id,
    faint,
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

/** Who says what the step reads, and not this, says that it writes something of its own. */
function addsWhatIsNew({ kind, reads }: Node, element: string): boolean {
  return kind !== 'transcribe' && reads !== null && !reads.includes(element)
}

/** Entered by hand before; or lying on paper (or another physical medium), or in a system of others, from which this step reads. */
function isSource(mode: string, earlier: Node, later: Node, element: string): boolean {
  if (mode === 'typed' || mode === 'picked') return true
  const physical = earlier.medium !== null && classOf(earlier.medium) === 'physical'
  return (physical || earlier.external) && (later.reads ?? []).includes(element)
}

function typedBy(node: Node): ReadonlySet<string> {
  return new Set((node.writes ?? []).filter((write) => write.mode === 'typed').map((write) => write.element))
}

/** DB12: what was done is written down much later, or travels on paper until it is. */
import { classOf, type Node } from '../map/workflow.ts'
import { walkFrom } from './reaching.ts'
import { factOf, idsOf, leadOf, raised, type Side, stepsOf, thresholdFact, timeFact } from './side.ts'
import { type Firing, firing, type SurvivalRule, untold } from './survival-rule.ts'

export const deferredDocumentation: SurvivalRule = {
  code: 'workflow/deferred-documentation',
  db: 'DB12',
  title: 'Work is documented long after it was done',
  why: 'Until it is entered nobody else sees it, and memory fills the gaps; automatic vitals saved 96 s per reading and 75 % of the errors (Meccariello).',
  remedy: 'Enter it where and when it happens, or connect the device.',
  severity: 'warning',
  metric: { name: 'delay of the entry', unit: 'minutes' },
  both: false,
  reads: ['documents', 'entryDelay'],
  levers: [
    { practice: 'task-automation', how: 'Connect the device, so that the act documents itself.' },
    { practice: 'integral-technology', how: 'Enter at the point of care.' },
  ],
  *find(side) {
    for (const { at, node } of stepsOf(side)) {
      if (node.type === 'wait' || (node.documents === null && node.entryDelay === null)) continue
      yield* judge(side, at, node)
    }
  },
}

function* judge(side: Side, at: number, node: Node): Iterable<Firing> {
  const { view } = side
  const act = node.documents === null ? at : view.indexOf.get(node.documents)
  if (act === undefined) {
    yield untold([node.id], [`the step that “${node.label}” documents`])
    return
  }
  if (node.writes === null) {
    yield untold([node.id], [`what “${node.label}” writes`])
    return
  }
  if (node.writes.length === 0) return
  const between = act === at ? [] : stepsBetween(side, act, at)
  const paper = between.filter((step) => carriesOnPaper(side, step, act, node))
  const { minutes, missing } = delayOf(side, node, at, act, between)
  const limit = side.policy['deferred-documentation.delay'].value
  const late = minutes !== null && minutes > limit
  if (!late && paper.length === 0) {
    if (missing.length > 0) yield untold([node.id], missing)
    return
  }
  const acted = view.nodes[act]
  const nodes = [...new Set([...(acted ? [acted] : []), node])]
  const own = paper.flatMap((step) => view.nodes[step] ?? [])
  yield firing({
    subject: idsOf([...new Set([...nodes, ...own])]),
    metric: minutes ?? 0,
    minutes: null,
    missing,
    severity: raised(side, nodes, 'warning') === 'critical' ? 'critical' : 'warning',
    facts: [
      factOf('documents', acted?.label ?? '', '', nodes),
      ...(minutes === null ? [] : [timeFact(side, 'delay of the entry', minutes, 'minutes')]),
      factOf('lies on paper between', own.map((each) => each.label).join(', ') || 'nothing', '', nodes),
      thresholdFact(side, 'deferred-documentation.delay'),
    ],
  })
}

/** Steps on ways from the act to the entry; the act itself counts, because what it notes may lie there. */
function stepsBetween(side: Side, act: number, entry: number): readonly number[] {
  const { view } = side
  const reached = walkFrom(
    [act],
    (from) => (view.out[from] ?? []).map((flow) => flow.to),
    (to) => to !== entry,
  )
  return view.steps.filter((step) => step === act || (step !== entry && reached.has(step) && view.reaches(step, entry)))
}

/** The act is noted on paper, or a step in between holds what is entered later on a physical medium. */
function carriesOnPaper(side: Side, step: number, act: number, entry: Node): boolean {
  const node = side.view.nodes[step]
  if (!node?.medium || classOf(node.medium) !== 'physical' || node.medium === 'verbal' || node.medium === 'phone') return false
  const entered = new Set((entry.writes ?? []).map((write) => write.element))
  const held = [...(node.reads ?? []), ...(node.writes ?? []).map((write) => write.element)]
  return step === act ? (node.writes ?? []).some((write) => entered.has(write.element)) : held.some((id) => entered.has(id))
}

/** Stated, or the time that passes on the way from the end of the act to the beginning of the entry. */
function delayOf(
  side: Side,
  node: Node,
  at: number,
  act: number,
  between: readonly number[],
): { readonly minutes: number | null; readonly missing: readonly string[] } {
  if (node.entryDelay !== null) return { minutes: node.entryDelay / 60, missing: [] }
  if (act === at) return { minutes: null, missing: [`delay between “${node.label}” and what it documents`] }
  let minutes = 0
  const missing: string[] = []
  for (const step of [...between.filter((each) => each !== act), at]) {
    const lead = leadOf(side, step)
    missing.push(...lead.missing)
    // Steps beside the way count by the share of cases that pass them.
    const part = step === at ? lead.waitMinutes : lead.minutes
    minutes += part ?? 0
  }
  return missing.length > 0 ? { minutes: null, missing } : { minutes, missing: [] }
}

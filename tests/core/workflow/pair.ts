/** Builds a workflow from two sketches; steps of equal label are traced to each other unless the trace says otherwise. */

import { readSketch } from '../../../src/core/workflow/interop/sketch.ts'
import { blankScenario, type Scenario } from '../../../src/core/workflow/map/scenario.ts'
import { blankLink, isStep, linkKey, type TraceLink, type Workflow } from '../../../src/core/workflow/map/workflow.ts'
import { type CompareFinding, compare } from '../../../src/core/workflow/survival/compare.ts'
import { inferFate } from '../../../src/core/workflow/trace/trace.ts'

export interface Pair {
  readonly current: string
  readonly future: string
  /** `Old step => New step`, `Old step => Step, Step`, `Old step =x reason`; steps not named are traced by equal label. */
  readonly trace?: string
  readonly perHour?: number
  readonly scenario?: Scenario
}

export function workflowOf(pair: Pair): Workflow {
  const current = readSketch(pair.current, 'current', 'pair')
  const future = readSketch(pair.future, 'future', 'pair')
  const problems = [...current.problems, ...future.problems]
  if (problems.length > 0) throw new Error(problems.map((problem) => problem.sentence).join('\n'))
  const perHour = pair.perHour
  const scenario = pair.scenario ?? (perHour === undefined ? null : { ...blankScenario, arrivals: [{ node: 'start', perHour }] })
  const bare: Workflow = { id: 'pair', current: current.graph, future: future.graph, trace: new Map(), scenario }
  const links: TraceLink[] = []
  const told = new Set<string>()
  const idOf = (side: 'current' | 'future', label: string): string => {
    for (const node of bare[side].nodes.values()) if (node.label === label.trim()) return node.id
    throw new Error(`No step "${label}"`)
  }
  for (const line of (pair.trace ?? '').split('\n').filter((text) => text.trim() !== '')) {
    const gone = /^(.*?)=x(.*)$/.exec(line)
    const [left = '', right = ''] = gone ? [gone[1] ?? '', ''] : line.split('=>')
    const from = left.split(',').map((label) => idOf('current', label))
    for (const id of from) told.add(id)
    if (gone) {
      const reason = (gone[2] ?? '').trim()
      if (reason !== '') links.push({ ...blankLink, from, to: [], fate: 'eliminated', reason, by: 'analyst' })
      continue
    }
    const to = right.trim() === '' ? [] : right.split(',').map((label) => idOf('future', label))
    if (to.length > 0) links.push({ ...blankLink, from, to, fate: inferFate(bare, from, to) })
  }
  for (const node of current.graph.nodes.values()) {
    if (!isStep(node) || told.has(node.id)) continue
    const twin = [...future.graph.nodes.values()].find((other) => isStep(other) && other.label === node.label)
    if (twin) links.push({ ...blankLink, from: [node.id], to: [twin.id], fate: inferFate(bare, [node.id], [twin.id]) })
  }
  return { ...bare, trace: new Map(links.map((link) => [linkKey(link), link])) }
}

/** `outcome` of every finding of a rule, as `outcome: current > future`. */
export function outcomesOf(pair: Pair, code: string): readonly string[] {
  const workflow = workflowOf(pair)
  const comparison = compare(workflow)
  if (comparison.blocked.length > 0) throw new Error(comparison.blocked.join('\n'))
  return comparison.findings.filter((finding) => finding.code === code).map((finding) => described(workflow, finding))
}

export function described(workflow: Workflow, finding: CompareFinding): string {
  const label = (side: 'current' | 'future', id: string): string => workflow[side].nodes.get(id)?.label ?? id
  return `${finding.outcome}: ${finding.current.map((id) => label('current', id)).join(', ')} > ${finding.future.map((id) => label('future', id)).join(', ')}`
}

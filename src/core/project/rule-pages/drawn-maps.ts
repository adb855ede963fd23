/** An example of a rule over workflows as pictures of its small maps; the steps that flag are marked, and the facts are told. */
import { placed } from '../../workflow/drawing/layout.ts'
import { readSketch } from '../../workflow/interop/sketch.ts'
import { writeSvg } from '../../workflow/interop/svg.ts'
import { viewOf } from '../../workflow/map/graph.ts'
import { defaultPolicy } from '../../workflow/map/policy.ts'
import { blankScenario } from '../../workflow/map/scenario.ts'
import { blankLink, type Graph, isStep, linkKey, type Workflow } from '../../workflow/map/workflow.ts'
import { survivalRules } from '../../workflow/rules/index.ts'
import { sidesOf } from '../../workflow/rules/side.ts'
import type { Firing, SketchCase } from '../../workflow/rules/survival-rule.ts'
import { structureRules } from '../../workflow/structure/index.ts'
import { inferFate } from '../../workflow/trace/trace.ts'
import type { Part } from './parts.ts'

/** Both maps of a case; steps of the same name are traced to each other. */
function workflowOf({ map, before, perHour }: SketchCase): Workflow {
  const bare: Workflow = {
    id: 'example',
    current: readSketch(before ?? map, 'current', 'Today').graph,
    future: readSketch(map, 'future', 'Future').graph,
    trace: new Map(),
    scenario: perHour === undefined ? null : { ...blankScenario, arrivals: [{ node: 'start', perHour }] },
  }
  const links = [...bare.current.nodes.values()].filter(isStep).flatMap(({ id, label }) => {
    const twin = [...bare.future.nodes.values()].find((node) => isStep(node) && node.label === label)
    return twin ? [{ ...blankLink, from: [id], to: [twin.id], fate: inferFate(bare, [id], [twin.id]) }] : []
  })
  return { ...bare, trace: new Map(links.map((link) => [linkKey(link), link])) }
}

export function drawnCase(code: string, subject: SketchCase): readonly Part[] {
  const rule = survivalRules.find((each) => each.code === code)
  if (!rule) return []
  const workflow = workflowOf(subject)
  const evidence = subject.evidence ? new Map(Object.entries(subject.evidence)) : null
  const sides = sidesOf(workflow, defaultPolicy, { current: null, future: null }, evidence)
  // A step of today that goes nowhere is a step of the current map.
  const name = code === 'workflow/untraced-step' ? 'current' : 'future'
  const fired = [...rule.find(sides[name])].filter(({ fires, faint }) => fires && !faint)
  const marked = new Set(fired.flatMap(({ subject: steps }) => steps))
  const pair = subject.before !== undefined && subject.before !== subject.map
  const parts: Part[] = []
  if (pair) parts.push(picture('Today', workflow.current, name === 'current' ? marked : none, subject.before ?? ''))
  parts.push(picture(pair ? 'Future' : 'Map', workflow.future, name === 'future' || !pair ? marked : none, subject.map))
  if (subject.perHour !== undefined)
    parts.push({ kind: 'words', text: `${subject.perHour} cases arrive per hour, day and night.` })
  for (const [element, state] of Object.entries(subject.evidence ?? {}))
    parts.push({ kind: 'words', text: `Data element “${element}”: ${state}.` })
  parts.push({
    kind: 'words',
    text: fired.length === 0 ? 'Nothing is flagged.' : fired.map((each) => told(each, workflow[name])).join(' '),
  })
  return parts
}

export function drawnMap(code: string, sketch: string): readonly Part[] {
  const rule = structureRules.find((each) => each.code === code)
  if (!rule) return []
  const { graph } = readSketch(sketch)
  const flaws = [...rule.find(viewOf(graph))]
  const words = flaws.length === 0 ? 'Nothing is flagged.' : flaws.map(({ sentence }) => sentence).join(' ')
  return [
    picture('Map', graph, new Set(flaws.flatMap(({ nodes }) => nodes)), sketch),
    { kind: 'words', text: flaws.length === 0 ? words : `Flagged: ${words}` },
  ]
}

const none: ReadonlySet<string> = new Set()

/** Marked steps are amber, and a triangle stands before their names. */
function picture(title: string, graph: Graph, marked: ReadonlySet<string>, sketch: string): Part {
  const nodes = new Map(
    [...graph.nodes].map(([id, node]) => [
      id,
      marked.has(id) && node.type !== 'start' && node.type !== 'end'
        ? { ...node, colour: 'amber' as const, label: `▲ ${node.label}` }
        : node,
    ]),
  )
  // Where the example itself says where its shapes lie, they stay there.
  const isPlaced = [...graph.nodes.values()].some(({ x, y }) => x !== 0 || y !== 0)
  const shown = { ...graph, label: title, nodes }
  return { kind: 'picture', title, svg: writeSvg(isPlaced ? shown : placed(shown)), sketch }
}

function told({ subject, facts }: Firing, graph: Graph): string {
  const names = subject.map((id) => `“${graph.nodes.get(id)?.label ?? id}”`).join(', ')
  const words = facts
    .filter(({ name, value }) => !name.startsWith('threshold ') && value !== null && value !== '')
    .map(({ name, value, unit }) => `${name}: ${valueText(value)}${unit ? ` ${unit}` : ''}`)
  return `Flagged: ${names}${words.length === 0 ? '' : ` (${words.join('; ')})`}.`
}

function valueText(value: number | string | boolean | null): string {
  if (typeof value === 'number') return String(Math.round(value * 1000) / 1000)
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : (value ?? 'nothing')
}

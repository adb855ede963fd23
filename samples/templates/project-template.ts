/** A whole project to begin with: pairs of maps, a register of risks and a plan, as work of this kind is usually found. All of it is an example. */
import type { InputKind } from '../../src/core/readiness/input-files/files.ts'
import { csvText } from '../../src/core/readiness/input-files/write-input.ts'
import { addDays } from '../../src/core/values/day.ts'
import { placed } from '../../src/core/workflow/drawing/layout.ts'
import { readSketch } from '../../src/core/workflow/interop/sketch.ts'
import {
  blankEdge,
  blankLink,
  blankNode,
  type Graph,
  isStep,
  linkKey,
  type TraceLink,
  type Workflow,
} from '../../src/core/workflow/map/workflow.ts'
import { inferFate } from '../../src/core/workflow/trace/trace.ts'
import { assumedMap } from './clinic-processes.ts'
import type { TemplateId } from './names.ts'

/** A current and a future map in the notation of `interop/sketch.ts`. */
interface TemplatePair {
  readonly id: string
  readonly title: string
  readonly current: string
  readonly future: string
  /** Names of steps: `Key request => Read request`; several on one side with `+`. What no line names goes nowhere: the team decides. */
  readonly trace: string
}

export interface ProjectTemplate {
  readonly id: TemplateId
  readonly pairs: readonly TemplatePair[]
  /** What breaks, why, how it is avoided, likelihood, severity (1 to 5), who answers, days before go-live. */
  readonly risks: readonly (readonly [string, string, string, number, number, string, number])[]
  /** Who is told, and for which role each is trained, in hours, after go-live. */
  readonly roles: readonly string[]
  /** Days from today until go-live. */
  readonly days: number
}

/** What a template brings into a project. */
interface TemplateContent {
  readonly workflows: readonly Workflow[]
  readonly files: ReadonlyMap<InputKind, string>
}

/** @param today YYYY-MM-DD: the plan is dated from it */
export function templateContent(template: ProjectTemplate, today: string): TemplateContent {
  return { workflows: template.pairs.map(templateWorkflow), files: templateFiles(template, today) }
}

export function templateWorkflow(pair: TemplatePair): Workflow {
  const { id, title } = pair
  const current = placed(withJoins(assumedMap({ id, title, sketch: pair.current }, 'current')))
  const future = placed(withJoins(assumedMap({ id, title, sketch: pair.future }, 'future')))
  const drawn: Workflow = { id, current, future, trace: new Map(), scenario: null }
  const links = pair.trace
    .trim()
    .split('\n')
    .map((line) => linkOf(drawn, line))
  return { ...drawn, trace: new Map(links.map((link) => [linkKey(link), link])) }
}

/** Where several flows meet before a step, one gateway joins them. */
function withJoins(graph: Graph): Graph {
  const [nodes, edges] = [new Map(graph.nodes), new Map(graph.edges)]
  for (const node of graph.nodes.values()) {
    const into = [...graph.edges.values()].filter(({ to, exception }) => to === node.id && !exception)
    if (!isStep(node) || into.length < 2) continue
    const id = `${node.id}-join`
    nodes.set(id, { ...blankNode, id, type: 'decision', lane: node.lane })
    for (const edge of into) edges.set(edge.id, { ...edge, to: id })
    edges.set(`${id}-flow`, { ...blankEdge, id: `${id}-flow`, from: id, to: node.id, probability: 1 })
  }
  return { ...graph, nodes, edges }
}

function linkOf(drawn: Workflow, line: string): TraceLink {
  const [left = '', right = ''] = line.split('=>')
  const from = stepsNamed(drawn.current, left)
  const to = stepsNamed(drawn.future, right)
  return { ...blankLink, from, to, fate: inferFate(drawn, from, to) }
}

/** @throws {Error} where the template names a step that its map does not have */
function stepsNamed(graph: Graph, names: string): readonly string[] {
  const ids = names.split('+').map((name) => {
    const node = [...graph.nodes.values()].find(({ label }) => label === name.trim())
    if (!node) throw new Error(`${graph.id}, ${graph.side}: no step is called “${name.trim()}”`)
    return node.id
  })
  return ids.sort()
}

/** Problems of the notation, for tests. */
export function templateProblems(pair: TemplatePair): readonly string[] {
  return [pair.current, pair.future].flatMap((sketch) => readSketch(sketch.trim()).problems.map(({ sentence }) => sentence))
}

function templateFiles(template: ProjectTemplate, today: string): TemplateContent['files'] {
  const goLive = addDays(today, template.days)
  const before = (days: number): string => addDays(goLive, -days)
  const share = (part: number): string => before(Math.round(template.days * part))
  const plan: readonly (readonly string[])[] = [
    ['planning', today],
    ['contract', share(0.85)],
    ['configuration', share(0.35)],
    ['training', before(14)],
    ['rehearsal', before(28)],
    ['go-live', goLive],
    ['optimization-end', before(-365)],
  ]
  const parts = ['why', 'timeline', 'support', 'feedback', 'success']
  return new Map<InputKind, string>([
    ['milestones', csvText([['milestone', 'planned_on', 'done_on'], ...plan.map((row) => [...row, ''])])],
    [
      'risks',
      csvText([
        ['id', 'what', 'why', 'avoid', 'likelihood', 'severity', 'owner', 'due', 'closed_on', 'evidence'],
        ...template.risks.map(([what, why, avoid, likelihood, severity, owner, days], at) => [
          `R${at + 1}`,
          ...[what, why, avoid, String(likelihood), String(severity), owner, before(days)],
          ...['', ''],
        ]),
      ]),
    ],
    [
      'training-plan',
      csvText([
        ['month', 'hours', 'topic'],
        ...template.roles.map((role, at) => [String(1 + (at % 3)), '4', `practice of the new way of work: ${role}`]),
        ['3', '6', 'refresher after three months, all roles'],
      ]),
    ],
    [
      'communication',
      csvText([
        ['role', 'part', 'sent_on', 'people', 'reached'],
        ...template.roles.flatMap((role) => parts.map((part) => [role, part, '', '', ''])),
      ]),
    ],
  ])
}

/** One-line notation for maps: rule examples, tests and pasted lists. `Desk: Take call {phone 3m} -> MD: Sign {approve paper 1m}`. */
import type { Distribution } from '../map/distribution.ts'
import { slugOf } from '../map/slug.ts'
import {
  blankEdge,
  blankLane,
  blankNode,
  type Edge,
  type Element,
  emptyGraph,
  type Graph,
  type Lane,
  type Node,
  type WorkflowSide,
} from '../map/workflow.ts'
import { readTime, readTokens, textOfDistribution } from './sketch-facts.ts'

export interface SketchProblem {
  readonly line: number
  readonly sentence: string
}

export interface Sketched {
  readonly graph: Graph
  readonly problems: readonly SketchProblem[]
}

const arrow = /\s-(?:([^>]*?)-)?>\s/

/**
 * Lines: `lane MD staff=1`, `element dose record safety`, a flow `A: x {…} -0.05 reject-> B: y`, or `step | role | minutes`.
 * A map without declared events gets one start before what nothing leads to (or what is named first), and one end behind what
 * leads nowhere; the line `bare` leaves both out.
 */
export function readSketch(text: string, side: WorkflowSide = 'current', id = 'sketch'): Sketched {
  const draft = new Draft(emptyGraph(id, side, id))
  for (const [index, raw] of text.split(/\r?\n/).entries()) draft.line(raw.trim(), index + 1)
  return { graph: draft.done(), problems: draft.problems }
}

class Draft {
  readonly problems: SketchProblem[] = []
  private readonly lanes = new Map<string, Lane>()
  private readonly elements = new Map<string, Element>()
  private readonly nodes = new Map<string, Node>()
  private readonly edges = new Map<string, Edge>()
  private readonly byName = new Map<string, string>()
  private readonly base: Graph
  private listed: string | null = null
  private bare = false

  constructor(base: Graph) {
    this.base = base
  }

  line(text: string, line: number): void {
    if (text === '' || text.startsWith('#')) return
    if (text === 'bare') this.bare = true
    else if (/^lane\s/.test(text)) this.lane(text.slice(5), line)
    else if (/^element\s/.test(text)) this.element(text.slice(8), line)
    else if (text.includes('|') && !arrow.test(text)) this.listedStep(text, line)
    else this.flow(text, line)
  }

  private flow(text: string, line: number): void {
    let rest = text
    let before: { id: string; label: string } | null = null
    for (;;) {
      const found = arrow.exec(rest)
      const part = found ? rest.slice(0, found.index) : rest
      // For examples of broken maps: a flow that ends at nothing.
      const id: string | null = before && part.trim() === 'nowhere' ? 'nowhere' : this.node(part, line)
      if (id === null) return
      if (before) this.edge(before.id, id, before.label, line)
      if (!found) return
      before = { id, label: (found[1] ?? '').trim() }
      rest = rest.slice(found.index + found[0].length)
    }
  }

  done(): Graph {
    const { base, lanes, elements, nodes, edges } = this
    if (!this.bare) this.addEvents()
    return { ...base, lanes, elements, nodes, edges }
  }

  private addEvents(): void {
    const entered = new Set([...this.edges.values()].map((edge) => edge.to))
    const left = new Set([...this.edges.values()].map((edge) => edge.from))
    const all = [...this.nodes.values()].filter((node) => node.type !== 'note' && node.type !== 'document')
    const types = new Set(all.map((node) => node.type))
    if (!types.has('start') && all.length > 0) {
      const unentered = all.filter((node) => !entered.has(node.id))
      const first = unentered.length > 0 ? unentered : all.slice(0, 1)
      this.nodes.set('start', { ...blankNode, id: 'start', type: 'start', label: 'Start' })
      for (const node of first) this.plain('start', node.id, first.length === 1 ? 1 : null)
    }
    if (!types.has('end') && all.length > 0) {
      this.nodes.set('end', { ...blankNode, id: 'end', type: 'end', label: 'End' })
      for (const node of all) if (!left.has(node.id)) this.plain(node.id, 'end', 1)
    }
  }

  private lane(text: string, line: number): void {
    const [label = '', ...tokens] = words(text)
    const lane = this.laneNamed(label)
    let next: Lane = lane
    for (const token of tokens) {
      const [name = '', value = ''] = token.split('=')
      const number = Number(value)
      if (name === 'staff' || name === 'licence') next = { ...next, [name]: number }
      else if (name === 'calendar') next = { ...next, calendar: value }
      else if (name === 'sla') next = { ...next, sla: readTime(value) }
      else if (name === 'wage') next = { ...next, wagePerHour: number }
      else if (name === 'mobile' || name === 'fixed') next = { ...next, mobile: name === 'mobile' }
      else if (name === 'substitutes') next = { ...next, substitutes: value.split('+') }
      else this.problems.push({ line, sentence: `Line ${line}: a lane takes no “${token}”.` })
    }
    this.lanes.set(lane.id, next)
  }

  private element(text: string, line: number): void {
    const [id = '', ...flags] = words(text)
    for (const flag of flags)
      if (flag !== 'record' && flag !== 'safety')
        this.problems.push({ line, sentence: `Line ${line}: an element takes no “${flag}”.` })
    this.elements.set(id, { id, label: id, record: flags.includes('record'), safety: flags.includes('safety'), extra: {} })
  }

  private listedStep(text: string, line: number): void {
    const [label = '', role = '', minutes = ''] = text.split('|').map((part) => part.trim())
    const time = minutes === '' ? null : Number(minutes.replace(',', '.').replace(/\s*min.*$/, ''))
    if (time !== null && !(time >= 0)) {
      this.problems.push({ line, sentence: `Line ${line}: “${minutes}” is not a number of minutes.` })
      return
    }
    const service: Distribution | null = time === null ? null : { dist: 'constant', value: time * 60 }
    const lane = role === '' ? null : this.laneNamed(role).id
    const id = slugOf(label, this.nodes, 'step')
    this.nodes.set(id, { ...blankNode, id, label, lane, kind: 'do', service })
    if (this.listed !== null) this.plain(this.listed, id, 1)
    this.listed = id
  }

  private laneNamed(label: string): Lane {
    for (const lane of this.lanes.values()) if (lane.label === label) return lane
    const lane = { ...blankLane, id: slugOf(label, this.lanes, 'lane'), label, order: this.lanes.size }
    this.lanes.set(lane.id, lane)
    return lane
  }

  /** A step named again without facts is the same step. */
  private node(text: string, line: number): string | null {
    const found = /^(?:([^:{}]+):\s+)?([^{}]+?)\s*(?:\{([^{}]*)\})?$/.exec(text.trim())
    const label = found?.[2]?.trim()
    if (!found || label === undefined) {
      this.problems.push({ line, sentence: `Line ${line}: “${text.trim()}” is not a step; write Role: Step {facts}.` })
      return null
    }
    const role = found[1]?.trim()
    const lane = role === undefined ? null : this.laneNamed(role).id
    const name = `${lane ?? ''}\n${label}`
    const known = this.byName.get(name) ?? (lane === null ? this.anyNamed(label) : undefined)
    const id = known ?? slugOf(label, this.nodes, 'step')
    const plain: Node = { ...blankNode, id, label, lane, kind: 'do' }
    const event = label.toLowerCase()
    const typed: Node =
      event === 'start' || event === 'end'
        ? { ...plain, type: event, kind: null }
        : label.endsWith('?')
          ? { ...plain, type: 'decision', kind: null }
          : plain
    const before = known === undefined ? typed : (this.nodes.get(known) ?? typed)
    const facts = readTokens(words(found[3] ?? ''), before)
    for (const token of facts.unknown) this.problems.push({ line, sentence: `Line ${line}: nobody knows the fact “${token}”.` })
    this.byName.set(name, id)
    this.nodes.set(id, facts.node)
    return id
  }

  private anyNamed(label: string): string | undefined {
    for (const node of this.nodes.values()) if (node.label === label) return node.id
    return undefined
  }

  private edge(from: string, to: string, label: string, line: number): void {
    let edge: Edge = { ...blankEdge, id: slugOf(`${from}-${to}`, this.edges, 'flow'), from, to }
    const rest: string[] = []
    for (const token of words(label)) {
      if (/^\d*\.?\d+$/.test(token)) edge = { ...edge, probability: Number(token) }
      else if (token === 'reject') edge = { ...edge, reject: true }
      else if (token === 'exception') edge = { ...edge, exception: true }
      else if (token.startsWith('timeout=')) edge = { ...edge, timeout: readTime(token.slice(8)) }
      else rest.push(token)
    }
    if (rest.length > 0) edge = { ...edge, label: rest.join(' ') }
    if (edge.probability !== null && edge.probability > 1)
      this.problems.push({ line, sentence: `Line ${line}: a share of ${edge.probability} is more than all cases.` })
    this.edges.set(edge.id, edge)
  }

  private plain(from: string, to: string, probability: number | null): void {
    const id = slugOf(`${from}-${to}`, this.edges, 'flow')
    this.edges.set(id, { ...blankEdge, id, from, to, probability })
  }
}

/** Splits on spaces, keeping "quoted words" together. */
function words(text: string): string[] {
  return (text.match(/[^\s"]*"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''))
}

/** The same notation back: reading it gives the same steps, roles, flows and facts (ids and positions are not written). */
export function writeSketch(graph: Graph): string {
  const lines: string[] = []
  for (const lane of [...graph.lanes.values()].sort((a, b) => a.order - b.order)) {
    const facts = [
      lane.staff === null ? '' : ` staff=${lane.staff}`,
      lane.calendar === null ? '' : ` calendar=${lane.calendar}`,
      lane.mobile === null ? '' : lane.mobile ? ' mobile' : ' fixed',
      lane.licence === null ? '' : ` licence=${lane.licence}`,
      lane.sla === null ? '' : ` sla=${lane.sla}s`,
      lane.wagePerHour === null ? '' : ` wage=${lane.wagePerHour}`,
      lane.substitutes.length === 0 ? '' : ` substitutes=${lane.substitutes.join('+')}`,
    ]
    lines.push(`lane ${quoted(lane.label)}${facts.join('')}`)
  }
  for (const element of graph.elements.values())
    lines.push(`element ${element.id}${element.record ? ' record' : ''}${element.safety ? ' safety' : ''}`)
  const named = (id: string, facts: boolean): string => {
    const node = graph.nodes.get(id)
    if (!node) return id
    const lane = node.lane === null ? '' : `${graph.lanes.get(node.lane)?.label ?? node.lane}: `
    const told = facts ? factsText(node) : ''
    return `${lane}${node.label}${told === '' ? '' : ` {${told}}`}`
  }
  const told = new Set<string>()
  const once = (id: string): string => {
    const text = named(id, !told.has(id))
    told.add(id)
    return text
  }
  for (const edge of graph.edges.values()) {
    const label = [
      edge.label === '' ? '' : `"${edge.label}"`,
      edge.probability === null ? '' : String(edge.probability),
      edge.reject ? 'reject' : '',
      edge.exception ? 'exception' : '',
      edge.timeout === null ? '' : `timeout=${edge.timeout}s`,
    ]
      .filter((part) => part !== '')
      .join(' ')
    lines.push(`${once(edge.from)} ${label === '' ? '->' : `-${label}->`} ${once(edge.to)}`)
  }
  for (const node of graph.nodes.values()) if (!told.has(node.id)) lines.push(named(node.id, true))
  return `${lines.join('\n')}\n`
}

function quoted(text: string): string {
  return text.includes(' ') ? `"${text}"` : text
}

function factsText(node: Node): string {
  const parts: string[] = []
  const type = node.type
  if (type !== 'step' && type !== 'start' && type !== 'end' && !(type === 'decision' && node.label.endsWith('?')))
    parts.push(`type=${type}`)
  if (node.kind !== null && node.kind !== 'do') parts.push(`kind=${node.kind}`)
  if (node.medium !== null) parts.push(node.medium)
  if (node.place !== null) parts.push(node.place)
  if (node.service !== null) parts.push(textOfDistribution(node.service))
  if (node.wait !== null) parts.push(`wait=${textOfDistribution(node.wait)}`)
  for (const name of ['clicks', 'keys', 'screens'] as const) if (node[name] !== null) parts.push(`${name}=${node[name]}`)
  if (node.reads !== null) parts.push(`reads=${node.reads.join('+') || 'none'}`)
  if (node.writes !== null)
    parts.push(`writes=${node.writes.map((write) => `${write.element}:${write.mode}`).join('+') || 'none'}`)
  if (node.output !== null) parts.push(`output=${node.output}`)
  if (node.batch !== null)
    parts.push(
      node.batch.kind === 'size' ? `batch=${node.batch.size}` : `batch=every:${node.batch.every}s@${node.batch.offset}s`,
      ...(node.batch.run === 'parallel' ? ['parallel-run'] : []),
    )
  if (node.owner !== null) parts.push(`owner="${node.owner}"`)
  if (node.sla !== null) parts.push(`sla=${node.sla}s`)
  for (const name of ['protocolShare', 'minLicence', 'measuredBy', 'closes', 'documents'] as const)
    if (node[name] !== null) parts.push(`${name}=${quoted(String(node[name]))}`)
  if (node.entryDelay !== null) parts.push(`entryDelay=${node.entryDelay}s`)
  if (node.workaround !== null) parts.push(`workaround=${node.workaround.cause}`)
  if (node.alerts !== null) {
    const { perCase, override, appropriate } = node.alerts
    const shares = override === null ? [perCase] : appropriate === null ? [perCase, override] : [perCase, override, appropriate]
    parts.push(`alerts=${shares.join(':')}`)
  }
  if (node.external) parts.push('external')
  if (node.safety) parts.push('safety')
  if (node.evidence !== null) parts.push(`evidence=${node.evidence.level}`)
  for (const pain of node.pains) parts.push(`pain="${pain}"`)
  return parts.join(' ')
}

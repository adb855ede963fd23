/** A map → BPMN 2.0 with diagram: lanes, ids and everything another program put there are kept; facts BPMN has no word for go along as an extension. */
import type { Json } from '../../../canonical.ts'
import { isMembers, type Members } from '../../../values/json.ts'
import { orderedLanes } from '../../drawing/layout.ts'
import { messageIn } from '../../map/message-flows.ts'
import { type Edge, type Graph, isStep, type Node, type TraceLink } from '../../map/workflow.ts'
import { graphText } from '../../map/write.ts'
import { type XmlNode, xmlOfJson, xmlText } from '../../xml/xml-text.ts'
import type { Loss } from '../loss/loss.ts'
import { diagramElement, isUndrawn } from './draw.ts'
import { factsElement } from './extension.ts'
import { linksOf, type Names, namesFor } from './names.ts'
import { type Spaces, spacesOf } from './spaces.ts'
import { carryoverUri, childRank, durationOfSeconds, modelUri, wordFor } from './vocabulary.ts'

export interface BpmnWriting {
  readonly text: string
  readonly losses: readonly Loss[]
}

/** What a map keeps of the document it came from; members that are not there are empty. */
export function cameFrom(extra: { readonly [name: string]: Json | undefined }): Members {
  return isMembers(extra.bpmn) ? extra.bpmn : {}
}

export function writeBpmn(graph: Graph, trace: readonly TraceLink[] = []): BpmnWriting {
  const writer = new BpmnWriter(graph, trace)
  return { text: xmlText(writer.definitions()), losses: writer.losses }
}

class BpmnWriter {
  readonly losses: Loss[] = []
  private readonly graph: Graph
  private readonly trace: readonly TraceLink[]
  private readonly kept: Members
  /** Prefix of BPMN's own words, with its colon; the document's own where it came from one. */
  private readonly prefix: string
  private readonly spaces: Spaces
  private readonly names: Names
  private readonly facts: { readonly [sort: string]: ReadonlyMap<string, Members> }

  constructor(graph: Graph, trace: readonly TraceLink[]) {
    this.graph = graph
    this.trace = trace
    this.kept = cameFrom(graph.extra)
    this.spaces = spacesOf(this.kept.attributes)
    this.prefix = this.spaces.of(modelUri)
    this.names = namesFor(graph)
    const json: unknown = JSON.parse(graphText(graph))
    const sort = (name: string): ReadonlyMap<string, Members> => {
      const list = isMembers(json) ? json[name] : null
      const found = Array.isArray(list) ? list.filter(isMembers) : []
      return new Map(found.map((record) => [String(record.id), record]))
    }
    this.facts = { lanes: sort('lanes'), nodes: sort('nodes'), edges: sort('edges'), elements: sort('elements') }
  }

  definitions(): XmlNode {
    const { attributes, others, collaboration } = this.kept
    const own = isMembers(attributes) ? textsOf(attributes) : {}
    const declared: Record<string, string> = { ...own, ...this.spaces.declared }
    if (Object.keys(own).length === 0) Object.assign(declared, { id: 'definitions', targetNamespace: carryoverUri })
    const processes = this.processes()
    const join = xmlOfJson(this.stillJoined(collaboration))
    return {
      name: this.word('definitions'),
      attributes: declared,
      children: [...listOf(others), ...(join ? [join] : []), ...processes, ...this.diagrams()],
    }
  }

  /** A message whose step was removed goes with it, and is named. */
  private stillJoined(collaboration: Json | undefined): Json | undefined {
    if (!Array.isArray(collaboration)) return collaboration
    const there = this.names.held
    return collaboration.filter((child) => {
      const message = messageIn(child)
      const gone = message && [message.source, message.target].some((end) => !there.has(end))
      if (gone)
        this.losses.push({
          id: message.id,
          what: `message flow ${message.label}`.trim(),
          why: 'the step at one of its ends was removed from the map, and it went with it',
        })
      return !gone
    })
  }

  private diagrams(): XmlNode[] {
    const plane = isMembers(this.kept) && Array.isArray(this.kept.collaboration) ? this.kept.collaboration[1] : null
    const of = isMembers(plane) && typeof plane.id === 'string' ? plane.id : this.processIds()[0]
    return [
      diagramElement(this.graph, this.names, this.spaces, of ?? 'process', listOf(this.kept.shapes)),
      ...listOf(this.kept.diagrams),
    ]
  }

  private processIds(): readonly string[] {
    const { processes } = this.kept
    const known = (Array.isArray(processes) ? processes : []).flatMap((each) =>
      isMembers(each) && isMembers(each.attributes) ? String(each.attributes.id ?? '') : [],
    )
    return known.length > 0 ? known : [this.names.process]
  }

  private processes(): XmlNode[] {
    const ids = this.processIds()
    const [first = this.names.process] = ids
    const processOf = (node: Node): string => {
      const own = cameFrom(node.extra).process
      if (typeof own === 'string' && ids.includes(own)) return own
      const lane = node.lane === null ? undefined : this.graph.lanes.get(node.lane)
      const laneProcess = lane ? cameFrom(lane.extra).process : null
      return typeof laneProcess === 'string' && ids.includes(laneProcess) ? laneProcess : first
    }
    const known = Array.isArray(this.kept.processes) ? this.kept.processes.filter(isMembers) : []
    return ids.map((id) => {
      const came = known.find((each) => isMembers(each.attributes) && each.attributes.id === id)
      const nodes = [...this.graph.nodes.values()].filter((node) => processOf(node) === id)
      const held = new Set(nodes.map((node) => node.id))
      const edges = [...this.graph.edges.values()].filter((edge) => held.has(edge.from) && this.isWritten(edge))
      const facts: Record<string, Json> = {}
      if (id === first) {
        facts.label = this.graph.label
        if (this.graph.elements.size > 0) facts.elements = [...(this.facts.elements?.values() ?? [])]
        if (this.trace.length > 0) facts.trace = this.trace.map(({ from, to, fate, reason }) => ({ from, to, fate, reason }))
      }
      const children = [
        ...this.laneSets(id, nodes, ids.length > 1),
        ...nodes.flatMap((node) => this.node(node, edges)),
        ...this.attachedEvents(edges),
        ...edges.map((edge) => this.flow(edge)),
        ...(came ? listOf(came.content) : []),
      ]
      return {
        name: this.word('process'),
        attributes: came ? { id, ...textsOf(came.attributes) } : { id, name: this.graph.label, isExecutable: 'false' },
        children: Object.keys(facts).length > 0 ? this.withFacts(children, facts) : children,
      }
    })
  }

  /** An exchange of documents is written with the step that it belongs to. */
  private isWritten(edge: Edge): boolean {
    return !/^data(Input|Output)Association$/.test(String(cameFrom(edge.extra).type ?? ''))
  }

  private laneSets(process: string, nodes: readonly Node[], several: boolean): XmlNode[] {
    const lanes = orderedLanes(this.graph).filter((lane) => {
      const came = cameFrom(lane.extra)
      if (came.pool === true) return false
      const own = typeof came.process === 'string' ? came.process : null
      return own === null ? !several || nodes.some((node) => node.lane === lane.id) : own === process
    })
    if (lanes.length === 0) return []
    const written = lanes.map((lane): XmlNode => {
      const came = cameFrom(lane.extra)
      const refs = nodes.filter((node) => node.lane === lane.id && node.type !== 'note' && node.type !== 'document')
      return {
        name: this.word('lane'),
        attributes: {
          id: this.names.lane(lane.id),
          name: came.unnamed === true && lane.label === lane.id ? null : lane.label,
          ...textsOf(came.attributes),
        },
        children: this.withFacts(
          [
            ...listOf(came.content),
            ...refs.map((node) => ({ name: this.word('flowNodeRef'), children: [this.names.node(node.id)] })),
          ],
          this.factsAbout('lanes', lane.id, ['label', 'order', 'height']),
        ),
      }
    })
    return [{ name: this.word('laneSet'), attributes: { id: this.names.laneSet(process) }, children: written }]
  }

  private node(node: Node, edges: readonly Edge[]): XmlNode[] {
    const came = cameFrom(node.extra)
    const word = wordFor(node, typeof came.type === 'string' ? came.type : null)
    const same = came.type === word
    const id = this.names.node(node.id)
    const facts = this.factsOfNode(node)
    const content = same ? listOf(came.content).filter((child) => this.stillThere(child, came)) : []
    if (!same && typeof came.type === 'string')
      this.losses.push({
        id: node.id,
        what: `${came.type} “${node.label}”`,
        why: `it is a ${node.type} now and is written as ${word} without what it held as ${came.type}`,
      })
    const isFlowNode = node.type !== 'note' && node.type !== 'document'
    const flows = edges.filter((edge) => this.isSequence(edge))
    const attachedHere = (edge: Edge): boolean => this.leavesByEvent(edge)
    const links: XmlNode[] = isFlowNode
      ? [
          ...flows
            .filter((edge) => edge.to === node.id)
            .map((edge) => ({ name: this.word('incoming'), children: [this.names.edge(edge.id)] })),
          ...flows
            .filter((edge) => edge.from === node.id && !attachedHere(edge))
            .map((edge) => ({ name: this.word('outgoing'), children: [this.names.edge(edge.id)] })),
        ]
      : []
    const attributes: Record<string, string> = {
      id,
      ...(node.type === 'note' || node.label === '' ? {} : { name: node.label }),
      ...(same ? textsOf(came.attributes) : {}),
    }
    const timer = node.type === 'wait' && !same && node.wait?.dist === 'constant' ? [this.timer(node.wait.value)] : []
    const text = node.type === 'note' ? [{ name: this.word('text'), children: [node.label] }] : []
    const children = this.withFacts([...content, ...text, ...links, ...timer], facts).toSorted(
      (a, b) => childRank(a.name) - childRank(b.name),
    )
    const written: XmlNode = { name: this.word(word), attributes, children }
    if (word !== 'dataObjectReference' || same) return [written]
    const object = `${id}-object`
    return [
      { name: this.word('dataObject'), attributes: { id: object } },
      { ...written, attributes: { ...attributes, dataObjectRef: object } },
    ]
  }

  /** A step of no role may stand inside the band of one, so that it has none is said. */
  private factsOfNode(node: Node): Members {
    const facts = this.factsAbout('nodes', node.id, ['type', 'label', 'lane', 'x', 'y'])
    const isDrawn = !isUndrawn(this.graph, node.id)
    return isDrawn && node.lane === null && this.graph.lanes.size > 0 ? { id: node.id, ...facts, lane: null } : facts
  }

  /** Associations with documents go where their line on the map went. */
  private stillThere(child: XmlNode, came: Members): boolean {
    const id = child.attributes?.id ?? null
    if (id === null || !linksOf(came).includes(id)) return true
    return [...this.graph.edges.values()].some((edge) => cameFrom(edge.extra).id === id)
  }

  private isSequence(edge: Edge): boolean {
    const [from, to] = [this.graph.nodes.get(edge.from), this.graph.nodes.get(edge.to)]
    const apart = (node: Node | undefined): boolean => node?.type === 'note' || node?.type === 'document'
    return !apart(from) && !apart(to) && cameFrom(edge.extra).type !== 'association'
  }

  /** Exceptions and time limits leave a step by an event at its border; gateways and events have no border. */
  private leavesByEvent(edge: Edge): boolean {
    const from = this.graph.nodes.get(edge.from)
    if (cameFrom(edge.extra).event !== undefined) return true
    return (
      (edge.exception || edge.timeout !== null) &&
      from !== undefined &&
      isStep(from) &&
      from.type !== 'wait' &&
      this.isSequence(edge)
    )
  }

  private attachedEvents(edges: readonly Edge[]): XmlNode[] {
    const written = new Map<string, XmlNode>()
    for (const edge of edges.filter((each) => this.leavesByEvent(each))) {
      const came = xmlOfJson(cameFrom(edge.extra).event ?? undefined)
      const id = came ? String(came.attributes?.id ?? '') : this.names.event(edge.id)
      const event: XmlNode = came
        ? { ...came, attributes: { ...came.attributes, attachedToRef: this.names.node(edge.from) } }
        : {
            name: this.word('boundaryEvent'),
            attributes: { id, attachedToRef: this.names.node(edge.from), ...(edge.label === '' ? {} : { name: edge.label }) },
            children: [
              { name: this.word('outgoing'), children: [this.names.edge(edge.id)] },
              edge.timeout === null ? { name: this.word('errorEventDefinition') } : this.timer(edge.timeout),
            ],
          }
      if (!written.has(id)) written.set(id, event)
    }
    return [...written.values()]
  }

  private timer(seconds: number): XmlNode {
    return {
      name: this.word('timerEventDefinition'),
      children: [{ name: this.word('timeDuration'), children: [durationOfSeconds(seconds)] }],
    }
  }

  private flow(edge: Edge): XmlNode {
    const came = cameFrom(edge.extra)
    const word = this.isSequence(edge) ? 'sequenceFlow' : 'association'
    const event = this.leavesByEvent(edge) ? xmlOfJson(came.event ?? undefined) : null
    const source = this.leavesByEvent(edge)
      ? event
        ? String(event.attributes?.id ?? '')
        : this.names.event(edge.id)
      : this.names.node(edge.from)
    const content = listOf(came.content)
    const fresh = edge.condition !== null && !content.some((child) => child.name.endsWith('conditionExpression'))
    const condition = fresh ? [{ name: this.word('conditionExpression'), children: [edge.condition ?? ''] }] : []
    // The name of an event at the border is shown on the flow that leaves it.
    const named = edge.label !== '' && word !== 'association' && edge.label !== event?.attributes?.name
    const name = named ? { name: edge.label } : {}
    return {
      name: this.word(word),
      attributes: {
        id: this.names.edge(edge.id),
        ...name,
        sourceRef: source,
        targetRef: this.names.node(edge.to),
        ...textsOf(came.attributes),
      },
      children: this.withFacts(
        [...content, ...condition],
        this.factsAbout('edges', edge.id, ['from', 'to', 'label', 'condition']),
      ),
    }
  }

  /** What a record says beyond the words of BPMN; only its id, where it says no more and has the same id there, is left out. */
  private factsAbout(sort: string, id: string, said: readonly string[]): Members {
    const record = this.facts[sort]?.get(id) ?? {}
    const rest = Object.entries(record).filter(([name]) => name !== 'bpmn' && name !== 'id' && !said.includes(name))
    const inDocument = sort === 'lanes' ? this.names.lane(id) : sort === 'nodes' ? this.names.node(id) : this.names.edge(id)
    if (rest.length === 0 && inDocument === id) return {}
    return { id, ...Object.fromEntries(rest) }
  }

  private withFacts(children: readonly XmlNode[], facts: Members): readonly XmlNode[] {
    if (Object.keys(facts).length === 0) return children
    const element = factsElement(facts, this.spaces.of(carryoverUri))
    const name = this.word('extensionElements')
    const at = children.findIndex((child) => child.name === name)
    const known = children[at]
    if (known) return children.with(at, { ...known, children: [...(known.children ?? []), element] })
    // Documentation stands before extensions (Semantic.xsd, tBaseElement).
    const after = children.filter((child) => child.name === this.word('documentation')).length
    return [...children.slice(0, after), { name, children: [element] }, ...children.slice(after)]
  }

  private word(name: string): string {
    return `${this.prefix}${name}`
  }
}

function textsOf(json: Json | undefined): Record<string, string> {
  const entries = Object.entries(isMembers(json) ? json : {})
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

function listOf(json: Json | undefined): XmlNode[] {
  return Array.isArray(json) ? json.flatMap((each) => xmlOfJson(each) ?? []) : []
}

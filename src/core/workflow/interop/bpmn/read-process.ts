/** One BPMN process: its lanes, its flow nodes with what they carry, its flows; what is not drawn is given back to be kept. */
import type { Json } from '../../../canonical.ts'
import { jsonOfXml } from '../../xml/xml-text.ts'
import { elementsOf, textIn, walk, type XmlElement } from '../../xml/xml-tree.ts'
import { type Bounds, localRef } from './diagram.ts'
import { factsOf, withoutFacts } from './extension.ts'
import type { JsonRecord, Records } from './records.ts'
import { drawn, modelUri, secondsOfDuration } from './vocabulary.ts'

export interface Pool {
  readonly id: string
  readonly name: string
  readonly top: number
}

/** Pools by the process they hold. */
export function poolsOf(collaboration: XmlElement | null, bounds: ReadonlyMap<string, Bounds>): ReadonlyMap<string, Pool> {
  const pools = new Map<string, Pool>()
  for (const { local, attributes } of collaboration ? elementsOf(collaboration) : []) {
    const process = localRef(attributes.get('processRef'))
    const id = attributes.get('id')
    if (local !== 'participant' || process === null || id === undefined) continue
    pools.set(process, { id, name: nameIn(attributes), top: placeOf(bounds.get(id)) })
  }
  return pools
}

function placeOf(box: Bounds | undefined): number {
  if (!box) return 0
  return box.vertical ? box.x : box.y
}

export function readProcess(
  process: XmlElement,
  pool: Pool | null,
  bounds: ReadonlyMap<string, Bounds>,
  records: Records,
): readonly Json[] {
  const reader = new ProcessReader(process, pool, bounds, records)
  return reader.read()
}

/** An association inside a step; `links` takes its id once it is a line of the map. */
interface DataFlow {
  readonly link: XmlElement
  readonly node: string
  readonly links: string[]
}

class ProcessReader {
  private readonly process: XmlElement
  private readonly pool: Pool | null
  private readonly bounds: ReadonlyMap<string, Bounds>
  private readonly records: Records
  /** Lane on the map by the id of a flow node in the document. */
  private readonly laneOf = new Map<string, string>()
  private readonly laneBoxes: { readonly id: string; readonly box: Bounds }[] = []
  private poolLane: string | null = null
  private readonly attached = new Map<string, XmlElement>()
  private readonly dataFlows: DataFlow[] = []

  constructor(process: XmlElement, pool: Pool | null, bounds: ReadonlyMap<string, Bounds>, records: Records) {
    this.process = process
    this.pool = pool
    this.bounds = bounds
    this.records = records
  }

  read(): readonly Json[] {
    const own = elementsOf(withoutFacts(this.process))
    const kept: Json[] = []
    this.readLanes(own.filter(({ local, uri }) => uri === modelUri && local === 'laneSet'))
    for (const element of own) if (element.uri === modelUri && element.local === 'boundaryEvent') this.attach(element)
    const flows: XmlElement[] = []
    for (const element of own) {
      if (element.uri !== modelUri) kept.push(jsonOfXml(element))
      else if (drawn.has(element.local)) this.readNode(element)
      else if (element.local === 'sequenceFlow' || element.local === 'association') flows.push(element)
      else if (element.local !== 'laneSet' && element.local !== 'boundaryEvent') this.keep(element, kept)
    }
    for (const flow of flows) if (!this.readFlow(flow)) kept.push(jsonOfXml(flow))
    for (const flow of this.dataFlows) this.readDataFlow(flow)
    for (const event of this.attached.values())
      if (!this.records.isDrawn(event.attributes.get('id') ?? '')) {
        kept.push(jsonOfXml(event))
        this.lose(event, 'no flow leaves it, so it is kept with the map and written back, but not drawn')
      }
    return kept
  }

  private keep(element: XmlElement, kept: Json[]): void {
    kept.push(jsonOfXml(element))
    if (element.local === 'group') this.lose(element, 'it is kept with the map and written back, but not drawn')
  }

  private lose(element: XmlElement, why: string): void {
    const name = nameIn(element.attributes)
    this.records.lost(element.attributes.get('id') ?? '', name === '' ? element.local : `${element.local} “${name}”`, why)
  }

  private readLanes(sets: readonly XmlElement[]): void {
    const lanes = sets.flatMap((set) => [...walk(set)].filter(({ local, uri }) => uri === modelUri && local === 'lane'))
    const place = (lane: XmlElement): number => placeOf(this.bounds.get(lane.attributes.get('id') ?? ''))
    for (const lane of lanes.toSorted((a, b) => place(a) - place(b))) {
      const nested = elementsOf(lane).some((child) => child.local === 'childLaneSet' && elementsOf(child).length > 0)
      if (nested) {
        this.lose(lane, 'lanes inside it are drawn as lanes of their own; it is not drawn itself')
        continue
      }
      this.addLane(lane.attributes.get('id'), nameIn(lane.attributes), factsOf(lane), {
        process: this.processId,
        attributes: attributesBut(lane, ['id', 'name']),
        content: elementsOf(withoutFacts(lane))
          .filter((child) => child.local !== 'flowNodeRef')
          .map(jsonOfXml),
      })
      for (const child of elementsOf(lane)) {
        const ref = child.local === 'flowNodeRef' ? localRef(textIn(child)) : null
        if (ref !== null) this.laneOf.set(ref, this.records.lanes.at(-1)?.id as string)
      }
      const box = this.bounds.get(lane.attributes.get('id') ?? '')
      if (box) this.laneBoxes.push({ id: this.records.lanes.at(-1)?.id as string, box })
    }
    if (this.pool) this.records.draws(this.pool.id)
    const draws = elementsOf(this.process).some(({ local }) => drawn.has(local))
    if (lanes.length === 0 && this.pool && draws)
      this.poolLane = this.addLane(this.pool.id, this.pool.name, factsOf(this.process)?.lane as JsonRecord | null, {
        process: this.processId,
        pool: true,
      })
  }

  private get processId(): string {
    return this.process.attributes.get('id') ?? ''
  }

  private addLane(
    inDocument: string | undefined,
    label: string,
    facts: { readonly [name: string]: Json | undefined } | null,
    bpmn: JsonRecord,
  ): string {
    const id = this.records.idFor('lanes', inDocument, facts?.id, 'lane')
    const order = this.records.lanes.length
    this.records.lanes.push({
      ...defined(facts),
      id,
      label: label === '' ? id : label,
      order,
      bpmn: { ...bpmn, id: inDocument ?? id, ...(label === '' ? { unnamed: true } : {}) },
    })
    return id
  }

  private attach(event: XmlElement): void {
    this.attached.set(event.attributes.get('id') ?? '', event)
  }

  private readNode(element: XmlElement): void {
    const { attributes, local } = element
    const inDocument = attributes.get('id')
    const what = drawn.get(local) ?? { type: 'step' as const }
    const facts = factsOf(element)
    const id = this.records.idFor('nodes', inDocument, facts?.id, local)
    const content = elementsOf(withoutFacts(element)).filter((child) => child.local !== 'incoming' && child.local !== 'outgoing')
    const label =
      local === 'textAnnotation'
        ? clean(
            content
              .filter((child) => child.local === 'text')
              .map(textIn)
              .join(' '),
          )
        : nameIn(attributes)
    const inside = content.filter(
      (child) => child.uri === modelUri && (drawn.has(child.local) || child.local === 'boundaryEvent'),
    ).length
    if (inside > 0)
      this.lose(
        element,
        `${inside} ${inside === 1 ? 'object' : 'objects'} inside are kept with it and written back; it is drawn closed, as one step`,
      )
    if (local === 'complexGateway')
      this.lose(element, 'it is drawn as an inclusive gateway; its own condition is kept, but not followed')
    const wait = what.type === 'wait' ? waitOf(element) : null
    const links: string[] = []
    const associations = content.filter((child) => /^data(Input|Output)Association$/.test(child.local))
    const record: Record<string, Json> = {
      ...defined({ kind: what.kind, medium: what.medium, wait }),
      ...defined(facts),
      id,
      type: what.type,
      label,
      bpmn: {
        type: local,
        id: inDocument ?? id,
        process: this.processId,
        ...(associations.length > 0 ? { links } : {}),
        ...(this.bounds.size > 0 && !this.bounds.has(inDocument ?? '') ? { undrawn: true } : {}),
        attributes: attributesBut(element, ['id', 'name']),
        content: content.filter((child) => local !== 'textAnnotation' || child.local !== 'text').map(jsonOfXml),
      },
    }
    const lane = facts?.lane === null ? null : this.laneFor(inDocument)
    if (lane !== null) record.lane = lane
    this.records.nodes.push(record)
    for (const link of associations) this.dataFlows.push({ link, node: id, links })
  }

  private laneFor(inDocument: string | undefined): string | null {
    const named = this.laneOf.get(inDocument ?? '') ?? this.poolLane
    if (named !== null) return named
    const box = this.bounds.get(inDocument ?? '')
    if (!box) return null
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    const around = this.laneBoxes.find(
      (lane) => x >= lane.box.x && x <= lane.box.x + lane.box.width && y >= lane.box.y && y <= lane.box.y + lane.box.height,
    )
    return around?.id ?? null
  }

  /** False where an end of the flow is not drawn; the flow is then kept, and named. */
  private readFlow(flow: XmlElement): boolean {
    const { attributes, local } = flow
    const source = localRef(attributes.get('sourceRef'))
    const event = this.attached.get(source ?? '')
    const host = event ? localRef(event.attributes.get('attachedToRef')) : source
    const from = this.records.node(host)
    const to = this.records.node(localRef(attributes.get('targetRef')))
    if (from === null || to === null) {
      this.lose(flow, 'one of its ends is not drawn on the map; it is kept and written back')
      return false
    }
    const facts = factsOf(flow)
    const id = this.records.idFor('edges', attributes.get('id'), facts?.id, local)
    const condition = elementsOf(flow).find((child) => child.local === 'conditionExpression')
    const label = nameIn(attributes)
    if (event) {
      this.records.draws(event.attributes.get('id'))
      this.lose(event, 'it is drawn as an exception flow that leaves its step')
    }
    this.records.edges.push({
      ...defined({ condition: condition ? clean(textIn(condition)) : null }),
      ...(event ? defined({ exception: true, timeout: waitOf(event)?.value ?? null }) : {}),
      ...defined(facts),
      id,
      from,
      to,
      label: label === '' && event ? nameIn(event.attributes) : label,
      bpmn: {
        type: local,
        id: attributes.get('id') ?? id,
        process: this.processId,
        attributes: attributesBut(flow, ['id', 'name', 'sourceRef', 'targetRef']),
        content: elementsOf(withoutFacts(flow)).map(jsonOfXml),
        ...(event ? { event: jsonOfXml(event) } : {}),
      },
    })
    return true
  }

  /** A document that a step reads or writes; the association itself stays with the step. */
  private readDataFlow({ link, node, links }: DataFlow): void {
    const end = (name: string): string | null => {
      const refs = elementsOf(link).filter(({ local }) => local === name)
      return refs.map((ref) => this.records.node(localRef(textIn(ref)))).find((id) => id !== null) ?? null
    }
    const [from, to] = link.local === 'dataInputAssociation' ? [end('sourceRef'), node] : [node, end('targetRef')]
    if (from === null || to === null) return
    const inDocument = link.attributes.get('id')
    const id = this.records.idFor('edges', inDocument, null, link.local)
    links.push(inDocument ?? id)
    this.records.edges.push({ id, from, to, bpmn: { type: link.local, id: inDocument ?? id } })
  }
}

/** A timer that waits a fixed time. */
function waitOf(element: XmlElement): { readonly dist: 'constant'; readonly value: number } | null {
  const duration = [...walk(element)].find(({ local }) => local === 'timeDuration')
  const value = duration ? secondsOfDuration(textIn(duration)) : null
  return value === null ? null : { dist: 'constant', value }
}

function attributesBut(element: XmlElement, names: readonly string[]): JsonRecord {
  return Object.fromEntries([...element.attributes].filter(([name]) => !names.includes(name)))
}

/** Names hold line breaks where the drawing does. */
function nameIn(attributes: ReadonlyMap<string, string>): string {
  return clean(attributes.get('name') ?? '')
}

function clean(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function defined(record: { readonly [name: string]: Json | undefined } | null): JsonRecord {
  return Object.fromEntries(
    Object.entries(record ?? {}).filter((entry): entry is [string, Json] => entry[1] !== undefined && entry[1] !== null),
  )
}

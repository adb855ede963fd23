/** BPMN 2.0 → a map: lanes, steps, events, gateways, flows and documents are drawn; everything else stays with it and is written back. */
import type { Json } from '../../../canonical.ts'
import type { ReadProblem } from '../../../values/partial-document.ts'
import { placed } from '../../drawing/layout.ts'
import { readGraph } from '../../map/read.ts'
import type { Graph, WorkflowSide } from '../../map/workflow.ts'
import { workflowFormat } from '../../map/workflow.ts'
import { XmlFault } from '../../xml/xml-fault.ts'
import { jsonOfXml } from '../../xml/xml-text.ts'
import { elementsOf, readXmlTree, type XmlElement } from '../../xml/xml-tree.ts'
import type { DrawingCounts, Loss } from '../loss/loss.ts'
import { countsOf } from './counts.ts'
import { diagramOf, localRef } from './diagram.ts'
import { factsOf } from './extension.ts'
import { poolsOf, readProcess } from './read-process.ts'
import { Records } from './records.ts'
import { diagramUri, modelUri } from './vocabulary.ts'

export interface BpmnReading {
  readonly graph: Graph
  readonly counts: DrawingCounts
  readonly losses: readonly Loss[]
  /** Facts of a map inside the file that could not be used as they stand. */
  readonly problems: readonly ReadProblem[]
}

/**
 * Reads a whole BPMN 2.0 document. Positions are made anew, lane by lane: a card of a map is larger than a BPMN task.
 * @throws XmlFault with a sentence where the file is no BPMN at all
 */
export function readBpmn(bytes: Uint8Array, side: WorkflowSide, id = 'workflow'): BpmnReading {
  return readBpmnTree(readXmlTree(bytes), side, id)
}

/** The same of a document that was read: a second tree of it would take its memory again. */
export function readBpmnTree(definitions: XmlElement, side: WorkflowSide, id: string): BpmnReading {
  if (definitions.uri !== modelUri || definitions.local !== 'definitions')
    throw new XmlFault(
      `The file is XML, but not BPMN 2.0: its first element is <${definitions.name}>, not <definitions> of ${modelUri}.`,
      null,
      true,
    )
  const model = elementsOf(definitions).filter(({ uri }) => uri === modelUri)
  const processes = model.filter(({ local }) => local === 'process')
  const collaboration = model.find(({ local }) => local === 'collaboration') ?? null
  const diagram = diagramOf(definitions)
  const records = new Records()
  const pools = poolsOf(collaboration, diagram.bounds)
  const kept = processes
    .toSorted((a, b) => topOf(a, pools) - topOf(b, pools))
    .map((process) => ({
      process,
      content: readProcess(process, pools.get(process.attributes.get('id') ?? '') ?? null, diagram.bounds, records),
    }))
  for (const other of collaboration ? elementsOf(collaboration) : [])
    if (other.local === 'messageFlow') readMessage(other, records)
    else if (other.local === 'group')
      records.lost(other.attributes.get('id') ?? '', 'group', 'it is kept with the map and written back, but not drawn')
  const facts = processes.map(factsOf).find((found) => found !== null) ?? {}
  const { shapes, diagrams } = diagram.kept((ref) => records.isDrawn(ref))
  const others = elementsOf(definitions).filter(
    (element) =>
      element !== collaboration && element.uri !== diagramUri && !(element.uri === modelUri && element.local === 'process'),
  )
  const { graph, problems } = built(
    {
      format: workflowFormat,
      id,
      side,
      label: typeof facts.label === 'string' ? facts.label : labelOf(collaboration, processes, id),
      lanes: records.lanes,
      elements: facts.elements ?? [],
      nodes: records.nodes,
      edges: records.edges,
      bpmn: {
        attributes: Object.fromEntries(definitions.attributes),
        others: others.map(jsonOfXml),
        collaboration: collaboration && jsonOfXml(collaboration),
        processes: kept.map(({ process, content }) => ({ attributes: Object.fromEntries(process.attributes), content })),
        shapes,
        diagrams,
      },
    },
    side,
  )
  return { graph, counts: countsOf(definitions), losses: records.losses, problems }
}

/** Reads the records as a workflow file, so that facts are checked there, and lays the map out. */
function built(json: { readonly [name: string]: Json }, side: WorkflowSide): { graph: Graph; problems: readonly ReadProblem[] } {
  const { value, problems } = readGraph(json, side)
  return { graph: placed(value), problems }
}

/** Drawn between two steps; no case runs along it. */
function readMessage(flow: XmlElement, records: Records): void {
  const id = flow.attributes.get('id') ?? ''
  const ends = ['sourceRef', 'targetRef'].map((name) => records.node(localRef(flow.attributes.get(name))))
  const drawn = !ends.includes(null)
  if (drawn) records.draws(id)
  records.lost(
    id,
    `message flow ${flow.attributes.get('name') ?? ''}`.replace(/\s+/g, ' ').trim(),
    drawn
      ? 'it is drawn dashed and written back; a simulation sends nothing along it'
      : 'one of its ends is a pool or inside a closed step: it is kept with the map and written back, but not drawn',
  )
}

function topOf(process: XmlElement, pools: ReturnType<typeof poolsOf>): number {
  return pools.get(process.attributes.get('id') ?? '')?.top ?? Number.POSITIVE_INFINITY
}

function labelOf(collaboration: XmlElement | null, processes: readonly XmlElement[], fallback: string): string {
  const participants = collaboration ? elementsOf(collaboration).filter(({ local }) => local === 'participant') : []
  const refs = new Set(processes.map((process) => process.attributes.get('id')))
  const pool = participants.find((each) => refs.has(localRef(each.attributes.get('processRef')) ?? undefined))
  const names = [...processes, ...(pool ? [pool] : [])].map((each) => each.attributes.get('name')?.trim() ?? '')
  return names.find((name) => name !== '') ?? fallback
}

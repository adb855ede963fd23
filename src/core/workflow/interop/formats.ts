/** Drawings of workflows in and out: recognised by what a file holds, written by the ending of its name. */

import { readGraph } from '../map/read.ts'
import type { Graph, TraceLink, WorkflowSide } from '../map/workflow.ts'
import { graphText } from '../map/write.ts'
import { XmlFault } from '../xml/xml-fault.ts'
import { readXmlTree } from '../xml/xml-tree.ts'
import { readBpmn, readBpmnTree } from './bpmn/read-bpmn.ts'
import { writeBpmn } from './bpmn/write-bpmn.ts'
import { isDrawio, readDrawio } from './drawio.ts'
import { factsNotWritten } from './loss/facts-not-written.ts'
import type { DrawingCounts, Loss } from './loss/loss.ts'
import { isLucid, readLucid } from './lucid.ts'
import { writeMarkdown } from './markdown.ts'
import { writeMermaid } from './mermaid.ts'
import { readStepList, writeStepList } from './step-list.ts'
import { shownInSvg, writeSvg } from './svg.ts'
import { type PackageParts, readVisio } from './visio.ts'
import { isXpdl, readXpdl } from './xpdl.ts'

export interface Drawing {
  readonly format: 'bpmn' | 'drawio' | 'visio' | 'lucid' | 'xpdl' | 'carryover' | 'steps'
  readonly graph: Graph
  readonly counts: DrawingCounts
  readonly losses: readonly Loss[]
}

/** The drawing a file holds, or a sentence that says what it is instead and what to do. */
export function readDrawing(name: string, bytes: Uint8Array, side: WorkflowSide): Drawing | string {
  const id = idOf(name)
  const first = firstCharacter(bytes)
  try {
    if (first === '<') return readXml(name, bytes, side, id)
  } catch (error) {
    if (error instanceof XmlFault) return `${name}: ${error.message}`
    throw error
  }
  if (first === '{') return readJson(name, bytes, side)
  if (first === '') return `${name} is empty.`
  const { text: table, guessed } = decodedTable(bytes)
  if (isLucid(table)) return { format: 'lucid', ...readLucid(table, side, id) }
  const list = readStepList(table, side, id)
  if (typeof list === 'string') return `${name}: ${list}`
  const losses = guessed === null ? list.losses : [{ id: '', what: 'encoding', why: guessed }, ...list.losses]
  return { format: 'steps', graph: list.graph, losses, counts: countsOfGraph(list.graph) }
}

/** The same for a package of parts, as Visio writes them. */
export async function readPackage(name: string, parts: PackageParts, side: WorkflowSide): Promise<Drawing | string> {
  try {
    return { format: 'visio', ...(await readVisio(parts, side, idOf(name))) }
  } catch (error) {
    if (error instanceof XmlFault) return `${name}: ${error.message}`
    throw error
  }
}

function idOf(name: string): string {
  return name.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '') || 'workflow'
}

/** What a file begins with, white space and a byte order mark apart; UTF-16 has a zero byte beside it. */
function firstCharacter(bytes: Uint8Array): string {
  const marks = [0xef, 0xbb, 0xbf, 0xff, 0xfe, 0]
  const first = bytes.find((byte) => byte > 0x20 && !marks.includes(byte))
  return first === undefined ? '' : String.fromCharCode(first)
}

/** UTF-8, or what a byte order mark says; else Windows-1252, which spreadsheets of the West write, and that it was a guess. */
function decodedTable(bytes: Uint8Array): { readonly text: string; readonly guessed: string | null } {
  const [a, b] = bytes
  const marked = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : null
  if (marked) return { text: new TextDecoder(marked).decode(bytes), guessed: null }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), guessed: null }
  } catch {
    return {
      text: new TextDecoder('windows-1252').decode(bytes),
      guessed: 'it is not UTF-8; it was read as Windows-1252. Save it as UTF-8 to be sure',
    }
  }
}

function readXml(name: string, bytes: Uint8Array, side: WorkflowSide, id: string): Drawing | string {
  const root = readXmlTree(bytes)
  if (isDrawio(root)) return { format: 'drawio', ...readDrawio(root, side, id) }
  if (isXpdl(root)) return { format: 'xpdl', ...readXpdl(root, side, id) }
  if (root.local === 'log') return `${name} is an event log, not a drawing. "carryover discover" makes a workflow of it.`
  const { graph, counts, losses, problems } = readBpmnTree(root, side, id)
  return {
    format: 'bpmn',
    graph,
    counts,
    losses: [...losses, ...problems.map(({ place, sentence }) => ({ id: place, what: 'fact', why: sentence }))],
  }
}

function readJson(name: string, bytes: Uint8Array, side: WorkflowSide): Drawing | string {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    return `${name} is not JSON: ${error instanceof Error ? error.message : String(error)}.`
  }
  const { value, problems } = readGraph(json, side)
  if (value.nodes.size === 0 && problems.length > 0) return `${name}: ${problems[0]?.sentence}`
  return {
    format: 'carryover',
    graph: value,
    counts: countsOfGraph(value),
    losses: problems.map(({ place, sentence }) => ({ id: place, what: 'fact', why: sentence })),
  }
}

/** Counts of a map in the words of BPMN. */
export function countsOfGraph(graph: Graph): DrawingCounts {
  const types = [...graph.nodes.values()].map(({ type }) => type)
  const count = (...of: readonly (typeof types)[number][]): number => types.filter((type) => of.includes(type)).length
  return {
    tasks: count('step', 'subworkflow'),
    events: count('start', 'end', 'wait'),
    gateways: count('decision', 'parallel', 'inclusive'),
    flows: graph.edges.size,
    lanes: graph.lanes.size,
    shapes: graph.nodes.size + graph.lanes.size,
  }
}

export interface Written {
  readonly text: string
  readonly losses: readonly Loss[]
}

/** How a map is written, by the ending of the file. */
export const drawingFormats: ReadonlyMap<
  string,
  { readonly label: string; write(graph: Graph, trace: readonly TraceLink[]): Written }
> = new Map([
  ['bpmn', { label: 'BPMN 2.0', write: writeBpmn }],
  ['csv', { label: 'Table of steps (CSV)', write: writeStepList }],
  ['mmd', { label: 'Mermaid flowchart', write: writeMermaid }],
  ['md', { label: 'Markdown', write: writeMarkdown }],
  [
    'svg',
    { label: 'SVG drawing', write: (graph: Graph) => ({ text: writeSvg(graph), losses: factsNotWritten(graph, shownInSvg) }) },
  ],
  ['json', { label: 'Carryover workflow', write: (graph: Graph) => ({ text: graphText(graph), losses: [] }) }],
])

/** What a written file holds: counted in it where it can be read again, else on the map. */
export function countsWritten(ending: string, text: string, graph: Graph): DrawingCounts {
  if (ending === 'bpmn') return readBpmn(new TextEncoder().encode(text), graph.side).counts
  const list = ending === 'csv' ? readStepList(text, graph.side) : null
  return countsOfGraph(list !== null && typeof list !== 'string' ? list.graph : graph)
}

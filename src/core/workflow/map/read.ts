/** Unknown JSON → graph, trace: `carryover-workflow/1`. Nothing is dropped silently: problems are listed, unknown members kept. */
import { membersOfFormat, type Read, type ReadProblem, readPartly } from '../../values/partial-document.ts'
import {
  type Edge,
  emptyGraph,
  type Graph,
  graphDocument,
  type Lane,
  linkKey,
  type TraceLink,
  traceLinks,
  type WorkflowSide,
  workflowFormat,
} from './workflow.ts'

/** Reads `current.json` or `future.json`. `side` is what the file is used as; a file that says otherwise is reported. */
export function readGraph(json: unknown, side: WorkflowSide): Read<Graph> {
  const problems: ReadProblem[] = []
  const members = membersOfFormat(json, workflowFormat, 'a workflow', problems)
  if (!members) return { value: emptyGraph('workflow', side), problems }
  const { format: _, ...given } = members
  const read = readPartly(given, graphDocument, problems)
  const id = read.id ?? 'workflow'
  if (read.side !== null && read.side !== side)
    problems.push({ place: '$.side', sentence: `The file says it is the ${read.side} side; it is read as the ${side} one.` })
  const value = {
    id,
    side,
    label: read.label ?? id,
    lanes: keyed(
      read.lanes.map(({ within, ...lane }): Lane => (within ? { ...lane, within } : lane)),
      '$.lanes',
      problems,
    ),
    elements: keyed(read.elements, '$.elements', problems),
    nodes: keyed(read.nodes, '$.nodes', problems),
    edges: keyed(
      read.edges.map(({ bends, ...edge }): Edge => (bends?.length ? { ...edge, bends } : edge)),
      '$.edges',
      problems,
    ),
    extra: read.extra,
  }
  return { value, problems }
}

/** Reads `trace.json`. */
export function readTrace(json: unknown): Read<ReadonlyMap<string, TraceLink>> {
  const problems: ReadProblem[] = []
  const trace = new Map<string, TraceLink>()
  if (!Array.isArray(json)) {
    problems.push({ place: '$', sentence: 'The file is not a trace: it does not hold a JSON list.' })
    return { value: trace, problems }
  }
  for (const link of readPartly({ links: json }, traceLinks, problems).links) {
    const key = linkKey(link)
    if (trace.has(key)) problems.push({ place: '$', sentence: `The link ${key} is there twice; the last one counts.` })
    trace.set(key, link)
  }
  return { value: new Map([...trace].sort(([a], [b]) => (a < b ? -1 : 1))), problems }
}

/** By id, in id order; the first of two records with one id counts, and the second is named. A record without an id gets its place as one. */
function keyed<T extends { readonly id: string }>(records: readonly T[], place: string, problems: ReadProblem[]): Map<string, T> {
  const map = new Map<string, T>()
  records.forEach((record, index) => {
    const id = record.id === '' ? `${place}[${index}]` : record.id
    if (map.has(id)) problems.push({ place, sentence: `${place} holds the id "${id}" twice; the first one counts.` })
    else map.set(id, id === record.id ? record : { ...record, id })
  })
  return new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)))
}

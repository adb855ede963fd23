/** Maps drawn with other programs, in and out: read in a worker, put on a map as one undoable change, handed out as a file. */

import { Cancelled, finish } from '../../../../core/operation.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import { type Drawing, drawingFormats } from '../../../../core/workflow/interop/formats.ts'
import type { Loss } from '../../../../core/workflow/interop/loss/loss.ts'
import { writeSvg } from '../../../../core/workflow/interop/svg.ts'
import type { Graph, Workflow, WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { draftAtOnce } from '../../../session/act.ts'
import { jobs } from '../../../session/jobs.ts'
import { workspace } from '../../../session/state.ts'
import { download } from '../../../window/download.ts'
import { editWorkflow } from './workflows.ts'

/** The drawing a file holds, a sentence why there is none, or null when it was cancelled. */
export async function readDrawing(file: File, side: WorkflowSide, signal: AbortSignal): Promise<Drawing | string | null> {
  try {
    const read = await finish(jobs.drawing({ file, side }, signal))
    return read.kind === 'drawing' ? read.drawing : read.sentence
  } catch (error) {
    if (error instanceof Cancelled) return null
    return `${file.name} could not be read: ${errorWords(error)}`
  }
}

/** Puts a drawing in the place of one map; the file itself stays with the workflow. */
export async function placeDrawing(workflow: string, side: WorkflowSide, drawing: Drawing, file: File): Promise<void> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  // The workflow keeps its name: a drawing is often called after its first pool or its file.
  const held = workspace().workflows.get(workflow)?.[side].label ?? ''
  const graph = { ...drawing.graph, id: workflow, side, label: held === '' ? drawing.graph.label : held }
  const applied = editWorkflow(workflow, { kind: 'replace', side, graph })
  if (applied?.refused !== null) return
  const name = file.name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '')
  const path = `workflows/${workflow}/source/${name === '' ? 'drawing' : name}`
  draftAtOnce((project) => ({ ok: true, project: { ...project, other: new Map(project.other).set(path, bytes) } }), false)
}

export type DrawingFormat = 'bpmn' | 'svg' | 'png' | 'csv' | 'mmd' | 'md' | 'json'

const types: Readonly<Record<Exclude<DrawingFormat, 'png'>, string>> = {
  bpmn: 'application/xml',
  svg: 'image/svg+xml',
  csv: 'text/csv',
  mmd: 'text/plain',
  md: 'text/markdown',
  json: 'application/json',
}

/** Hands out one map as a file; gives what the format could not hold. */
export async function exportDrawing(workflow: Workflow, side: WorkflowSide, format: DrawingFormat): Promise<readonly Loss[]> {
  const graph = workflow[side]
  const name = `${workflow.id}-${side}.${format}`
  if (format === 'png') {
    download(name, await picture(graph), 'image/png')
    return []
  }
  const trace = side === 'future' ? [...workflow.trace.values()] : []
  const written = drawingFormats.get(format)?.write(graph, trace) ?? { text: '', losses: [] }
  download(name, written.text, types[format])
  return written.losses
}

/** Puts a map on the clipboard as a picture; fails where the browser does not let a page do that. */
export function copyPicture(graph: Graph): Promise<void> {
  // Some browsers take the item only while the press is handled: the picture itself may come later.
  return navigator.clipboard.write([new ClipboardItem({ 'image/png': picture(graph) })])
}

/** These steps with the flows between them, in the lanes that they stand in. */
export function partOf(graph: Graph, ids: ReadonlySet<string>): Graph {
  return {
    ...graph,
    nodes: new Map([...graph.nodes].filter(([id]) => ids.has(id))),
    edges: new Map([...graph.edges].filter(([, edge]) => ids.has(edge.from) && ids.has(edge.to))),
  }
}

/** Twice the size on screen, so that it stays sharp on paper; browsers refuse larger pictures than this. */
const scale = 2
const mostPixels = 16_000

async function picture(graph: Graph): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([writeSvg(graph)], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const by = Math.min(scale, mostPixels / Math.max(image.width, image.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(image.width * by)
    canvas.height = Math.round(image.height * by)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large for this browser; take SVG.'))),
        'image/png',
      ),
    )
  } finally {
    URL.revokeObjectURL(url)
  }
}

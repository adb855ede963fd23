/** Trace links as ways over both maps, with their words beside one another. */
import type { Box } from '../../core/workflow/drawing/layout.ts'
import { labelPoint, type Point, routeTrace } from '../../core/workflow/drawing/routing.ts'
import { type NodeRef, parseRef } from './node-ref.ts'
import type { SceneInput, WayData } from './scene-model.ts'
import { traceLevel } from './stage.ts'
import { kindWord } from './words.ts'

/** Room of the words on a trace link. */
const wordsWidth = 136
const wordsHeight = 22
const traceIds = 'trace/'

export interface TraceWay {
  readonly id: string
  readonly from: NodeRef
  readonly to: NodeRef
  readonly data: WayData
  /** As it is spoken. */
  readonly name: string
}

/** A link to a step that is not drawn is left out. @param boxes where steps stand */
export function traceWays(
  { lines, stage, workflow }: Pick<SceneInput, 'lines' | 'stage' | 'workflow'>,
  boxes: ReadonlyMap<NodeRef, Box>,
): readonly TraceWay[] {
  const spoken = (ref: NodeRef): string => {
    const place = parseRef(ref)
    const node = place && workflow[place.side].nodes.get(place.id)
    return node ? node.label || kindWord(node) : ref
  }
  const written: Point[] = []
  return lines.flatMap((line) => {
    const from = boxes.get(line.from)
    const to = boxes.get(line.to)
    if (!from || !to) return []
    const level = stage.arrangement === 'stacked' ? traceLevel(stage) : null
    const way = routeTrace(from, to, level)
    const middle = level === null ? labelPoint(way) : { x: ((way[0]?.x ?? 0) + (way.at(-1)?.x ?? 0)) / 2, y: level }
    // Words beside each other would cover one another: the next ones stand a line lower.
    const near = written.filter((other) => Math.abs(other.x - middle.x) < wordsWidth).length
    const at = { x: middle.x, y: middle.y + near * wordsHeight }
    if (line.words !== '') written.push(at)
    const name = `${line.look === 'moved' ? 'Moved, not removed' : 'Traced'}: ${spoken(line.from)} to ${spoken(line.to)}`
    const data: WayData = { way, words: line.words, at, look: line.look, side: null }
    return [{ id: `${traceIds}${line.from}/${line.to}`, from: line.from, to: line.to, data, name }]
  })
}

export function isTraceId(id: string): boolean {
  return id.startsWith(traceIds)
}

/** A map seen from afar, as numbers: one block per step, lanes as high as the window allows, names of runs of steps. */
import type { Box } from '../../core/workflow/drawing/layout.ts'
import type { Workflow, WorkflowSide } from '../../core/workflow/map/workflow.ts'
import { type NodeRef, refOf } from './node-ref.ts'
import { type Band, bandOf, captionHeight, type Stage } from './stage.ts'

/** Colours of lanes that differ from those beside them. */
export const laneColours = 7
const blockWidth = 9.5
const blockHeight = 32
const leastWidth = 2
const lane = { least: 44, most: 96 }
/** Steps further apart than this belong to two runs, in canvas pixels. */
const runGap = 72

/** A band on screen, in pixels from the top of the canvas. */
export interface Row {
  readonly band: Band
  readonly top: number
  readonly height: number
}

export interface FarRows {
  readonly rows: readonly Row[]
  /** Top of the line above each map. */
  readonly captions: Readonly<Record<WorkflowSide, number>>
  readonly height: number
}

/** @param room pixels that the canvas is high, without what stands over its lower edge */
export function farRows(stage: Stage, room: number): FarRows {
  const sides = stage.arrangement === 'stacked' ? (['current', 'future'] as const) : (['current'] as const)
  const lanes = stage.bands.filter((band) => band.lane !== null || stage.regions[band.side].height > lane.least).length
  const free = room - 2 * captionHeight - (stage.bands.length - lanes) * lane.least
  const height = Math.max(lane.least, Math.min(lane.most, Math.floor(free / Math.max(1, lanes))))
  const rows: Row[] = []
  const captions = { current: 0, future: 0 }
  let low = 0
  for (const side of sides) {
    let top = low
    for (const each of stage.arrangement === 'stacked' ? [side] : (['current', 'future'] as const)) {
      captions[each] = stage.arrangement === 'stacked' ? top : 0
      let y = captions[each] + captionHeight
      for (const band of stage.bands.filter((other) => other.side === each)) {
        const high = stage.regions[each].height <= lane.least ? lane.least : height
        rows.push({ band, top: y, height: high })
        y += high
      }
      low = Math.max(low, y)
    }
    top = low
  }
  return { rows, captions, height: low }
}

export interface Block {
  readonly ref: NodeRef
  readonly label: string
  /** Left edge on screen before the canvas is panned. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** 0 to `laneColours` − 1. */
  readonly colour: number
}

/** @param zoom screen pixels per canvas pixel, across only */
export function blocksOf(
  workflow: Workflow,
  stage: Stage,
  boxes: ReadonlyMap<NodeRef, Box>,
  { rows }: FarRows,
  zoom: number,
): readonly Block[] {
  const blocks: Block[] = []
  for (const side of ['current', 'future'] as const) {
    const own = rows.filter(({ band }) => band.side === side)
    for (const node of workflow[side].nodes.values()) {
      const box = boxes.get(refOf(side, node.id))
      if (!box || node.type === 'note') continue
      const beside = stage.beside[side].get(node.id)
      const band = bandOf(stage, side, (beside ?? node).lane)
      const at = own.findIndex((row) => row.band === band)
      const row = own[at]
      if (!row) continue
      // Several steps below each other share the height of their lane.
      const levels = Math.max(1, Math.round(band.height / 88))
      const height = Math.max(5, Math.min(blockHeight, (row.height - 24) / levels - 2))
      const share = (box.y + box.height / 2 - band.y) / Math.max(1, band.height)
      const width = Math.max(leastWidth, Math.min(blockWidth, box.width * zoom * 0.9))
      blocks.push({
        ref: refOf(side, node.id),
        label: node.label,
        x: (box.x + box.width / 2) * zoom - width / 2,
        y: row.top + (levels === 1 ? row.height / 2 - 4 : share * row.height) - height / 2,
        width,
        height,
        colour: at % laneColours,
      })
    }
  }
  return blocks
}

export interface Run {
  readonly key: NodeRef
  readonly words: string
  readonly x: number
  readonly y: number
  /** Until the next run of this lane, or without end. */
  readonly room: number
}

/** Width of a letter, in pixels. */
const letter = 6.4
/** Least room of the name of a head; a longer name is cut off there. */
const leastRoom = 48
const beforeNext = 10

/**
 * Names below blocks: heads are the first of steps that follow each other closely, and each is named where a few letters fit.
 * Of the others as many are named as have room to be read whole.
 */
export function runsOf(blocks: readonly Block[], zoom: number): readonly Run[] {
  const byLane = new Map<string, Block[]>()
  for (const block of blocks) {
    const key = `${block.ref.slice(0, block.ref.indexOf('/'))} ${block.colour} ${Math.round(block.y)}`
    byLane.set(key, [...(byLane.get(key) ?? []), block])
  }
  const runs: Run[] = []
  for (const list of byLane.values()) {
    const sorted = [...list].sort((a, b) => a.x - b.x)
    const heads: Block[] = []
    sorted.forEach((block, i) => {
      const before = sorted[i - 1]
      if (!before || block.x - before.x > (152 + runGap) * zoom) heads.push(block)
      // A run that begins with a start or another short word is called after what follows.
      else if (heads.at(-1) === before && before.label.length <= 5) heads[heads.length - 1] = { ...block, x: before.x }
    })
    const isHead = new Map(heads.map((block) => [block.ref, block]))
    const begins = heads.map(({ x }) => x)
    let free = Number.NEGATIVE_INFINITY
    for (const each of sorted) {
      const head = isHead.get(each.ref)
      const { ref, label, x, y, height } = head ?? each
      const room = (begins.find((other) => other > x) ?? Number.POSITIVE_INFINITY) - x - 6
      const wide = label.length * letter
      // The name before a head ends before it: only names between heads give way to what stands already.
      const fits = head ? room >= leastRoom : label.length > 5 && wide <= room && x >= free
      if (!fits) continue
      free = x + Math.min(room, wide) + beforeNext
      runs.push({ key: ref, words: label, x, y: y + height + 3, room })
    }
  }
  return runs
}

/** The block at a point, `slack` pixels around it counted in. */
export function blockAt(blocks: readonly Block[], x: number, y: number, slack = 2): Block | null {
  return (
    blocks.find(
      (block) =>
        x >= block.x - slack && x <= block.x + block.width + slack && y >= block.y - slack && y <= block.y + block.height + slack,
    ) ?? null
  )
}

/** A map on a sheet of paper: as large as the sheet allows, in rows where it is much wider than high, with title, date, version and legend. */
import { drawingOf } from '../drawing/drawing.ts'
import { laneHeader } from '../drawing/layout.ts'
import type { Graph } from '../map/workflow.ts'
import { plainText } from '../xml/xml-text.ts'
import { drawnParts } from './svg.ts'

export const papers = { a4: { width: 297, height: 210 }, a3: { width: 420, height: 297 } } as const
export type Paper = keyof typeof papers

export interface SheetWords {
  readonly title: string
  /** `dd-MMM-yyyy`. */
  readonly date: string
  /** Short sign of what the maps were when it was printed. */
  readonly version: string
}

/** Millimetres. */
const margin = 10
const head = 12
const foot = 9
const between = 6
const mostRows = 4

interface Row {
  readonly from: number
  readonly to: number
}

/** One page in landscape, its size given in millimetres. */
export function writeSheet(graph: Graph, paper: Paper, words: SheetWords): string {
  const { width, height } = papers[paper]
  const room = { width: width - 2 * margin, height: height - 2 * margin - head - foot }
  const { frame } = drawingOf(graph)
  const names = graph.lanes.size > 0 ? laneHeader : 0
  const rows = bestRows(graph, room, names)
  const widest = Math.max(...rows.map(({ from, to }, at) => to - from + (at === 0 ? 0 : names)))
  const scale = Math.min(room.width / widest, (room.height - (rows.length - 1) * between) / rows.length / frame.height)
  // In the middle of what is left over.
  const spare = (room.height - rows.length * frame.height * scale - (rows.length - 1) * between) / 2
  const drawn = rows.map(({ from, to }, at) => {
    const y = margin + head + spare + at * (frame.height * scale + between)
    const view = (x: number, shown: number, left: number): string =>
      `<svg x="${round(left)}" y="${round(y)}" width="${round(shown * scale)}" height="${round(frame.height * scale)}" viewBox="${x} ${frame.y} ${shown} ${frame.height}"><use href="#map" /></svg>`
    // The names of the lanes stand at the left of every row.
    return at === 0 || names === 0
      ? view(from, to - from, margin)
      : `${view(0, names, margin)}${view(from, to - from, margin + names * scale)}`
  })
  const text = (x: number, y: number, size: number, said: string, more = ''): string =>
    `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="#16242b"${more}>${plainText(said)}</text>`
  const end = ' text-anchor="end"'
  const low = height - margin
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}" font-family="Inter, system-ui, sans-serif" role="img"><title>${plainText(words.title)}</title>
<defs><g id="map">${drawnParts(graph).join('\n')}</g></defs>
<rect width="${width}" height="${height}" fill="#ffffff" />
${text(margin, margin + 5, 5, words.title, ' font-weight="600"')}
${text(width - margin, margin + 5, 3.5, `${words.date} · version ${words.version}`, end)}
${drawn.join('\n')}
${legend(margin, low)}
${rows.length > 1 ? text(width - margin, low, 3, `${rows.length} rows, read one after the other`, end) : ''}
</svg>
`
}

/** As many rows as make the map largest; cut only where no step stands. */
function bestRows(graph: Graph, room: { readonly width: number; readonly height: number }, names: number): readonly Row[] {
  const { frame, boxes, right } = drawingOf(graph)
  const left = frame.x
  const whole = Math.max(right, frame.x + frame.width) - left
  let best: { readonly rows: readonly Row[]; readonly scale: number } | null = null
  for (let count = 1; count <= mostRows; count++) {
    const cuts = [left]
    for (let at = 1; at < count; at++) {
      const free = freeCut([...boxes.values()], left + (whole * at) / count)
      if (free > (cuts.at(-1) ?? 0) + 2 * names) cuts.push(free)
    }
    const rows = cuts.map((from, at): Row => ({ from, to: cuts[at + 1] ?? left + whole }))
    const widest = Math.max(...rows.map(({ from, to }, at) => to - from + (at === 0 ? 0 : names)))
    const scale = Math.min(room.width / widest, (room.height - (rows.length - 1) * between) / rows.length / frame.height)
    // Another row has to pay: a map is read best in one piece.
    if (!best || scale > best.scale * 1.15) best = { rows, scale }
  }
  return best?.rows ?? [{ from: left, to: left + whole }]
}

/** The place nearest to the wanted one that runs through no step. */
function freeCut(boxes: readonly { readonly x: number; readonly width: number }[], wanted: number): number {
  const spots = [wanted, ...boxes.flatMap(({ x, width }) => [x - 10, x + width + 10])]
  const free = spots.filter((spot) => boxes.every(({ x, width }) => spot <= x - 4 || spot >= x + width + 4))
  return free.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0] ?? wanted
}

function legend(x: number, y: number): string {
  const signs: readonly (readonly [string, string])[] = [
    ['flow', '<path d="M0 -1h8" stroke-width="0.4" />'],
    ['to another role', '<path d="M0 -1h8" stroke-width="0.7" />'],
    ['exception', '<path d="M0 -1h8" stroke-width="0.4" stroke-dasharray="1.4 1" />'],
    ['on paper', '<rect x="0.5" y="-3" width="7" height="3.6" rx="0.6" stroke-width="0.4" stroke-dasharray="1.2 0.8" />'],
    ['decision', '<path d="M4 -3.4l2.6 2.3l-2.6 2.3l-2.6 -2.3z" stroke-width="0.4" />'],
    ['wait', '<path d="M4 -3.2l3 4h-6z" stroke-width="0.4" />'],
  ]
  return signs
    .map(
      ([said, sign], at) =>
        `<g transform="translate(${x + at * 36} ${y - 1})" fill="none" stroke="#4c5f69">${sign}<text x="10" y="0.4" font-size="3" fill="#4c5f69" stroke="none">${said}</text></g>`,
    )
    .join('')
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

/** `npm run architecture`: draws docs/architecture.svg from the imports of the code; a room stands above all that it imports. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { layOut } from './architecture/layout.mjs'
import { arrowsOf, boxesOf, floorsOf, readFolders } from './architecture/rooms.mjs'
import { root } from './setup.mjs'

const letter = { title: 7.6, folder: 6.2 }
const lineHeight = 15
const lineLetters = 34

/** The picture of a house: floors of boxes and the arrows between them. */
export function drawHouse(folders) {
  const { boxes, imports } = boxesOf(folders)
  const linesOf = (key) => (boxes.get(key).isCut ? wrapped(boxes.get(key).folders.filter((folder) => folder !== '')) : [])
  const plan = layOut(floorsOf(imports), arrowsOf(imports), (key) => ({
    width: Math.max(boxes.get(key).part.length * letter.title, ...linesOf(key).map((line) => line.length * letter.folder)) + 24,
    height: 30 + linesOf(key).length * lineHeight,
  }))
  const style =
    'rect{fill:#fff;stroke:#768892}text{font:600 13px sans-serif;fill:#16242b;text-anchor:middle}.folders{font:11px sans-serif;fill:#44555e}path{fill:none;stroke:#0a5c66;stroke-opacity:.6}marker path{fill:#0a5c66;stroke:none}'
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${plan.width} ${plan.height}" width="${plan.width}" height="${plan.height}" role="img" aria-label="Rooms of the code; each imports only rooms below it">`,
    `<style>${style}</style>`,
    '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker>',
    `<rect width="${plan.width}" height="${plan.height}" style="fill:#f6f8f8;stroke:none"/>`,
    ...plan.ways.map(arrow),
    ...[...boxes].map(([key, { part }]) => drawn(plan.boxes.get(key), part, linesOf(key))),
    '</svg>',
    '',
  ].join('\n')
}

/** Names of folders in lines of a legible length. */
function wrapped(names) {
  const lines = []
  for (const name of names) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + name.length + 2 <= lineLetters) lines[lines.length - 1] = `${last}, ${name}`
    else lines.push(name)
  }
  return lines
}

function drawn({ x, y, width, height }, title, lines) {
  const middle = x + width / 2
  const words = lines.map((line, i) => `<text class="folders" x="${middle}" y="${y + 35 + i * lineHeight}">${line}</text>`)
  return `<g><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/><text x="${middle}" y="${y + 20}">${title}</text>${words.join('')}</g>`
}

/** A smooth line through the lanes of an arrow, straight where it passes a floor. */
function arrow(way) {
  const middle = ({ x, width }) => x + width / 2
  const parts = way.slice(1).map((node, i) => {
    const from = way[i]
    const [x1, y1, x2, y2] = [middle(from), from.y + from.height, middle(node), node.y]
    const bend = y1 + (y2 - y1) / 2
    const passed = i + 2 < way.length ? `V${node.y + node.height}` : ''
    return `${i === 0 ? `M${x1} ${y1}` : ''}C${x1} ${bend} ${x2} ${bend} ${x2} ${y2}${passed}`
  })
  return `<path d="${parts.join('')}" marker-end="url(#tip)"/>`
}

if (import.meta.filename === process.argv[1]) writeFileSync(join(root, 'docs', 'architecture.svg'), drawHouse(readFolders(root)))

/** Places of boxes and ways of arrows: floors from top to bottom, neighbours near what they import, arrows in the gaps between boxes. */

const gap = 26
/** Room that an arrow takes where it passes a floor. */
const lane = 12
const sweeps = 24

/**
 * @param floors keys by floor, the highest first
 * @param arrows pairs of keys, each from a higher to a lower floor
 * @param sizeOf width and height of a box in pixels
 * @returns boxes with x, y, width, height by key, and the points that each arrow passes
 */
export function layOut(floors, arrows, sizeOf) {
  const floorOf = new Map(floors.flatMap((keys, floor) => keys.map((key) => [key, floor])))
  const rows = floors.map((keys) => keys.map((key) => ({ key, ...sizeOf(key) })))
  const nodeOf = new Map(rows.flat().map((node) => [node.key, node]))
  // An arrow over several floors takes a lane on each of them.
  const ways = arrows.map(([from, to]) => {
    const way = [nodeOf.get(from)]
    for (let floor = floorOf.get(from) + 1; floor < floorOf.get(to); floor++) {
      const node = { key: `${from}>${to}@${floor}`, width: lane, height: 0 }
      rows[floor].push(node)
      way.push(node)
    }
    return [...way, nodeOf.get(to)]
  })
  const above = new Map()
  const below = new Map()
  for (const way of ways)
    for (const [i, node] of way.slice(1).entries()) {
      above.set(node, [...(above.get(node) ?? []), way[i]])
      below.set(way[i], [...(below.get(way[i]) ?? []), node])
    }
  for (const row of rows) spread(row)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const row of rows) draw(row, above)
    for (const row of rows.toReversed()) draw(row, below)
  }
  let y = gap
  for (const row of rows) {
    const height = Math.max(...row.map((node) => node.height))
    for (const node of row) node.y = y + (height - node.height) / 2
    for (const node of row) if (node.height === 0) Object.assign(node, { y, height })
    y += height + 44
  }
  const left = Math.min(...rows.flat().map(({ x, width }) => x - width / 2)) - gap
  for (const node of rows.flat()) node.x = Math.round(node.x - left - node.width / 2)
  return { boxes: nodeOf, ways, width: Math.max(...rows.flat().map(({ x, width }) => x + width)) + gap, height: y - 44 + gap }
}

/** Nodes of a row side by side about the middle; x is the middle of a node. */
function spread(row) {
  const whole = row.reduce((sum, { width }) => sum + width + gap, -gap)
  let x = -whole / 2
  for (const node of row) {
    node.x = x + node.width / 2
    x += node.width + gap
  }
}

/** Draws each node of a row to the middle of its neighbours, and keeps all apart. */
function draw(row, neighbours) {
  const wished = new Map(
    row.map((node) => {
      const near = neighbours.get(node)
      return [node, near ? near.reduce((sum, { x }) => sum + x, 0) / near.length : node.x]
    }),
  )
  row.sort((a, b) => wished.get(a) - wished.get(b) || (a.key < b.key ? -1 : 1))
  // Neighbours that would overlap become one block that stands at the middle of its wishes.
  const blocks = []
  for (const node of row) {
    let block = { nodes: [node], offsets: [0], sum: wished.get(node), width: node.width }
    for (let last = blocks.at(-1); last && overlaps(last, block); last = blocks.at(-1)) block = joined(blocks.pop(), block)
    blocks.push(block)
  }
  for (const block of blocks) for (const [i, node] of block.nodes.entries()) node.x = startOf(block) + block.offsets[i]
}

/** Where the first node of a block stands. */
function startOf({ sum, nodes }) {
  return sum / nodes.length
}

function overlaps(a, b) {
  return startOf(a) + a.offsets.at(-1) + apart(a.nodes.at(-1), b.nodes[0]) > startOf(b)
}

function joined(a, b) {
  const shift = a.offsets.at(-1) + apart(a.nodes.at(-1), b.nodes[0])
  return {
    nodes: [...a.nodes, ...b.nodes],
    offsets: [...a.offsets, ...b.offsets.map((offset) => offset + shift)],
    sum: a.sum + b.sum - shift * b.nodes.length,
  }
}

function apart(a, b) {
  return (a.width + b.width) / 2 + gap
}

/** Places for the integration map: systems in columns as workflows are laid out, each interface with a row of its own, straight wherever it can be. */
import { type Box, layOut } from '../../workflow/drawing/layout.ts'
import type { Point } from '../../workflow/drawing/routing.ts'
import { blankEdge, blankNode } from '../../workflow/map/workflow.ts'
import type { InterfaceMap } from './interface-map.ts'

export interface DrawnInterface {
  readonly id: string
  /** From the left system to the right one; `toRight` and `toLeft` say which ends have an arrow. */
  readonly way: readonly Point[]
  readonly toRight: boolean
  readonly toLeft: boolean
  /** Middle of the straight piece that the words stand on. */
  readonly at: Point
}

export interface InterfaceDrawing {
  readonly width: number
  readonly height: number
  /** `id` is the name of the system. */
  readonly boxes: readonly Box[]
  readonly interfaces: readonly DrawnInterface[]
  /** Interfaces from a system to itself: they have no way to draw. */
  readonly loops: readonly string[]
}

const boxWidth = 148
/** One interface has so much height to itself: a line of words above it, one below. */
const pitch = 60
const gap = 14
/** Room for the words of an interface beside a column. */
const wordsRoom = 208
const channel = 12
const margin = 8

interface Slot {
  /** A system, or the passage of an interface through a column. */
  readonly name: string
  readonly column: number
  readonly system: boolean
  readonly left: Link[]
  readonly right: Link[]
  place: number
  y: number
  height: number
}

interface Link {
  readonly from: Slot
  readonly to: Slot
  readonly edge: string
}

export function drawInterfaces({ systems, exchanges }: InterfaceMap): InterfaceDrawing {
  const columns = columnsOf({ systems, exchanges })
  const slots = new Map<string, Slot>()
  const slotAt = (name: string, column: number, system: boolean): Slot => {
    const slot: Slot = { name, column, system, left: [], right: [], place: 0, y: 0, height: 0 }
    slots.set(`${column}\n${name}`, slot)
    return slot
  }
  const home = new Map(systems.map(({ name }) => [name, slotAt(name, columns.get(name) ?? 0, true)]))
  const drawn = exchanges.flatMap(({ row }, index) => {
    const [from, to] = [home.get(row.from), home.get(row.to)]
    if (!from || !to || from === to) return []
    const [left, right] = from.column < to.column ? [from, to] : [to, from]
    const edge = String(index)
    let at = left
    const links: Link[] = []
    for (let column = left.column + 1; column <= right.column; column++) {
      const next = column === right.column ? right : slotAt(`passage ${edge}`, column, false)
      const link = { from: at, to: next, edge }
      at.right.push(link)
      next.left.push(link)
      links.push(link)
      at = next
    }
    const twoWay = row.direction === 'two-way'
    return [{ id: row.edge_id, links, toRight: twoWay || from === left, toLeft: twoWay || from === right }]
  })
  const byColumn = Array.from({ length: Math.max(0, ...columns.values()) + 1 }, (_, column) =>
    [...slots.values()].filter((slot) => slot.column === column),
  )
  for (const own of byColumn) for (const slot of own) slot.height = heightOf(slot)
  order(byColumn)
  const height = place(byColumn)
  const { lefts, width, ways } = routed(byColumn)
  return {
    width,
    height,
    boxes: [...home.values()].map(({ name, column, y, height: tall }) => ({
      id: name,
      x: lefts[column] ?? 0,
      y,
      width: boxWidth,
      height: tall,
    })),
    interfaces: drawn.map(({ id, links, toRight, toLeft }) => {
      const way = links.flatMap((link) => ways.get(link) ?? [])
      const [first, second] = way
      const at = { x: (first?.x ?? 0) + wordsRoom / 2, y: first?.y ?? second?.y ?? 0 }
      return { id, way, toRight, toLeft, at }
    }),
    loops: exchanges.filter(({ row }) => row.from === row.to).map(({ row }) => row.edge_id),
  }
}

/** The column of each system: that of the workflow layout, where messages run from left to right. */
function columnsOf({ systems, exchanges }: InterfaceMap): ReadonlyMap<string, number> {
  const nodes = new Map(systems.map(({ name }) => [name, { ...blankNode, id: name, label: name }]))
  const edges = exchanges.map(({ row }, index) => ({ ...blankEdge, id: String(index), from: row.from, to: row.to }))
  const { moves } = layOut({
    id: 'interfaces',
    side: 'future',
    label: '',
    lanes: new Map(),
    elements: new Map(),
    nodes,
    edges: new Map(edges.map((edge) => [edge.id, edge])),
    extra: {},
  })
  const places = [...new Set(moves.map(({ x }) => x))].sort((a, b) => a - b)
  return new Map(moves.map(({ id, x }) => [id, places.indexOf(x)]))
}

function heightOf({ left, right, system }: Slot): number {
  const rows = Math.max(1, left.length, right.length)
  return system ? rows * pitch - gap : pitch / 2
}

/** Sweeps that put each slot at the mean place of what it is linked to (Sugiyama 1981); four of them settle maps of this size. */
function order(columns: readonly Slot[][]): void {
  for (const own of columns) number(own)
  for (let sweep = 0; sweep < 4; sweep++) {
    const forward = sweep % 2 === 0
    for (const own of forward ? columns : columns.toReversed()) {
      const wanted = new Map(own.map((slot) => [slot, meanPlace(slot, forward)]))
      own.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0) || a.place - b.place)
      number(own)
    }
  }
  for (const own of columns)
    for (const { left, right } of own) {
      left.sort((a, b) => a.from.place - b.from.place || Number(a.edge) - Number(b.edge))
      right.sort((a, b) => a.to.place - b.to.place || Number(a.edge) - Number(b.edge))
    }
}

function number(own: readonly Slot[]): void {
  for (const [index, slot] of own.entries()) slot.place = index / Math.max(1, own.length)
}

function meanPlace(slot: Slot, forward: boolean): number {
  const others = forward ? slot.left.map(({ from }) => from) : slot.right.map(({ to }) => to)
  return others.length === 0 ? slot.place : others.reduce((sum, other) => sum + other.place, 0) / others.length
}

/** Columns stand around one middle line. */
function place(columns: readonly (readonly Slot[])[]): number {
  const tall = columns.map((own) => own.reduce((sum, { height }) => sum + height + gap, -gap))
  const height = Math.max(0, ...tall)
  for (const [column, own] of columns.entries()) {
    let y = margin + Math.round((height - (tall[column] ?? 0)) / 2)
    for (const slot of own) {
      slot.y = y
      y += slot.height + gap
    }
  }
  return height + 2 * margin
}

/** Height at which the n-th of so many interfaces meets a slot. */
function port({ y, height }: Slot, links: readonly Link[], link: Link): number {
  return Math.round(y + height / 2 + (links.indexOf(link) - (links.length - 1) / 2) * pitch)
}

/** Every gap has room for words, then a channel of its own for each way that has to change its height. */
function routed(columns: readonly (readonly Slot[])[]) {
  const ways = new Map<Link, readonly Point[]>()
  const lefts: number[] = []
  let x = margin
  for (const own of columns) {
    lefts.push(x)
    const start = x + boxWidth
    const links = own.flatMap(({ right }) => right)
    const ends = links.map((link) => [link, port(link.from, link.from.right, link), port(link.to, link.to.left, link)] as const)
    // Those that go down turn the later the higher they start, those that go up the other way: so they cross least.
    const bent = ends
      .filter(([, a, b]) => a !== b)
      .sort(([, a, b], [, c, d]) => (b > a ? 0 : 1) - (d > c ? 0 : 1) || (b > a ? c - a : a - c))
    const end = start + wordsRoom + (bent.length + 2) * channel
    for (const [link, from, to] of ends) {
      const turn = start + wordsRoom + (bent.findIndex(([each]) => each === link) + 1) * channel
      const begin = link.from.system ? start : x
      ways.set(
        link,
        from === to
          ? [point(begin, from), point(end, to)]
          : [point(begin, from), point(turn, from), point(turn, to), point(end, to)],
      )
    }
    x = links.length === 0 && own === columns.at(-1) ? start : end
  }
  return { lefts, width: x + margin, ways }
}

function point(x: number, y: number): Point {
  return { x, y }
}

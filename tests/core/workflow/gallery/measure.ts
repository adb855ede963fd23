/** What a reader of a drawing stumbles over, counted from its shapes and lines alone, whoever drew it. */

export interface Spot {
  readonly x: number
  readonly y: number
}

export interface Area extends Spot {
  readonly width: number
  readonly height: number
}

export interface Line {
  readonly from: string
  readonly to: string
  readonly way: readonly Spot[]
}

export interface Picture {
  readonly boxes: ReadonlyMap<string, Area>
  readonly lines: readonly Line[]
  /** Words and names outside of their shapes; `of` may be touched: the shape that a name belongs to. */
  readonly words: readonly (Area & { readonly of: string })[]
}

export interface Measured {
  readonly crossings: number
  readonly bends: number
  /** Pairs of steps that cover one another. */
  readonly overlaps: number
  /** Lines that run through a step they do not belong to. */
  readonly throughSteps: number
  /** Words that a line runs through. */
  readonly throughWords: number
  /** Words over words, or over a step. */
  readonly coveredWords: number
  /** Pairs of flows without a common end that run on the same line for a while. */
  readonly onTop: number
  /** Square pixels that the steps and lines span. */
  readonly area: number
  readonly length: number
}

export const nothing: Measured = {
  crossings: 0,
  bends: 0,
  overlaps: 0,
  throughSteps: 0,
  throughWords: 0,
  coveredWords: 0,
  onTop: 0,
  area: 0,
  length: 0,
}

export function sum(a: Measured, b: Measured): Measured {
  const total: { -readonly [name in keyof Measured]: Measured[name] } = { ...a }
  for (const name of Object.keys(nothing) as (keyof Measured)[]) total[name] += b[name]
  return total
}

interface Piece {
  readonly line: Line
  readonly a: Spot
  readonly b: Spot
}

export function measure({ boxes, lines, words }: Picture): Measured {
  const steps = [...boxes]
  const pieces = lines.flatMap((line) => piecesOf(line))
  const spots = [
    ...steps.flatMap(([, { x, y, width, height }]) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
    ...lines.flatMap(({ way }) => way),
  ]
  const span = (of: (spot: Spot) => number): number => Math.max(...spots.map(of)) - Math.min(...spots.map(of))
  return {
    crossings: pairs(pieces, (a, b) => a.line !== b.line && crosses(a, b)),
    bends: lines.reduce((all, { way }) => all + Math.max(0, tidy(way).length - 2), 0),
    overlaps: pairs(steps, ([, a], [, b]) => covers(a, b)),
    throughSteps: lines.filter((line) =>
      steps.some(([id, box]) =>
        piecesOf(line).some(({ a, b }) => runsThrough(a, b, shrunk(box, id === line.from || id === line.to ? 2 : 0))),
      ),
    ).length,
    throughWords: words.filter((area) => pieces.some(({ a, b }) => runsThrough(a, b, shrunk(area, 1)))).length,
    coveredWords:
      pairs(words, (a, b) => covers(shrunk(a, 1), shrunk(b, 1))) +
      words.filter((area) => steps.some(([, box]) => covers(shrunk(area, 1), box))).length,
    onTop: pairs(lines, (a, b) => a.from !== b.from && a.to !== b.to && liesOn(a, b)),
    area: span(({ x }) => x) * span(({ y }) => y),
    length: pieces.reduce((all, { a, b }) => all + Math.hypot(a.x - b.x, a.y - b.y), 0),
  }
}

function pairs<T>(list: readonly T[], met: (a: T, b: T) => boolean): number {
  let count = 0
  for (const [at, a] of list.entries()) for (let next = at + 1; next < list.length; next++) if (met(a, list[next] as T)) count++
  return count
}

function piecesOf(line: Line): readonly Piece[] {
  const way = tidy(line.way)
  return way.slice(1).map((b, at) => ({ line, a: way[at] ?? b, b }))
}

/** Without points that lie straight between their neighbours. */
function tidy(way: readonly Spot[]): readonly Spot[] {
  const distinct = way.filter(
    (spot, at) => at === 0 || Math.hypot(spot.x - (way[at - 1]?.x ?? 0), spot.y - (way[at - 1]?.y ?? 0)) > 0.5,
  )
  return distinct.filter((spot, at) => {
    const [before, after] = [distinct[at - 1], distinct[at + 1]]
    return !before || !after || Math.abs(turn(before, spot, after)) > 1
  })
}

/** Twice the area of the triangle: zero where the three lie on one line. */
function turn(a: Spot, b: Spot, c: Spot): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/** Both cross inside: lines that only touch, as where two join, do not count. */
function crosses({ a, b }: Piece, { a: c, b: d }: Piece): boolean {
  const apart = 0.5
  const [p, q, r, s] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)]
  const off = apart * Math.max(1, Math.hypot(b.x - a.x, b.y - a.y))
  const over = apart * Math.max(1, Math.hypot(d.x - c.x, d.y - c.y))
  return ((p > off && q < -off) || (p < -off && q > off)) && ((r > over && s < -over) || (r < -over && s > over))
}

/** They share a piece longer than an arrow head. */
function liesOn(one: Line, other: Line): boolean {
  return piecesOf(one).some(({ a, b }) =>
    piecesOf(other).some(({ a: c, b: d }) => {
      if (a.x === b.x && c.x === d.x && a.x === c.x) return shares(a.y, b.y, c.y, d.y)
      return a.y === b.y && c.y === d.y && a.y === c.y && shares(a.x, b.x, c.x, d.x)
    }),
  )
}

function shares(a: number, b: number, c: number, d: number): boolean {
  return Math.min(Math.max(a, b), Math.max(c, d)) - Math.max(Math.min(a, b), Math.min(c, d)) > 8
}

function covers(a: Area, b: Area): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

function shrunk({ x, y, width, height }: Area, by: number): Area {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by }
}

/** Whether the straight line from `a` to `b` has a point inside the area. */
function runsThrough(a: Spot, b: Spot, { x, y, width, height }: Area): boolean {
  let [from, to] = [0, 1]
  for (const [start, by, low, high] of [
    [a.x, b.x - a.x, x, x + width],
    [a.y, b.y - a.y, y, y + height],
  ] as const) {
    if (by === 0) {
      if (start <= low || start >= high) return false
      continue
    }
    const [near, far] = [(low - start) / by, (high - start) / by].sort((p, q) => p - q) as [number, number]
    from = Math.max(from, near)
    to = Math.min(to, far)
  }
  return from < to
}

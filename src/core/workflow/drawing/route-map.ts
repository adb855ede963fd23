/** Ways of all flows of a map together: few bends, few crossings, none through a step or a name, none on top of another. */
import type { Box } from './layout.ts'
import { LineIndex, type Piece, piecesOf } from './line-index.ts'
import { indexOfSteps, type StepIndex } from './step-index.ts'
import { wayAround } from './way-around.ts'
import { detours, simpleWays, type Way } from './ways.ts'

export interface FlowEnds {
  readonly from: Box
  readonly to: Box
  /** Answers of a decision rather leave at its tips. */
  readonly fromGateway: boolean
  /** A way that somebody drew: others keep clear of it. */
  readonly drawn?: Way
}

/** What each fault of a way costs, in pixels of detour. */
const cost = {
  step: 100_000,
  name: 1_500,
  cover: 600,
  fork: 30,
  crossing: 130,
  near: 90,
  bend: 55,
  end: 25,
  backEnd: 60,
  far: 0.3,
}
/** Lines closer than this look like one. */
const apart = 6
const aroundStep = 5
/** A line beside a step, and the next one beside that line. */
const beside = 12
const next = 8
const reach = 400
const rounds = 3
/** Above this many flows one more look at each of them would be noticed. */
const large = 400

/** @param names what is written outside of shapes: lines keep clear of it where they can */
export function routeFlows(flows: readonly FlowEnds[], steps: readonly Box[], names: readonly Box[]): readonly Way[] {
  const router = new Router(flows, steps, names)
  return router.route()
}

interface Tried {
  readonly way: Way
  readonly faults: number
}

class Router {
  private readonly flows: readonly FlowEnds[]
  private readonly steps: readonly Box[]
  private readonly index: StepIndex
  private readonly wide: StepIndex
  private readonly names: StepIndex
  private readonly lines = new LineIndex()
  private readonly nameOf: ReadonlyMap<string, Box>

  constructor(flows: readonly FlowEnds[], steps: readonly Box[], names: readonly Box[]) {
    this.flows = flows
    this.steps = steps
    this.index = indexOfSteps(steps)
    this.wide = indexOfSteps(steps.map((box) => grown(box, aroundStep)))
    this.names = indexOfSteps(names)
    this.nameOf = new Map(names.map((name) => [name.id, name]))
  }

  route(): readonly Way[] {
    const ways = this.flows.map(({ drawn }): Tried => ({ way: drawn ?? [], faults: 0 }))
    for (const [at, { drawn }] of this.flows.entries()) if (drawn) this.lines.set(at, drawn)
    const order = this.flows.flatMap(({ drawn }, at) => (drawn ? [] : [at])).sort((a, b) => this.span(a) - this.span(b) || a - b)
    const turns = this.flows.length > large ? 2 : rounds
    for (let turn = 0; turn < turns; turn++) {
      let changed = false
      for (const at of order) {
        // What nothing is in the way of stays; a later line may have come too close since.
        if (turn > 0) {
          this.lines.remove(at)
          const before = ways[at]?.way ?? []
          if (this.faults(at, before) === 0 && (ways[at]?.faults ?? 0) === 0) {
            this.lines.set(at, before)
            continue
          }
        }
        const found = this.best(at)
        changed ||= found.way !== ways[at]?.way
        ways[at] = found
        this.lines.set(at, found.way)
      }
      if (!changed) break
    }
    return ways.map(({ way }) => way)
  }

  private span(at: number): number {
    const flow = this.flows[at]
    return flow ? Math.abs(flow.to.x - flow.from.x - flow.from.width) + Math.abs(middle(flow.to) - middle(flow.from)) : 0
  }

  private best(at: number): Tried {
    const flow = this.flows[at]
    if (!flow) return { way: [], faults: 0 }
    const { from, to } = flow
    let best = this.cheapest(at, flow, simpleWays(from, to), null)
    // Only where something is in the way of those is it worth to look around.
    if (!best || best.faults > 0)
      best = this.cheapest(at, flow, detours(from, to, this.nameOf.get(to.id), this.levelsNear(from, to)), best)
    if (best && best.faults < cost.step) return best
    const free = wayAround(from, to, this.steps, this.index)
    const way = free ?? best?.way ?? []
    return { way, faults: this.faults(at, way) }
  }

  private cheapest(at: number, flow: FlowEnds, ways: readonly Way[], known: Tried | null): Tried | null {
    let best = known
    let least = known ? this.shapeCost(flow, known.way) + known.faults : Number.POSITIVE_INFINITY
    const sorted = ways.map((way) => ({ way, shape: this.shapeCost(flow, way) })).sort((a, b) => a.shape - b.shape)
    for (const { way, shape } of sorted) {
      if (shape >= least) break
      const faults = this.faults(at, way, least - shape)
      if (shape + faults >= least) continue
      best = { way, faults }
      least = shape + faults
    }
    return best
  }

  /** Levels beside the steps around both ends, where a line may run. */
  private levelsNear(from: Box, to: Box): readonly number[] {
    const [left, right] = [Math.min(from.x, to.x) - 40, Math.max(from.x + from.width, to.x + to.width) + 40]
    const [top, bottom] = [Math.min(from.y, to.y) - reach, Math.max(from.y + from.height, to.y + to.height) + reach]
    const levels = new Set<number>()
    const add = ({ y, height }: Box): void => {
      for (const level of [y - beside, y - beside - next, y + height + beside, y + height + beside + next])
        levels.add(Math.round(level))
    }
    this.index.each({ x: left, y: top }, { x: right, y: bottom }, add)
    this.names.each({ x: left, y: top }, { x: right, y: bottom }, add)
    return [...levels]
  }

  /** What a way costs by itself: its bends, its length and the sides it leaves and enters at. */
  private shapeCost({ from, to, fromGateway }: FlowEnds, way: Way): number {
    let length = 0
    for (let i = 1; i < way.length; i++)
      length += Math.abs((way[i]?.x ?? 0) - (way[i - 1]?.x ?? 0)) + Math.abs((way[i]?.y ?? 0) - (way[i - 1]?.y ?? 0))
    const [start, end] = [way[0], way.at(-1)]
    const out = !start || start.x === from.x + from.width ? 0 : start.x === from.x ? cost.backEnd : fromGateway ? 0 : cost.end
    const into = !end || end.x === to.x ? 0 : end.x === to.x + to.width ? cost.backEnd : cost.end
    // Answers part close to their question, so that each has room for its words.
    const apartLate = fromGateway && way.length === 4 ? Math.abs((way[1]?.x ?? 0) - (start?.x ?? 0)) * cost.far : 0
    return Math.max(0, way.length - 2) * cost.bend + length * 0.25 + out + into + apartLate
  }

  /** Counted no further than `enough`. */
  private faults(at: number, way: Way, enough = Number.POSITIVE_INFINITY): number {
    const flow = this.flows[at]
    if (!flow) return 0
    const { from, to } = flow
    let sum = isFree(this.wide, way, from, to) ? 0 : isFree(this.index, way, from, to) ? cost.near : cost.step
    for (const [i, piece] of piecesOf(at, way).entries()) {
      const own = { left: i === 0, right: i === way.length - 2 }
      if (this.runsThrough(piece, from, to, own)) sum += cost.step
      if (sum >= enough) return sum
      this.names.each({ x: piece.left - 1, y: piece.top - 1 }, { x: piece.right + 1, y: piece.bottom + 1 }, () => {
        sum += cost.name
      })
      this.lines.near(piece, apart, (other) => {
        sum += this.conflict(flow, piece, other)
      })
    }
    return sum
  }

  /** A way through its own step, on the far side of where it leaves or enters. */
  private runsThrough(piece: Piece, from: Box, to: Box, own: { readonly left: boolean; readonly right: boolean }): boolean {
    const inside = (box: Box): boolean =>
      piece.left < box.x + box.width - 1 &&
      piece.right > box.x + 1 &&
      piece.top < box.y + box.height - 1 &&
      piece.bottom > box.y + 1
    return inside(from) || inside(to) || (!own.left && touches(piece, from)) || (!own.right && touches(piece, to))
  }

  private conflict(flow: FlowEnds, a: Piece, b: Piece): number {
    const [flatA, flatB] = [a.top === a.bottom, b.top === b.bottom]
    if (flatA !== flatB) {
      const [flat, upright] = flatA ? [a, b] : [b, a]
      const crosses =
        upright.left > flat.left + 0.5 &&
        upright.left < flat.right - 0.5 &&
        flat.top > upright.top + 0.5 &&
        flat.top < upright.bottom - 0.5
      return crosses ? cost.crossing : 0
    }
    const [off, shared] = flatA
      ? [Math.abs(a.top - b.top), Math.min(a.right, b.right) - Math.max(a.left, b.left)]
      : [Math.abs(a.left - b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)]
    if (shared <= 4 || off >= apart) return 0
    const other = this.flows[b.flow]
    // Two answers may begin on one line, two flows may arrive on one.
    if (off === 0 && other && (other.from.id === flow.from.id || other.to.id === flow.to.id)) return cost.fork + shared
    return cost.cover
  }
}

function isFree(index: StepIndex, way: Way, { id: from }: Box, { id: to }: Box): boolean {
  for (let i = 1; i < way.length; i++) {
    const [a, b] = [way[i - 1], way[i]]
    if (a && b && !index.isFree(a, b, from, to)) return false
  }
  return true
}

function grown(box: Box, by: number): Box {
  return { id: box.id, x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by }
}

function touches({ left, right, top, bottom }: Piece, { x, y, width, height }: Box): boolean {
  return left <= x + width && right >= x && top <= y + height && bottom >= y
}

function middle(box: Box): number {
  return box.y + box.height / 2
}

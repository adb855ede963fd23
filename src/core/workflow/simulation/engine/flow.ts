/** How branches move through a map: ways out, splits, joins and ends. */
import { keyedUniform } from '../../../random.ts'
import { does } from '../model/tables.ts'
import { begin } from './gather.ts'
import { purpose } from './purposes.ts'
import type { State } from './state.ts'
import { place } from './tokens.ts'

/** A case that has come to one step this often is taken out: its loop hardly ever ends, and the run would not either. */
export const mostVisits = 10_000

/** Enters every branch that waits to be entered, and fires the OR-joins that nothing can reach any more. */
export function drain(s: State): void {
  const { pending, touched } = s
  do {
    while (pending.length > 0) {
      const input = pending.pop() as number
      const to = pending.pop() as number
      go(s, pending.pop() as number, to, input)
    }
    while (touched.length > 0 && pending.length === 0) settleJoins(s, touched.pop() as number)
  } while (pending.length > 0)
}

/** Moves a branch on until it works, waits or ends. */
export function go(s: State, token: number, first: number, firstInput: number): void {
  const { tokens, tables } = s
  const number = tokens.case[token] as number
  let at = first
  let input = firstInput
  for (;;) {
    tokens.node[token] = at
    const what = tables.does[at] as number
    if (what === does.end) {
      s.close(token)
      return
    }
    const slot = tables.visitSlot[at] as number
    let visit = 0
    if (slot >= 0) {
      const counted = number * tables.visitSlots + slot
      visit = s.visits[counted] as number
      if (visit >= mostVisits) {
        s.collector.takeOut(number)
        s.giveToken(token)
        return
      }
      s.visits[counted] = visit + 1
    }
    s.nameVisit(token, number, visit)
    if (what === does.work) {
      begin(s, token, at)
      s.touch(number)
      return
    }
    if (what !== does.pass) {
      if (s.node(at).inputs > 1 && !(what === does.parallel ? joinAll(s, token, at, input) : joinSome(s, token))) return
      split(s, token, at)
      return
    }
    const way = chosenWay(s, token, at)
    if (way < 0) {
      s.close(token)
      return
    }
    const node = s.node(at)
    at = node.to[way] as number
    input = node.input[way] as number
  }
}

/** Leaves a step by one of its ways. */
export function leave(s: State, token: number, at: number): void {
  const { tables } = s
  if (tables.chooses[at] === 0) {
    const to = tables.only[at] as number
    if (to < 0) s.close(token)
    else go(s, token, to, tables.onlyInput[at] as number)
    return
  }
  const way = chosenWay(s, token, at)
  const node = s.node(at)
  if (way < 0) s.close(token)
  else go(s, token, node.to[way] as number, node.input[way] as number)
}

/** The first way whose condition holds, otherwise one of the others by its share. */
function chosenWay(s: State, token: number, at: number): number {
  const node = s.node(at)
  const { sums, asks } = node
  const ways = sums.length
  if (ways < 2 && asks === null) return ways - 1
  if (asks !== null) {
    for (const ask of asks) if (holds(s, token, ask.attribute, ask.test)) return ask.way
    return byShareOfOthers(s, token, at)
  }
  const u = uniform(s, token, at)
  let way = 0
  while (way < ways - 1 && u >= (sums[way] as number)) way++
  return way
}

/** Ways with a condition that does not hold are closed; where all are, the last one is taken. */
function byShareOfOthers(s: State, token: number, at: number): number {
  const { sums, asks } = s.node(at)
  const closed = new Set(asks?.map((ask) => ask.way))
  const shares = Array.from(sums, (sum, way) => (closed.has(way) ? 0 : sum - (sums[way - 1] ?? 0)))
  const total = shares.reduce((all, share) => all + share, 0)
  const open = shares.findIndex((_, way) => !closed.has(way))
  if (total === 0) return open === -1 ? sums.length - 1 : open
  let left = uniform(s, token, at) * total
  for (const [way, share] of shares.entries()) {
    left -= share
    if (left < 0 && share > 0) return way
  }
  return open
}

function holds(s: State, token: number, attribute: number, test: (value: number) => boolean): boolean {
  const row = (s.tokens.case[token] as number) * s.model.attributes.all.length
  return test(s.attributes[row + attribute] as number)
}

function uniform(s: State, token: number, at: number): number {
  const key = s.tokens.turn[token] === 0 ? (s.routeKey[at] as number) : s.key(token, purpose.route)
  return keyedUniform(key, s.tokens.counter[token] as number)
}

/** An AND-join goes on when each of its inputs has brought one; more than one of an input wait for the next round. */
function joinAll(s: State, token: number, at: number, input: number): boolean {
  const number = s.tokens.case[token] as number
  const { inputs } = s.node(at)
  const row = number * s.tables.joinSlots + (s.tables.joinSlot[at] as number)
  s.joins[row + input] = Math.min(255, (s.joins[row + input] as number) + 1)
  for (let each = 0; each < inputs; each++)
    if (s.joins[row + each] === 0) {
      s.giveToken(token)
      s.touch(number)
      return false
    }
  for (let each = 0; each < inputs; each++) s.joins[row + each] = (s.joins[row + each] as number) - 1
  s.open[number] = (s.open[number] as number) - (inputs - 1)
  return true
}

/** An OR-join waits as long as another branch of the case can still come to it. */
function joinSome(s: State, token: number): boolean {
  s.tokens.place[token] = place.joining
  s.tokens.came[token] = s.now
  s.touch(s.tokens.case[token] as number)
  return false
}

function settleJoins(s: State, number: number): void {
  const { tokens } = s
  let longest = -1
  let all = true
  for (let token = s.firstToken[number] as number; token !== -1; token = tokens.sibling[token] as number) {
    if (tokens.place[token] !== place.joining) {
      all = false
      continue
    }
    if (longest === -1 || (tokens.came[token] as number) <= (tokens.came[longest] as number)) longest = token
    if (!isAwaited(s, number, tokens.node[token] as number)) {
      fireJoin(s, number, token)
      return
    }
  }
  // Joins that wait for each other would wait for ever: the one that has waited longest goes on.
  if (all && longest !== -1) fireJoin(s, number, longest)
}

function isAwaited(s: State, number: number, join: number): boolean {
  const { tokens } = s
  const { view, first } = s.model.parts[s.part[number] as number] ?? { view: s.model.view, first: 0 }
  for (let other = s.firstToken[number] as number; other !== -1; other = tokens.sibling[other] as number) {
    const there = tokens.node[other] as number
    if (there === join && tokens.place[other] === place.joining) continue
    if (view.reaches(there - first, join - first)) return true
  }
  return false
}

/** All branches that wait at the join become one, and it goes on. */
function fireJoin(s: State, number: number, token: number): void {
  const { tokens } = s
  const join = tokens.node[token] as number
  for (let other = s.firstToken[number] as number; other !== -1; ) {
    const next = tokens.sibling[other] as number
    if (other !== token && tokens.node[other] === join && tokens.place[other] === place.joining) {
      s.giveToken(other)
      s.open[number] = (s.open[number] as number) - 1
    }
    other = next
  }
  tokens.place[token] = place.moving
  split(s, token, join)
  s.touch(number)
}

function split(s: State, token: number, at: number): void {
  const { to, input } = s.node(at)
  const ways = chosenWays(s, token, at)
  const number = s.tokens.case[token] as number
  if (ways.length === 0) {
    s.close(token)
    return
  }
  s.open[number] = (s.open[number] as number) + ways.length - 1
  const branches = ways.map((_, index) => (index === 0 ? token : s.newToken(number)))
  for (const branch of branches) s.tokens.node[branch] = at
  // The first way is entered first, as the last one put there.
  for (let index = ways.length - 1; index >= 0; index--) {
    const way = ways[index] as number
    s.pending.push(branches[index] as number, to[way] as number, input[way] as number)
  }
}

/** All ways of a parallel gateway; of an inclusive one each by its condition or share, and at least the last. */
function chosenWays(s: State, token: number, at: number): readonly number[] {
  const { does: what, to, sums, asks } = s.node(at)
  const all = Array.from(to, (_, way) => way)
  if (what === 'parallel' || to.length < 2) return all
  const ways = all.filter((way) => {
    const ask = asks?.find((each) => each.way === way)
    if (ask) return holds(s, token, ask.attribute, ask.test)
    const key = s.key(token, purpose.route + (way << 8))
    return keyedUniform(key, s.tokens.counter[token] as number) < (sums[way] as number)
  })
  return ways.length > 0 ? ways : [to.length - 1]
}

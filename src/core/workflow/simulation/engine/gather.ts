/** What happens between coming to a step and asking for people: a delay, then a batch by number or by the clock. */
import { ask, askSimply, withdrawQueued } from './desk.ts'
import { kind, type State } from './state.ts'
import { place } from './tokens.ts'

/** A token has come to a step where somebody or something works. */
export function begin(s: State, token: number, at: number): void {
  const { tokens, now } = s
  tokens.came[token] = now
  if (s.simple[at] === 1) {
    askSimply(s, token, at)
    return
  }
  tokens.attempt[token] = 0
  tokens.place[token] = place.moving
  if (s.tables.before[at] === 0) {
    tokens.ready[token] = now
    ask(s, token)
    return
  }
  const { timeout } = s.node(at)
  if (timeout) tokens.timeout[token] = s.heap.push(now + timeout.after, (token << 3) | kind.timeout)
  delay(s, token, s.drawDelay(token, at))
}

/** After so many seconds the token is ready. */
export function delay(s: State, token: number, seconds: number): void {
  if (seconds <= 0) {
    gather(s, token)
    return
  }
  s.tokens.place[token] = place.delayed
  s.tokens.event[token] = s.heap.push(s.now + seconds, (token << 3) | kind.ready)
}

/** Before the queue: by number, by the clock, or not at all. */
export function gather(s: State, token: number): void {
  const { tokens, now } = s
  const at = tokens.node[token] as number
  const { batch } = s.node(at)
  tokens.ready[token] = now
  if (batch === null) {
    ask(s, token)
    return
  }
  const waiting = s.gathered[at] as number[]
  waiting.push(token)
  tokens.place[token] = place.gathered
  if (batch.kind === 'size') {
    if (waiting.length >= batch.size) releaseBatch(s, at)
    else if (waiting.length === 1 && batch.maxWait !== null) s.heap.push(now + batch.maxWait, (at << 3) | kind.release)
    return
  }
  if (waiting.length > 1) return
  const rounds = Math.ceil((now - batch.offset) / batch.every)
  s.heap.push(batch.offset + rounds * batch.every, (at << 3) | kind.release)
}

/** The clock has come, or the first item of an unfilled batch has waited long enough. */
export function releaseOverdue(s: State, at: number): void {
  const waiting = s.gathered[at] as number[]
  const { batch } = s.node(at)
  const first = waiting[0]
  if (first === undefined || batch === null) return
  const ready = s.tokens.ready[first] as number
  if (batch.kind === 'clock' || s.now - ready >= (batch.maxWait ?? 0) - 1e-9) releaseBatch(s, at)
  else s.heap.push(ready + (batch.maxWait ?? 0), (at << 3) | kind.release)
}

function releaseBatch(s: State, at: number): void {
  const waiting = s.gathered[at] as number[]
  const { batch } = s.node(at)
  s.gathered[at] = []
  if (batch?.run !== 'parallel') {
    for (const token of waiting) ask(s, token)
    return
  }
  // One piece of work for all: the others ride along with the first.
  for (let i = 1; i < waiting.length; i++) {
    s.tokens.mate[waiting[i - 1] as number] = waiting[i] as number
    s.tokens.place[waiting[i] as number] = place.riding
  }
  const first = waiting[0]
  if (first !== undefined) ask(s, first)
}

/** A case gives up or runs out of time before work began: false where work is under way, or others ride along. */
export function withdraw(s: State, token: number): boolean {
  const { tokens } = s
  const at = tokens.node[token] as number
  switch (tokens.place[token]) {
    case place.delayed:
      break
    case place.gathered: {
      const waiting = s.gathered[at] as number[]
      waiting.splice(waiting.indexOf(token), 1)
      break
    }
    case place.queued:
      if (tokens.mate[token] !== -1 || (tokens.left[token] as number) >= 0) return false
      withdrawQueued(s, token)
      break
    default:
      return false
  }
  tokens.event[token] = -1
  tokens.timeout[token] = -1
  tokens.patience[token] = -1
  tokens.place[token] = place.moving
  return true
}

/** At the end of a run: what still waits for others of its batch waits for ever. */
export function countUnfilled({ gathered, tokens, collector }: State): void {
  const cases = new Set<number>()
  const steps = new Set<number>()
  for (const [at, waiting] of gathered.entries())
    for (const token of waiting) {
      const number = tokens.case[token] as number
      if (collector.takenOut.has(number)) continue
      cases.add(number)
      steps.add(at)
    }
  collector.unfilled = cases.size
  collector.unfilledAt = steps
}

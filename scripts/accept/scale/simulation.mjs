/** A spread run on many workers, simulated from the times of measured tasks. The same input gives the same seconds everywhere. */

const megabyte = 2 ** 20
/** Start of a task, its entries in the work folder and its way through a queue. Seconds. */
const overhead = 0.2
/** Until a worker that died is missed, and its task given to another one. Seconds. */
const untilMissed = 20
const stragglers = { share: 0.01, times: 4 }
const killed = 0.002
/** As `src/scale/stragglers.ts`: when a task that still runs is copied, and how often somebody looks. Seconds. */
const copies = { done: 0.95, medians: 2, least: 2, looks: 1 }

/**
 * Seconds of a run.
 *
 * @param stages in order: `{ tasks, seconds, bytes, serial }`, of one task its seconds of CPU and bytes moved
 * @param workers that do one task at a time
 * @param storage bytes per second that the storage gives to all workers together; Infinity where it sets no limit
 */
export function simulatedSeconds(stages, workers, storage, hasFaults = true) {
  let now = 0
  for (const [at, stage] of stages.entries()) now += stageSeconds(stage, workers, storage, hasFaults, at)
  return now
}

function stageSeconds({ tasks, seconds, bytes }, workers, storage, hasFaults, stage) {
  if (tasks === 0) return 0
  const busy = Math.min(workers, tasks)
  // Workers that ask for more than the storage gives wait for it in turn.
  const asked = (busy * bytes) / seconds
  const own = overhead + seconds * Math.max(1, asked / storage)
  const free = new Heap()
  for (let worker = 0; worker < busy; worker++) free.push(0)
  const begun = []
  const ends = []
  for (let task = 0; task < tasks; task++) {
    const from = free.pop()
    const isStraggler = hasFaults && draw(stage, task, 1) < stragglers.share
    const took = own * (isStraggler ? stragglers.times : 1)
    // The machine is lost to the run for as long as nobody misses it.
    const isKilled = hasFaults && draw(stage, task, 2) < killed
    const until = from + (isKilled ? took * draw(stage, task, 3) + untilMissed + own : took)
    free.push(until)
    begun.push(from)
    ends.push(until)
  }
  if (workers === 1) return ends.reduce((last, end) => Math.max(last, end), 0)
  // Whatever still runs once most is done gets a copy, a lost task among it. No worker is free for it before the last task has begun.
  const mostly = ends.toSorted((a, b) => a - b)[Math.ceil(tasks * copies.done) - 1]
  const last = begun.reduce((latest, from) => Math.max(latest, from), 0)
  const limit = Math.max(copies.least, copies.medians * own)
  return ends.reduce((end, until, task) => {
    const copied = Math.max(mostly, last, begun[task] + limit) + copies.looks + own
    return Math.max(end, Math.min(until, copied))
  }, 0)
}

/** Stages for so many bytes of input, from stages that were measured. */
export function scaledStages(measured, bytes, blockBytes) {
  return measured.map(({ grows, cpuPerByte, bytesPerByte, cpuPerTask, taskBytes }) => {
    if (grows === 'never') return { tasks: 1, seconds: cpuPerTask, bytes: 0 }
    const tasks = grows === 'serial' ? 1 : Math.max(1, Math.ceil(bytes / (taskBytes ?? blockBytes)))
    const perTask = bytes / tasks
    return { tasks, seconds: cpuPerByte * perTask, bytes: bytesPerByte * perTask }
  })
}

/** A number from 0 to 1 by its place alone (splitmix32). */
function draw(stage, task, purpose) {
  let x = (stage * 0x9e3779b9 + task * 0x85ebca6b + purpose * 0xc2b2ae35) | 0
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad)
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97)
  return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32
}

/** Times at which workers are free, the earliest first. */
class Heap {
  items = []
  push(value) {
    const { items } = this
    let at = items.push(value) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if (items[above] <= value) break
      items[at] = items[above]
      at = above
    }
    items[at] = value
  }
  pop() {
    const { items } = this
    const first = items[0]
    const last = items.pop()
    if (items.length === 0) return first
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= items.length) break
      if (below + 1 < items.length && items[below + 1] < items[below]) below++
      if (items[below] >= last) break
      items[at] = items[below]
      at = below
    }
    items[at] = last
    return first
  }
}

export { megabyte }

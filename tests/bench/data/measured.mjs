/** Runs of peers side by side: each in a process of its own, in turns, so that a busy moment touches all of them. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const folder = import.meta.dirname

/** `peers` name a module and its arguments. Gives the fastest run of each, with the largest peak memory of its runs. */
export function sideBySide(peers, turns = 3) {
  const best = new Map()
  for (let turn = 0; turn < turns; turn++)
    for (const { name, module, args } of peers) {
      const done = spawnSync(process.execPath, [join(folder, 'run-one.mjs'), module, ...args], {
        encoding: 'utf8',
        maxBuffer: 1 << 24,
      })
      if (done.status !== 0) throw new Error(`${name}: ${done.stderr.slice(-2000)}`)
      const now = JSON.parse(done.stdout)
      const before = best.get(name)
      best.set(name, {
        ...(before && before.seconds < now.seconds ? before : now),
        memory: Math.max(before?.memory ?? 0, now.memory),
      })
    }
  return best
}

/** All peers must have found the same, and what was planted: a faster peer that finds less is no peer. */
export function sameFindings(results, planted) {
  for (const [name, { records, badRecords, badCells }] of results) {
    const found = [records, badRecords, badCells]
    const expected = [planted.records, planted.badRecords, planted.badCells]
    if (found.join() !== expected.join())
      throw new Error(`${name} found ${found.join(' records, ')}; planted are ${expected.join(' records, ')}`)
  }
}

export const row = (name, bytes, { seconds, memory }) =>
  `${name.padEnd(34)} ${(bytes / 1e6 / seconds).toFixed(0).padStart(5)} MB/s  ${seconds.toFixed(2).padStart(6)} s${
    memory === undefined ? '' : `  peak ${(memory / 1e6).toFixed(0)} MB`
  }`

/** A ratio with its goal; `times` says how often `ours` fits into `theirs`. */
export function ratio(what, theirs, ours, goal) {
  const value = theirs.seconds / ours.seconds
  return { what, value: `${value.toFixed(1)}×`, goal: `≥ ${goal}×`, ok: value >= goal }
}

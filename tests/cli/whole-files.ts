/** Kills and full disks at every step of a writer: what stands under a final name is what was there, or the whole new file. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './command-line.ts'
import type { Writer, WritersFolder } from './writers.ts'

const before = 'what was there before\n'

/** What was wrong, one sentence each, and how many runs were made. */
export interface Faults {
  readonly kills: number
  readonly full: number
  readonly wrong: readonly string[]
}

export function tryFaults(
  { inputs, writers }: WritersFolder,
  wanted: (name: string) => boolean,
  faults: readonly string[] = ['kill', 'full'],
): Faults {
  const wrong: string[] = []
  let [kills, full] = [0, 0]
  for (const { name } of writers(inputs).filter((writer) => wanted(writer.name))) {
    const inFresh = <T>(work: (writer: Writer, out: string) => T): T => {
      const out = mkdtempSync(join(tmpdir(), 'carryover-faults-'))
      const writer = writers(out).find((one) => one.name === name)
      if (!writer) throw new Error(`no writer ${name}`)
      try {
        return work(writer, out)
      } finally {
        rmSync(out, { recursive: true, force: true })
      }
    }
    const { steps, whole } = inFresh((writer, out) => {
      const count = join(inputs, 'steps')
      const done = runWith(writer, { FAULT_FOLDER: out, FAULT: 'count', FAULT_COUNT: count })
      const whole = filesIn(out)
      if (whole.size === 0 || (writer.files ?? []).some((file) => !whole.has(file)))
        wrong.push(`${name}: wrote ${[...whole.keys()].join(', ')} (${done.code}: ${done.err.slice(0, 200)})`)
      if (writer.isPrivate)
        for (const file of whole.keys())
          if ((statSync(join(out, file)).mode & 0o077) !== 0) wrong.push(`${name}: others may read ${file}`)
      return { steps: Number(readFileSync(count, 'utf8')), whole }
    })
    if (steps < 4) wrong.push(`${name}: ${steps} steps were seen`)
    for (let at = 1; at <= steps; at++)
      for (const fault of faults)
        inFresh((writer, out) => {
          for (const file of writer.files ?? []) writeFileSync(join(out, file), before)
          if (writer.files === null) mkdirSync(join(out, 'kit'), { recursive: true })
          const done = runWith(writer, { FAULT_FOLDER: out, FAULT: fault, FAULT_AT: String(at) })
          const place = `${name}, ${fault} at step ${at} of ${steps}`
          if (fault === 'kill') {
            kills++
            if (done.code !== null) wrong.push(`${place}: it was not killed`)
          } else {
            full++
            if (done.code !== 3 || !/There is no room left to write .+ What was there before is unchanged\./s.test(done.err))
              wrong.push(`${place}: exit ${done.code}: ${done.err.slice(0, 200)}`)
          }
          for (const [file, text] of filesIn(out)) {
            if (file.endsWith('.partial')) {
              if (fault === 'full') wrong.push(`${place}: ${file} is left`)
            } else if (text !== before && !isWhole(text, whole.get(file)))
              wrong.push(`${place}: ${file} is neither old nor whole`)
          }
          for (const file of writer.files ?? []) if (!existsSync(join(out, file))) wrong.push(`${place}: ${file} is gone`)
        })
  }
  return { kills, full, wrong }
}

function runWith(
  { args }: Writer,
  fault: Readonly<Record<string, string>>,
): { readonly code: number | null; readonly err: string } {
  const done = spawnSync(
    process.execPath,
    ['--import', join(root, 'tests/cli/broken-disk.mjs'), join(root, 'dist/cli/carryover.js'), ...args],
    { cwd: root, encoding: 'utf8', env: { ...process.env, ...fault, NO_COLOR: '1' }, maxBuffer: 1 << 28 },
  )
  return { code: done.status, err: done.stderr }
}

function filesIn(folder: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )
}

/** Runs name their moment and a plan its key, so equal bytes can not be asked for: as many lines, the same last one, and JSON that ends. */
function isWhole(text: string, wanted: string | undefined): boolean {
  if (wanted === undefined) return false
  if (/^[\da-f]{64}\n$/.test(wanted)) return /^[\da-f]{64}\n$/.test(text)
  if (/^[{[]/.test(wanted)) return parses(text) === parses(wanted)
  return text.split('\n').length === wanted.split('\n').length && text.slice(-40) === wanted.slice(-40)
}

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

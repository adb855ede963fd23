/** Acceptance of the house: what the code weighs, and whether the tests would see it change. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { installPeers } from '../bench-peers.mjs'
import { build, root } from '../setup.mjs'
import { suites } from './suites-passed.mjs'

/** Lines of code before the second plan of the house. */
const linesAtStart = 177_283

export const lines = [
  {
    name: 'mutation',
    line: 'at least 400 seeded mutants per room: ≥ 85 % found in review and project, ≥ 80 % in checks and rules; each survivor has a reason (tests/mutation/survivors.json)',
    measure: mutation,
  },
  {
    name: 'shape',
    line: `without the rooms of later features, src is at least 5,000 lines shorter than ${linesAtStart.toLocaleString('en')}`,
    measure: () => {
      const { stdout } = spawnSync(process.execPath, [join(root, 'scripts', 'shape.mjs')], { encoding: 'utf8' })
      const code = Number(/^code: (\d+) lines/m.exec(stdout)?.[1])
      const later = Number(/^rooms of later features: (\d+)/m.exec(stdout)?.[1])
      const less = linesAtStart - (code - later)
      return {
        ok: less >= 5000,
        figure: `${code.toLocaleString('en')} lines, ${later.toLocaleString('en')} of them in rooms of later features; the rest is ${Math.abs(less).toLocaleString('en')} ${less < 0 ? 'more' : 'fewer'}`,
      }
    },
  },
  {
    name: 'first-page',
    line: 'the start page preloads ≤ 900 kB of script, ≤ 260 kB compressed',
    measure: () => {
      build()
      const app = join(root, 'dist', 'app')
      const page = readFileSync(join(app, 'index.html'), 'utf8')
      const scripts = [...page.matchAll(/(?:src|href)="(?:\.?\/)?([^"]+\.js)"/g)].map(([, path]) => readFileSync(join(app, path)))
      const raw = scripts.reduce((sum, { length }) => sum + length, 0)
      const compressed = scripts.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0)
      const kilo = (bytes) => `${(bytes / 1000).toFixed(0)} kB`
      return {
        ok: scripts.length > 1 && raw <= 900_000 && compressed <= 260_000,
        figure: `${kilo(raw)} in ${scripts.length} files, ${kilo(compressed)} compressed`,
      }
    },
  },
  {
    name: 'first-loads',
    line: 'five first loads of the start page in Chromium; with --before DIR no more bytes than that earlier build',
    measure: async () => (await import('./first-loads.mjs')).firstLoads(),
  },
  {
    name: 'suites',
    line: 'every suite of the last npm test, with what passed and failed',
    measure: () => suites(),
  },
]

async function mutation() {
  installPeers('mutation')
  const { measure } = await import('../../tests/mutation/run.mjs')
  const { rooms } = await import('../../tests/mutation/mutants.mjs')
  const figures = []
  let ok = true
  for (const name of Object.keys(rooms)) {
    const { counts, score, goal, left, results, total, failing, cpu } = await measure(name, { report: progress })
    const silent = left.filter(({ reason }) => reason === undefined)
    if (score < goal || silent.length > 0 || results.length < 400 || failing.length > 0) ok = false
    figures.push(
      `${name}: ${score.toFixed(1)} % (goal ${goal} %) of ${results.length} of ${total} mutants: ${counts.killed} killed, ${counts['timed out']} timed out, ${counts.survived} survived, ${counts['not covered']} not covered; ${cpu.toFixed(0)} s CPU`,
      ...failing.map((file) => `  fails without a mutant: ${file}`),
      ...left.map(
        (one) =>
          `  ${one.file}:${one.line} ${one.mutator} ${one.key}: ${one.reason ?? `NO REASON: ${one.original.split('\n')[0]} → ${one.replacement.split('\n')[0]}`}`,
      ),
    )
  }
  return { ok, figure: figures.join('\n       ') }
}

function progress(line) {
  if (process.stderr.isTTY) process.stderr.write(`\r${line.slice(0, 118).padEnd(118)}`)
}

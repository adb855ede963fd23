/** `node tests/mutation/run.mjs <room> [--count 400] [--first 100] [--seed 1]`: the mutation score of a room and its survivors, each with its reason or without one. */
import { fork } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { root } from '../../scripts/setup.mjs'
import { drawMutants, outsideOfTests, rooms } from './mutants.mjs'
import { remembered } from './order.mjs'
import { reachOfTests, read, testsIn } from './reach.mjs'

const worker = fileURLToPath(new URL('./worker.mjs', import.meta.url))
const reasons = JSON.parse(readFileSync(new URL('./survivors.json', import.meta.url), 'utf8'))
/** The least time a mutant has before its process is killed: an endless loop needs no more, a busy machine does. */
const leastLimit = 30_000

/**
 * Processor time of tests per mutant, in milliseconds as measured without a mutant; the most promising tests come first.
 * What the slow rest would find beyond that counts as survived: the score is a lower bound.
 */
const mostTime = 12_000

/** What stands in the cache is used again where neither the mutant's file nor anything that its tests import changed since. */
export async function measure(name, { count = 400, first = count, seed = '20261123', report = () => {} } = {}) {
  const room = rooms[name]
  const { name: draw, total, mutants } = await drawMutants(room, count, seed)
  const { reaches, stamp } = reachOfTests()
  const testFiles = room.tests
    .flatMap(testsIn)
    .filter((path) => reaches(path, room.source) && !/\bvi\b.*from 'vitest'/.test(read(path)))
  const cache = openCache(join(root, '.cache', 'mutation', `${name}-${seed}.json`))
  const child = worked(draw, name, count, seed)
  try {
    const covered = []
    for (const [at, file] of testFiles.entries()) {
      const key = `cover ${file}`
      const mark = `${draw} ${stamp(file)}`
      const kept = cache.get(key)
      // What was covered in a larger draw says as much of a smaller one.
      if (kept?.mark !== mark || kept.count < count || kept.failure !== undefined) {
        report(`${name}: coverage ${at + 1} of ${testFiles.length}, ${child.cpu().toFixed(0)} s CPU, ${file}`)
        cache.set(key, { mark, count, ...(await child.ask({ ask: 'cover', file }, 580_000)) })
      }
      covered.push({ file, stamp: stamp(file), ...cache.get(key) })
    }
    const failing = covered.filter(({ failure, coverage }) => failure !== undefined || coverage === undefined)
    const tests = covered.filter((one) => !failing.includes(one)).flatMap(testsOf)
    const memory = remembered()
    const results = []
    for (const [at, mutant] of mutants.slice(0, first).entries()) {
      const known = cache.get(`try ${mutant.key}`)
      const result = await tryMutant(child, mutant, tests, known, memory)
      if (result !== known) cache.set(`try ${mutant.key}`, result)
      memory.add(mutant, result)
      results.push({ ...mutant, ...result })
      const found = results.filter(({ status }) => status === 'killed' || status === 'timed out').length
      report(
        `${name}: ${at + 1} of ${Math.min(first, mutants.length)}, ${found} found, ${child.cpu().toFixed(0)} s CPU, ${mutant.file}:${mutant.line} ${result.status}`,
      )
    }
    return { name, total, failing: failing.map(({ file }) => file), results, cpu: child.cpu(), ...scoreOf(room, results) }
  } finally {
    child.stop()
    cache.save()
  }
}

function scoreOf(room, results) {
  const counts = { killed: 0, 'timed out': 0, survived: 0, 'not covered': 0 }
  for (const { status } of results) counts[status]++
  const score = (100 * (counts.killed + counts['timed out'])) / Math.max(1, results.length)
  const left = results.filter(({ status }) => status === 'survived' || status === 'not covered')
  return { counts, score, goal: room.goal, left: left.map((one) => ({ ...one, reason: reasons[one.key]?.reason })) }
}

/** Every test of a file with what it passes; what the file does outside of its tests, or while modules are imported, belongs to all of them. */
function testsOf({ file, stamp, coverage, durations, duration }) {
  const apart = Object.keys(durations).map((test) => ({
    file,
    stamp,
    test,
    hits: coverage[test] ?? {},
    duration: durations[test],
  }))
  return [...apart, { file, stamp, test: null, hits: coverage[outsideOfTests] ?? {}, imported: coverage[''] ?? {}, duration }]
}

/** Asks the tests that pass the mutant's switch and were not asked yet, the most promising by time first. */
async function tryMutant(child, mutant, tests, known, memory) {
  const { id } = mutant
  const whole = new Set(
    tests.filter(({ test, hits, imported }) => test === null && (hits[id] ?? imported[id])).map(({ file }) => file),
  )
  const passing = tests.filter((one) => (whole.has(one.file) ? one.test === null : one.hits[id] > 0))
  if (passing.length === 0) return { status: 'not covered' }
  if (known?.killer && passing.some(({ file, stamp }) => file === known.killer.file && stamp === known.killer.stamp)) return known
  // A survivor stays one for the tests that saw it; only others are asked.
  const asked = known?.status === 'survived' ? known.asked : {}
  const order = memory.order(mutant, passing, known?.killer).filter((one) => asked[nameOf(one)] !== one.stamp)
  const chosen = withinTime(order)
  const stamps = Object.fromEntries(passing.map(({ file, stamp }) => [file, stamp]))
  if (chosen.length === 0) return known
  const hits = chosen.reduce((sum, one) => sum + (one.hits[id] ?? 0) + (one.imported?.[id] ?? 0), 0)
  const duration = chosen.reduce((sum, one) => sum + one.duration, 0)
  // A loop that a mutant made endless passes its own switch again and again.
  const hitLimit = Math.max(10_000, 100 * hits)
  const message = { ask: 'try', id, path: join(root, mutant.file), hitLimit, runs: runsOf(chosen) }
  message.isImported = tests.some(({ imported }) => imported?.[id])
  const answer = await child.ask(message, leastLimit + 10 * duration)
  // Tests that were left over for want of time are asked by the next run.
  const nowAsked = { ...asked, ...Object.fromEntries(chosen.map((one) => [nameOf(one), one.stamp])) }
  if (answer.lost) return { status: 'timed out', killer: { file: chosen[0].file, stamp: chosen[0].stamp } }
  if (answer.failure === undefined) return { status: 'survived', asked: nowAsked, tests: countByFile(passing) }
  const killer = { file: answer.file, tests: answer.tests, stamp: stamps[answer.file] }
  return { status: answer.hits > hitLimit ? 'timed out' : 'killed', killer, failure: answer.failure }
}

const nameOf = ({ file, test }) => `${file}\n${test ?? ''}`

/** Tests of one file that follow each other run together. */
function runsOf(tests) {
  const runs = []
  for (const { file, test } of tests) {
    const last = runs.at(-1)
    if (last?.file === file && test !== null) last.tests.push(test)
    else runs.push({ file, tests: test === null ? null : [test] })
  }
  return runs
}

function withinTime(tests) {
  let spent = 0
  return tests.filter(({ duration }, at) => {
    spent += duration
    return at === 0 || spent <= mostTime
  })
}

const countByFile = (tests) => {
  const counts = {}
  for (const { file } of tests) counts[file] = (counts[file] ?? 0) + 1
  return counts
}

/** One worker process at a time; a request that exceeds its time costs the process, and the next one starts another. */
function worked(draw, ...args) {
  let child
  let spent = 0
  let current = 0
  const start = () =>
    new Promise((resolve, reject) => {
      child = fork(worker, args.map(String), {
        cwd: root,
        serialization: 'advanced',
        execArgv: ['--max-old-space-size=3000', '--stack-size=900'],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      })
      let said = ''
      child.stderr.on('data', (text) => {
        said = (said + text).slice(-2000)
      })
      child.once('message', (ready) => {
        if (ready.draw === draw) resolve()
        else reject(new Error('The sources changed while mutants were measured. Leave them alone and measure again.'))
      })
      child.once('exit', () => reject(new Error(`the worker did not start: ${said}`)))
    })
  const stop = () => {
    child?.kill('SIGKILL')
    child = undefined
    spent += current
    current = 0
  }
  const ask = async (message, limit) => {
    if (!child) await start()
    const answer = await new Promise((resolve) => {
      const timer = setTimeout(() => resolve({ lost: true }), limit)
      const done = (one) => {
        clearTimeout(timer)
        resolve(one)
      }
      child.removeAllListeners('message').removeAllListeners('exit')
      child.once('message', done)
      child.once('exit', () => done({ lost: true }))
      child.send(message)
    })
    if (answer.lost) stop()
    else current = (answer.cpu.user + answer.cpu.system) / 1e6
    return answer
  }
  return { ask, stop, cpu: () => spent + current }
}

function openCache(path) {
  const entries = new Map(existsSync(path) ? Object.entries(JSON.parse(readFileSync(path, 'utf8'))) : [])
  let saved = Date.now()
  const save = () => {
    saved = Date.now()
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, JSON.stringify(Object.fromEntries(entries)))
  }
  const set = (key, value) => {
    entries.set(key, value)
    if (Date.now() - saved > 5000) save()
  }
  return { get: (key) => entries.get(key), set, save }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      count: { type: 'string', default: '400' },
      first: { type: 'string' },
      seed: { type: 'string', default: '20261123' },
    },
  })
  const report = (line) => process.stderr.write(`${line}\n`)
  const count = Number(values.count)
  const result = await measure(positionals[0], { count, first: Number(values.first ?? count), seed: values.seed, report })
  console.log(
    `${result.name}: ${result.score.toFixed(1)} % of ${result.results.length} of ${result.total}`,
    result.counts,
    `${result.cpu.toFixed(0)} s CPU`,
  )
  if (result.failing.length > 0) console.log('left out, for they fail without a mutant:', result.failing)
  for (const one of result.left) {
    console.log(`\n${one.status}  ${one.key}  ${one.file}:${one.line}  ${one.mutator}${one.reason ? `  (${one.reason})` : ''}`)
    console.log(`- ${one.original.replaceAll('\n', '\n  ')}\n+ ${one.replacement.replaceAll('\n', '\n  ')}`)
    for (const [file, tests] of Object.entries(one.tests ?? {}).slice(0, 4)) console.log(`    ${file} ${tests}`)
  }
}

/** `node tests/mutation/run.mjs <room> [--count 400] [--seed 1]`: the mutation score of a room and its survivors, each with its reason or without one. */
import { fork } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { root } from '../../scripts/setup.mjs'
import { digest, drawMutants, rooms } from './mutants.mjs'

const worker = fileURLToPath(new URL('./worker.mjs', import.meta.url))
const reasons = JSON.parse(readFileSync(new URL('./survivors.json', import.meta.url), 'utf8'))
/** The least time a mutant has before its process is killed: an endless loop needs no more, a busy machine does. */
const leastLimit = 30_000

/**
 * Processor time of tests per mutant, in milliseconds as measured without a mutant; the quickest files come first.
 * What the slow rest would find beyond that counts as survived: the score is a lower bound.
 */
const mostTime = 6000

/** What stands in the cache is used again where neither the sources nor the test file changed since. */
export async function measure(name, { count = 400, seed = '20261123', report = () => {} } = {}) {
  const room = rooms[name]
  const { name: draw, total, mutants } = await drawMutants(room, count, seed)
  const reaches = reaching(room.source)
  const testFiles = room.tests.flatMap(testsIn).filter((path) => reaches(path) && !/\bvi\b.*from 'vitest'/.test(read(path)))
  const sources = sourceDigest()
  const stamp = (path) => digest(sources + read(path))
  const cache = openCache(join(root, '.cache', 'mutation', `${name}-${count}-${seed}.json`))
  const child = worked(draw, name, count, seed)
  try {
    const covered = []
    for (const [at, file] of testFiles.entries()) {
      const key = `cover ${stamp(file)}`
      if (!cache.has(key)) {
        report(`${name}: coverage ${at + 1} of ${testFiles.length}, ${file}`)
        cache.set(key, await child.ask({ ask: 'cover', file }, 580_000))
      }
      covered.push({ file, stamp: stamp(file), ...cache.get(key) })
    }
    const failing = covered.filter(({ failure, coverage }) => failure !== undefined || coverage === undefined)
    const speaking = covered.filter((one) => !failing.includes(one))
    const results = []
    for (const [at, mutant] of mutants.entries()) {
      const runs = runsOf(mutant, speaking)
      const key = `try ${digest([mutant.key, ...runs.map((run) => run.stamp)].join('\n'))}`
      const hint = cache.get(`killer ${mutant.key}`)
      if (!cache.has(key)) {
        runs.sort((a, b) => Number(b.file === hint) - Number(a.file === hint) || a.duration - b.duration)
        const result = runs.length === 0 ? { status: 'not covered' } : await tryMutant(child, mutant, withinTime(runs))
        cache.set(key, result)
        if (result.file) cache.set(`killer ${mutant.key}`, result.file)
      }
      results.push({ ...mutant, ...cache.get(key) })
      const found = results.filter(({ status }) => status === 'killed' || status === 'timed out').length
      report(
        `${name}: ${at + 1} of ${mutants.length}, ${found} found, ${child.cpu().toFixed(0)} s CPU, ${mutant.file}:${mutant.line} ${results.at(-1).status}`,
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

/** The tests that pass a mutant's switch, file by file; a whole file where something outside of its tests passes it. */
function runsOf({ id }, covered) {
  return covered.flatMap(({ file, stamp, coverage, durations, duration }) => {
    const tests = Object.keys(coverage).filter((test) => test !== '' && coverage[test][id])
    const hits = Object.values(coverage).reduce((sum, one) => sum + (one[id] ?? 0), 0)
    if (hits === 0) return []
    if (coverage['']?.[id]) return [{ file, stamp, tests: null, hits, duration }]
    return [{ file, stamp, tests, hits, duration: tests.reduce((sum, test) => sum + (durations[test] ?? 0), 0) }]
  })
}

function withinTime(runs) {
  let spent = 0
  return runs.filter(({ duration }, at) => {
    spent += duration
    return at === 0 || spent <= mostTime
  })
}

async function tryMutant(child, { id }, runs) {
  const hits = runs.reduce((sum, run) => sum + run.hits, 0)
  const duration = runs.reduce((sum, run) => sum + run.duration, 0)
  // A loop that a mutant made endless passes its own switch again and again.
  const hitLimit = Math.max(10_000, 100 * hits)
  const sent = runs.map(({ file, tests }) => ({ file, tests }))
  const answer = await child.ask({ ask: 'try', id, hitLimit, runs: sent }, leastLimit + 10 * duration)
  if (answer.lost) return { status: 'timed out' }
  if (answer.failure === undefined) return { status: 'survived', tests: sent }
  const status = answer.hits > hitLimit ? 'timed out' : 'killed'
  return { status, file: answer.file, failure: answer.failure }
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
  return { has: (key) => entries.has(key), get: (key) => entries.get(key), set, save }
}

const read = (path) => readFileSync(join(root, path), 'utf8')

function testsIn(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith('.test.ts') && !name.endsWith('.long.test.ts'))
    .map((name) => `${folder}/${name}`)
    .sort()
}

/** Whether a file imports a file of the folder, directly or through others. */
function reaching(folder) {
  const known = new Map()
  const importsOf = (path) => {
    if (!known.has(path)) {
      const text = existsSync(join(root, path)) ? read(path) : ''
      const found = [...text.matchAll(/(?:from|import|import\()\s*'(\.[^']+\.ts)'/g)]
      known.set(
        path,
        found.map((match) => posix.join(posix.dirname(path), match[1])),
      )
    }
    return known.get(path)
  }
  return (path) => {
    const met = new Set([path])
    for (const one of met) for (const next of importsOf(one)) met.add(next)
    return [...met].some((one) => one.startsWith(`${folder}/`))
  }
}

/** Everything a test of the core may read, but the tests themselves. */
function sourceDigest() {
  const files = ['src/core', 'samples', 'tests/core'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((name) => /\.(ts|json|csv)$/.test(name) && !name.endsWith('.test.ts'))
      .map((name) => `${folder}/${name}`),
  )
  return digest(
    files
      .sort()
      .map((path) => digest(read(path)))
      .join('\n'),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { count: { type: 'string', default: '400' }, seed: { type: 'string', default: '20261123' } },
  })
  const report = (line) => process.stderr.write(`${line}\n`)
  const result = await measure(positionals[0], { count: Number(values.count), seed: values.seed, report })
  console.log(
    `${result.name}: ${result.score.toFixed(1)} % of ${result.results.length} of ${result.total}`,
    result.counts,
    `${result.cpu.toFixed(0)} s CPU`,
  )
  if (result.failing.length > 0) console.log('left out, for they fail without a mutant:', result.failing)
  for (const one of result.left) {
    console.log(`\n${one.status}  ${one.key}  ${one.file}:${one.line}  ${one.mutator}${one.reason ? `  (${one.reason})` : ''}`)
    console.log(`- ${one.original.replaceAll('\n', '\n  ')}\n+ ${one.replacement.replaceAll('\n', '\n  ')}`)
    for (const { file, tests } of (one.tests ?? []).slice(0, 4)) console.log(`    ${file} ${tests?.length ?? 'all'}`)
  }
}

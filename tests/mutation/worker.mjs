/**
 * Runs tests against one mutant after another, in a process that may be killed.
 * All mutants are built into the sources behind switches. Modules are transformed once and evaluated anew for each
 * mutant, so that neither what an import computes nor what a module remembers outlives it.
 */
import { createServer } from 'vite'
import { ModuleRunner } from 'vite/module-runner'
import { root } from '../../scripts/setup.mjs'
import { drawMutants, rooms } from './mutants.mjs'

const double = new URL('./vitest-double.mjs', import.meta.url).href
const { startTests } = await import(double)
const [name, count, seed] = process.argv.slice(2)
const { files: built, name: draw } = await drawMutants(rooms[name], Number(count), seed)

const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  define: { __VERSION__: JSON.stringify('0.0.0') },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  plugins: [
    {
      name: 'mutants',
      enforce: 'pre',
      load: (id) => built.get(id),
    },
  ],
})

// The switches read this object: the mutant that is on, the test that runs, how often a switch may be passed.
globalThis.__stryker__ = {}
const switches = globalThis.__stryker__

const transformed = new Map()
async function fetchModule(id, importer, options) {
  if (id === 'vitest') return { externalize: double, type: 'module' }
  const key = `${importer}\n${id}`
  if (!transformed.has(key))
    transformed.set(key, await server.environments.ssr.fetchModule(id, importer, { ...options, cached: false }))
  return { ...transformed.get(key) }
}

const AsyncFunction = (async () => {}).constructor
const compiled = new Map()
const parameters = [
  '__vite_ssr_exports__',
  '__vite_ssr_import_meta__',
  '__vite_ssr_import__',
  '__vite_ssr_dynamic_import__',
  '__vite_ssr_exportAll__',
  '__vite_ssr_exportName__',
]
const evaluator = {
  startOffset: 0,
  async runInlinedModule(context, code, { id }) {
    if (!compiled.has(id)) compiled.set(id, new AsyncFunction(...parameters, `"use strict";\n${code}`))
    await compiled.get(id)(...parameters.map((parameter) => context[parameter]))
  },
  runExternalModule: (path) => import(path),
}
const invoke = async ({ data: { name: called, data } }) => ({
  result: called === 'getBuiltins' ? [/^node:/] : await fetchModule(...data),
})
const freshModules = () => new ModuleRunner({ hmr: false, sourcemapInterceptor: false, transport: { invoke } }, evaluator)

await freshModules().import('/tests/properties.setup.ts')

const config = {
  root,
  name: undefined,
  retry: 0,
  setupFiles: [],
  sequence: { seed: 1, hooks: 'stack', setupFiles: 'list', concurrent: false, shuffle: false },
  maxConcurrency: 1,
  testTimeout: 120_000,
  hookTimeout: 120_000,
  passWithNoTests: true,
  allowOnly: true,
  includeTaskLocation: false,
  tags: [],
  strictTags: false,
}

/** Milliseconds of processor time: what other programs do does not lengthen it. */
function cpuTime() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Runs the named tests of one file, all where `wanted` is null; stops at the first failure. */
async function runFile(file, wanted, stopAtFailure) {
  const modules = freshModules()
  const durations = new Map()
  let failure
  const fail = (error) => {
    failure ??= String(error?.message ?? error).slice(0, 300)
  }
  process.on('unhandledRejection', fail)
  const stopped = () => stopAtFailure && failure !== undefined
  const runner = {
    config,
    importFile: (path) => modules.import(path),
    onBeforeRunSuite(suite) {
      if (stopped()) suite.mode = 'skip'
    },
    onBeforeRunTask(test) {
      if (stopped() || (wanted && !wanted.includes(test.id))) test.mode = 'skip'
    },
    onBeforeTryTask(test) {
      switches.currentTestId = `${file}#${test.id}`
      durations.set(test.id, cpuTime())
    },
    onAfterTryTask(test) {
      switches.currentTestId = undefined
      durations.set(test.id, cpuTime() - durations.get(test.id))
    },
    onAfterRunTask(test) {
      if (test.result?.state === 'fail') fail(`${test.name}: ${test.result.errors?.[0]?.message ?? ''}`)
    },
  }
  const started = cpuTime()
  try {
    const [result] = await startTests([`${root}/${file}`], runner)
    if (result?.result?.state === 'fail') fail(`${file}: ${result.result.errors?.[0]?.message ?? 'failed'}`)
  } catch (error) {
    fail(error)
  }
  process.off('unhandledRejection', fail)
  return { failure, duration: cpuTime() - started, durations: Object.fromEntries(durations) }
}

const answers = {
  /** What a file covers without a mutant: by test, and outside of tests under "". */
  async cover({ file }) {
    switches.activeMutant = undefined
    switches.mutantCoverage = { static: {}, perTest: {} }
    // A switch keeps the object that it met first, hence the same two maps are emptied below.
    const run = await runFile(file, null, false)
    const { static: outside, perTest } = switches.mutantCoverage
    const coverage = { '': outside }
    for (const [test, hits] of Object.entries(perTest)) coverage[test.slice(file.length + 1)] = hits
    return { ...run, coverage }
  },
  async try({ id, hitLimit, runs }) {
    Object.assign(switches, { activeMutant: id, hitCount: 0, hitLimit })
    for (const { file, tests } of runs) {
      const { failure } = await runFile(file, tests, true)
      if (failure !== undefined) return { file, failure, hits: switches.hitCount }
    }
    return { hits: switches.hitCount }
  },
}

process.on('unhandledRejection', () => {})
process.on('message', async (message) => {
  const answer = await answers[message.ask](message)
  process.send({ ...answer, cpu: process.cpuUsage() })
})
process.send({ draw })

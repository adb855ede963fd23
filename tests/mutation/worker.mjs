/**
 * Runs tests against one mutant after another, in a process that may be killed.
 * All mutants are built into the sources behind switches, and modules are shared from mutant to mutant. A mutant that an
 * import passes has its module evaluated anew, with all that import it. A test that fails must pass without the mutant.
 */
import { join } from 'node:path'
import { createServer } from 'vite'
import { ModuleRunner } from 'vite/module-runner'
import { root } from '../../scripts/setup.mjs'
import { drawMutants, outsideOfTests, rooms } from './mutants.mjs'

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
    // What an import passes belongs to no test: it happens once, and a mutant in it needs the module anew.
    const test = switches.currentTestId
    if (!id.endsWith('.test.ts')) switches.currentTestId = undefined
    await compiled.get(id)(...parameters.map((parameter) => context[parameter]))
    switches.currentTestId = test
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
  // The runner above ends what never ends; a busy machine fails no test.
  testTimeout: 0,
  hookTimeout: 0,
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

/** Modules that mutants share. */
let shared = freshModules()

/** Has a module evaluated anew at its next import, with everything that imports it. */
function forget(path) {
  const { evaluatedModules } = shared
  const ids = new Set([...(evaluatedModules.getModulesByFile(path) ?? [])].map(({ id }) => id))
  for (const id of ids) {
    const node = evaluatedModules.getModuleById(id)
    if (!node) continue
    for (const importer of node.importers) ids.add(importer)
    evaluatedModules.invalidateModule(node)
  }
}

/** Runs the named tests of one file, all where `wanted` is null; stops at the first failure where asked to. */
async function runFile(file, wanted, stopAtFailure) {
  const modules = shared
  forget(join(root, file))
  const durations = new Map()
  const outside = `${file}#${outsideOfTests}`
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
      switches.currentTestId = outside
      durations.set(test.id, cpuTime() - durations.get(test.id))
    },
    onAfterRunTask(test) {
      if (test.result?.state === 'fail') fail(`${test.name}: ${test.result.errors?.[0]?.message ?? ''}`)
    },
  }
  const started = cpuTime()
  switches.currentTestId = outside
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
  /** What a file covers without a mutant: by test, outside of its tests, and by the modules that it imports under "". */
  async cover({ file }) {
    shared = freshModules()
    switches.activeMutant = undefined
    switches.mutantCoverage = { static: {}, perTest: {} }
    const run = await runFile(file, null, false)
    const { static: imported, perTest } = switches.mutantCoverage
    const coverage = { '': imported }
    for (const [test, hits] of Object.entries(perTest)) coverage[test.slice(file.length + 1)] = hits
    shared = freshModules()
    return { ...run, coverage }
  },

  /** Whether one of the runs fails with the mutant and passes without it. */
  async try({ id, path, isImported, hitLimit, runs }) {
    const turn = (mutant) => {
      if (isImported && switches.activeMutant !== mutant) forget(path)
      Object.assign(switches, { activeMutant: mutant, hitCount: 0, hitLimit })
    }
    const fails = async ({ file, tests }, mutant) => {
      turn(mutant)
      return (await runFile(file, tests, true)).failure
    }
    try {
      for (const run of runs) {
        let failure = await fails(run, id)
        if (failure === undefined) continue
        let hits = switches.hitCount
        if ((await fails(run, undefined)) !== undefined) {
          // Something outlived a mutant, or these tests lean on others: only modules of their own can tell.
          shared = freshModules()
          if ((await fails(run, undefined)) !== undefined) continue
          shared = freshModules()
          failure = await fails(run, id)
          hits = switches.hitCount
          shared = freshModules()
          if (failure === undefined) continue
        }
        return { ...run, failure, hits }
      }
      return { hits: switches.hitCount }
    } finally {
      turn(undefined)
    }
  },
}

process.on('unhandledRejection', () => {})
process.on('message', async (message) => {
  const answer = await answers[message.ask](message)
  process.send({ ...answer, cpu: process.cpuUsage() })
})
process.send({ draw })

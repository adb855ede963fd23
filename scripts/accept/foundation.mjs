/** Acceptance of the foundation: the product end to end, thin but real. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApp } from '../browser.mjs'
import { build, root } from '../setup.mjs'
import { cli, mega, needBrowser, rendererMemory, seconds, shared, tests, validate, withExtracts } from './measure.mjs'

export const lines = [
  { name: 'clone', line: 'npm start on a fresh clone with an empty package cache', measure: freshStart },
  { name: 'clone-test', line: 'npm test on a fresh clone: passes in ≤ 10 minutes', measure: freshTest },
  {
    name: 'journeys',
    line: 'one browser journey per role, on the built app',
    measure: () => tests(['tests/journeys'], ['-t', '^(?!axe)']),
  },
  { name: 'facts', line: 'the sample shows its three facts in ≤ 5 s', measure: threeFacts },
  {
    name: 'axe',
    line: 'axe: 0 violations on every route in both themes',
    measure: () => tests(['tests/journeys/accessibility.test.ts']),
  },
  { name: 'bulk', line: '956 resources of the bulk export, 0 errors for structure', measure: bulkExport },
  { name: 'tables', line: '18 legacy tables with a suggested schema, every row, exact counts', measure: legacyTables },
  { name: 'stream-cli', line: '250 MB through the command line, memory does not follow', measure: streamOnCommandLine },
  { name: 'stream-browser', line: '250 MB through the browser worker, memory does not follow', measure: streamInBrowser },
  {
    name: 'truth',
    line: 'planted defects exactly as in the truth file, no look-alike reported',
    measure: () => tests(['tests/samples', 'tests/core/review/pair.test.ts']),
  },
  {
    name: 'bad-input',
    line: 'bad input gives a sentence and a place',
    measure: () =>
      tests(
        [
          'tests/core/data/validate/validate.test.ts',
          'tests/core/project/bundle.test.ts',
          'tests/core/project/format.test.ts',
          'tests/journeys/data-team.test.ts',
        ],
        ['-t', 'bad input|64 MB|bad files|half|newer|refuse'],
      ),
  },
  { name: 'guards', line: 'guard tests of the architecture', measure: () => tests(['tests/guards', 'tests/cli/help.test.ts']) },
]

function inClone(work) {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-clone-'))
  try {
    const clone = join(folder, 'main')
    const cloned = spawnSync('git', ['clone', '--quiet', root, clone])
    if (cloned.status !== 0) throw new Error('git clone failed')
    // The data beside the project, where it is there, is beside the clone as well.
    if (existsSync(shared)) spawnSync('ln', ['-s', shared, join(folder, 'shared')])
    return work(clone, { ...process.env, npm_config_cache: join(folder, 'cache'), CI: '1' }, () =>
      rmSync(folder, { recursive: true, force: true }),
    )
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

function freshStart() {
  return inClone(async (clone, env, clean) => {
    const started = performance.now()
    const server = spawn('npm', ['start', '--', '--no-open', '--port', '0'], {
      cwd: clone,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const url = await new Promise((resolve, reject) => {
        let said = ''
        server.stdout.on('data', (chunk) => {
          said += chunk
          const found = /http:\/\/\S+/.exec(said)?.[0]
          if (found) resolve(found)
        })
        server.on('exit', (code) => reject(new Error(`npm start ended with code ${code}`)))
      })
      const answer = await fetch(url)
      const policy = answer.headers.get('Content-Security-Policy') ?? ''
      const ok = answer.ok && policy.includes("default-src 'none'")
      return { ok, figure: `served with its policy after ${seconds(performance.now() - started)} (install, build, serve)` }
    } finally {
      process.kill(-server.pid, 'SIGTERM')
      clean()
    }
  })
}

function freshTest() {
  return inClone((clone, env, clean) => {
    const started = performance.now()
    const done = spawnSync('npm', ['test', '--silent'], { cwd: clone, env, encoding: 'utf8', maxBuffer: 1 << 28 })
    clean()
    const took = performance.now() - started
    const last = done.stdout.trim().split('\n').at(-1) ?? ''
    return { ok: done.status === 0 && took <= 600_000, figure: `exit ${done.status} after ${seconds(took)}, last line "${last}"` }
  })
}

async function threeFacts() {
  build()
  const browser = needBrowser()
  const times = []
  for (let round = 0; round < 5; round++) {
    const app = await openApp(browser)
    try {
      times.push(await app.openSample())
    } finally {
      await app.close()
    }
  }
  const median = times.toSorted((a, b) => a - b)[2]
  return { ok: median <= 5000, figure: `median ${seconds(median)} of ${times.map(seconds).join(', ')}` }
}

function bulkExport() {
  const folder = join(shared, 'data', 'fhir', 'bulk-ndjson')
  const report = validate([join(folder, '*.ndjson')])
  const records = report.inputs.reduce((sum, input) => sum + input.records, 0)
  const { critical, error } = report.summary
  return {
    ok: records === 956 && critical + error === 0,
    figure: `${records} resources in ${report.inputs.length} files, ${critical + error} errors`,
  }
}

function legacyTables() {
  const folder = join(shared, 'data', 'csv', 'legacy-synthea-27')
  const work = mkdtempSync(join(tmpdir(), 'carryover-tables-'))
  try {
    const schema = join(work, 'datapackage.json')
    const profiled = spawnSync(
      process.execPath,
      [cli(), 'profile', join(folder, '*.csv'), '--suggest-schema', schema, '--quiet'],
      { encoding: 'utf8', maxBuffer: 1 << 28 },
    )
    if (profiled.status !== 0) throw new Error(profiled.stderr)
    const report = validate([join(folder, '*.csv'), '--schema', schema])
    const wrong = report.inputs.filter(
      (input) => input.status !== 'read' || input.records !== recordsOf(join(folder, input.path.split(/[\\/]/).at(-1))),
    )
    const rows = report.inputs.reduce((sum, input) => sum + input.records, 0)
    const { critical, error } = report.summary
    return {
      ok: report.inputs.length === 18 && wrong.length === 0,
      figure: `${report.inputs.length} tables, ${rows} rows, ${wrong.length} tables with another count, ${critical + error} errors`,
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Records by an independent count: line ends outside quotes, less the header. */
function recordsOf(path) {
  let inside = false
  let ends = 0
  const text = readFileSync(path, 'utf8')
  for (const char of text) {
    if (char === '"') inside = !inside
    if (char === '\n' && !inside) ends++
  }
  return ends - 1 + (text.endsWith('\n') ? 0 : 1)
}

function streamOnCommandLine() {
  build()
  return withExtracts((small, large) => {
    const run = (file) => {
      const started = performance.now()
      const done = spawnSync(
        process.execPath,
        [
          join(root, 'scripts', 'peak-memory.mjs'),
          cli(),
          'validate',
          file.path,
          '--schema',
          file.schema,
          '--format',
          'json',
          '--quiet',
          '--fail-on',
          'never',
        ],
        { encoding: 'utf8', maxBuffer: 1 << 28 },
      )
      const peak = Number(/peak (\d+)/.exec(done.stderr)?.[1] ?? Number.NaN)
      return { records: JSON.parse(done.stdout).inputs[0].records, peak, took: performance.now() - started }
    }
    const a = run(small)
    const b = run(large)
    const speed = large.bytes / 1e6 / (b.took / 1000)
    return {
      ok: b.records === large.records && b.peak < a.peak * 1.5,
      figure: `${large.records} records exact: ${b.records === large.records}; peak memory ${mega(b.peak)} at ${mega(large.bytes)} against ${mega(a.peak)} at ${mega(small.bytes)}; ${speed.toFixed(0)} MB/s`,
    }
  })
}

async function streamInBrowser() {
  build()
  const browser = needBrowser()
  return withExtracts(async (small, large) => {
    const run = async (file) => {
      const app = await openApp(browser)
      try {
        const { page } = app
        await page.getByRole('button', { name: 'New project' }).click()
        for (const label of ['Name of the clinic or project', 'System you leave', 'System you move to'])
          await page.getByLabel(label).fill('x')
        await page.getByRole('button', { name: 'Create project' }).click()
        await page.getByRole('navigation', { name: 'Pages' }).waitFor()
        await page.evaluate(() => {
          location.hash = '#/data/sources'
        })
        const chooser = page.waitForEvent('filechooser')
        await page.getByRole('button', { name: 'Add files' }).first().click()
        await (await chooser).setFiles(file.path)
        await page.getByRole('row', { name: /extract/ }).waitFor({ timeout: 120_000 })
        const started = performance.now()
        await page.getByRole('button', { name: 'Check all files' }).click()
        let peak = 0
        let done = false
        const watch = (async () => {
          while (!done) {
            peak = Math.max(peak, rendererMemory())
            await new Promise((resolve) => setTimeout(resolve, 200))
          }
        })()
        await page.getByRole('button', { name: 'Run all checks' }).waitFor({ timeout: 300_000 })
        done = true
        await watch
        const row = await page.getByRole('row', { name: /extract/ }).innerText()
        return { peak, exact: row.includes(file.records.toLocaleString('en')), took: performance.now() - started }
      } finally {
        await app.close()
      }
    }
    const a = await run(small)
    const b = await run(large)
    const speed = large.bytes / 1e6 / (b.took / 1000)
    return {
      ok: b.exact && b.peak < a.peak + 100e6,
      figure: `${large.records} records exact: ${b.exact}; largest renderer ${mega(b.peak)} at ${mega(large.bytes)} against ${mega(a.peak)} at ${mega(small.bytes)}; ${speed.toFixed(0)} MB/s`,
    }
  })
}

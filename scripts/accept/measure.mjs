/** What the measurements of all topics share. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runTests } from '../check.mjs'
import { build, findBrowser, root } from '../setup.mjs'

/** Test data that lies beside the project. */
export const shared = join(root, '..', 'shared')

/** Runs test files, built app and browser at hand; met where at least one passed and none failed. */
export function tests(folders, options = []) {
  build()
  const browser = findBrowser()
  const existing = folders.filter((path) => existsSync(join(root, path)))
  const { passed, failed, skipped, skippedNames } = runTests(existing, browser ? { CHROMIUM: browser } : {}, [
    ...(options.some((option) => option.startsWith('--testTimeout=')) ? [] : ['--testTimeout=180000']),
    '--maxWorkers=1',
    '--reporter=dot',
    ...options,
  ])
  const left = options.includes('-t') ? '' : skipped > 0 ? `; skipped: ${skippedNames.join('; ')}` : ''
  return { ok: failed === 0 && passed > 0, figure: `${passed} passed, ${failed} failed${left}`, skipped }
}

/** Runs test files; met where at least one test passed and none failed, with the lines of their output that `figure` matches. */
export function printed(files, figure, environment = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-accept-'))
  try {
    const report = join(folder, 'tests.json')
    const done = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules', 'vitest', 'vitest.mjs'),
        'run',
        '--reporter=dot',
        '--reporter=json',
        `--outputFile.json=${report}`,
        '--testTimeout=180000',
        '--maxWorkers=1',
        ...files,
      ],
      { cwd: root, encoding: 'utf8', env: { ...process.env, ...environment, NO_COLOR: '1' }, maxBuffer: 1 << 28 },
    )
    const { numPassedTests, numPendingTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
    const broken = testResults.flatMap(({ message, assertionResults }) => [
      ...(message ? [message] : []),
      ...assertionResults.flatMap(({ title, failureMessages }) => failureMessages.map((why) => `${title}: ${why}`)),
    ])
    const said = done.stdout.split('\n').filter((line) => figure.test(line))
    const left = numPendingTests > 0 ? `, ${numPendingTests} skipped` : ''
    return {
      ok: done.status === 0 && numPassedTests > 0,
      figure: [
        `${numPassedTests} passed, ${numFailedTests} failed${left}`,
        ...said,
        ...broken.map((why) => why.split('\n').slice(0, 3).join(' ')),
      ].join('\n       '),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Resident bytes of the largest renderer process on this machine. */
export function rendererMemory() {
  let most = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('--type=renderer')) continue
      most = Math.max(most, Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024)
    } catch {
      // The process ended between the listing and the look.
    }
  return most
}

/** Two large extracts with their schemas, written for the measurement and removed after it. */
export async function withExtracts(work) {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-extract-'))
  try {
    const write = (size) => {
      const path = join(folder, `extract-${size}.csv`)
      const done = spawnSync(
        process.execPath,
        [join(root, 'dist', 'cli', 'carryover.js'), 'example', '--extract', String(size), '--out', path],
        { encoding: 'utf8' },
      )
      if (done.status !== 0) throw new Error(done.stderr)
      return {
        path,
        schema: path.replace('.csv', '.schema.json'),
        bytes: statSync(path).size,
        records: Number(/(\d+) records/.exec(done.stdout)?.[1]),
      }
    }
    return await work(write(25_000_000), write(250_000_000))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `carryover validate` with these arguments, as JSON. */
export function validate(args) {
  build()
  const done = spawnSync(process.execPath, [cli(), 'validate', ...args, '--format', 'json', '--quiet', '--fail-on', 'never'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (done.status !== 0) throw new Error(done.stderr)
  return JSON.parse(done.stdout)
}

export function needBrowser() {
  const browser = findBrowser()
  if (!browser) throw new Error('no Chromium or Chrome was found')
  return browser
}

export const cli = () => join(root, 'dist', 'cli', 'carryover.js')
export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`
export const mega = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`

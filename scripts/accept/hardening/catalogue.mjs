/** Runs every test file of the catalogue once and says for each threat what became of it. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { build, findBrowser, root } from '../../setup.mjs'
import { threats } from './threats.mjs'

export const catalogueLines = [
  {
    name: 'catalogue',
    line: 'every threat of docs/explanation/hardening.md: its test files pass, none without a test; longer measures have a command of their own',
    measure: catalogue,
  },
]

function catalogue() {
  build()
  const browser = findBrowser()
  const files = [...new Set(threats.flatMap(({ tests }) => tests))]
  const counts = countsOf(files, browser ? { CHROMIUM: browser } : {})
  let ok = true
  const rows = threats.map(({ id, threat, much, line, tests }) => {
    const [passed, failed, skipped] = [0, 1, 2].map((at) => tests.reduce((sum, file) => sum + (counts.get(file)?.[at] ?? 0), 0))
    const holds = tests.length === 0 ? line !== null : failed === 0 && tests.every((file) => (counts.get(file)?.[0] ?? 0) > 0)
    ok &&= holds
    const figure =
      tests.length === 0 ? 'by its command' : `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
    return `${holds ? 'holds' : 'OPEN '}  ${id.padEnd(4)} ${threat}: ${figure}${much ? `; ${much}` : ''}${line === null ? '' : ` (npm run accept -- ${line})`}`
  })
  return { ok, figure: [`${threats.length} threats, ${files.length} test files`, ...rows].join('\n       ') }
}

/** Passed, failed and skipped tests by file. */
function countsOf(files, environment) {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-catalogue-'))
  try {
    const report = join(folder, 'tests.json')
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
    const words = ['run', '--reporter=json', `--outputFile.json=${report}`, '--testTimeout=300000', '--maxWorkers=1', ...files]
    spawnSync(process.execPath, [vitest, ...words], { cwd: root, env: { ...process.env, ...environment }, maxBuffer: 1 << 28 })
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'))
    return new Map(
      testResults.map(({ name, status, assertionResults }) => {
        const having = (wanted) => assertionResults.filter((one) => one.status === wanted).length
        // A file that can not be loaded has no test to fail.
        const failed = Math.max(having('failed'), status === 'failed' ? 1 : 0)
        return [relative(root, name), [having('passed'), failed, assertionResults.length - having('passed') - having('failed')]]
      }),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What `npm test` says beside the counts: how long each class of tests took, and how much of core they ran. */
import { readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { root } from './setup.mjs'

const reports = join(root, '.cache', 'coverage')

const options = [
  '--coverage.enabled',
  '--coverage.include=src/core/**/*.ts',
  '--coverage.reporter=json-summary',
  `--coverage.reportsDirectory=${reports}`,
]

/** Which functions of core ran: next to free. */
export const functionCoverage = [
  ...options,
  '--coverage.provider=custom',
  `--coverage.customProviderModule=${join(root, 'scripts', 'function-coverage.mjs')}`,
]

/** Which lines and branches ran, too: three times as slow. */
export const blockCoverage = [...options, '--coverage.provider=v8']

/** Seconds of test files by folder, the longest first; two run at a time, so that they add up to more than the clock. */
export function durationLines(files) {
  const classes = new Map()
  for (const { name, seconds } of files) {
    const [first, wing = ''] = relative(join(root, 'tests'), name).split(sep)
    const group = first === 'core' ? `core/${wing}` : first
    const { sum, count } = classes.get(group) ?? { sum: 0, count: 0 }
    classes.set(group, { sum: sum + seconds, count: count + 1 })
  }
  return [...classes]
    .sort(([, a], [, b]) => b.sum - a.sum)
    .map(([name, { sum, count }]) => `${sum.toFixed(0).padStart(5)} s  ${name} (${count} files)`)
}

/** Share of core that tests ran, by wing; `kinds` as `json-summary` names them. */
export function coverageLines(kinds = ['functions']) {
  let summary
  try {
    summary = JSON.parse(readFileSync(join(reports, 'coverage-summary.json'), 'utf8'))
  } catch {
    return ['Coverage was not measured: the tests of core did not end.']
  }
  const wings = new Map()
  for (const [path, counts] of Object.entries(summary)) {
    if (path === 'total') continue
    const [wing = ''] = relative(join(root, 'src', 'core'), path).split(sep)
    const name = wing.endsWith('.ts') ? 'core' : `core/${wing}`
    const sums = wings.get(name) ?? kinds.map(() => [0, 0])
    wings.set(
      name,
      kinds.map((kind, i) => [sums[i][0] + counts[kind].covered, sums[i][1] + counts[kind].total]),
    )
  }
  const share = ([covered, total]) => `${((covered / Math.max(1, total)) * 100).toFixed(1)} %`
  return [...wings]
    .sort()
    .map(([name, sums]) => `covered: ${name} ${kinds.map((kind, i) => `${kind} ${share(sums[i])}`).join(', ')}`)
}

/** What `npm test` says beside the counts: how long each class of tests took, and how much of core they ran. */
import { readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { root } from './setup.mjs'

const reports = join(root, '.cache', 'coverage')

export const coverageOptions = [
  '--coverage.enabled',
  '--coverage.provider=v8',
  '--coverage.include=src/core/**/*.ts',
  '--coverage.reporter=json-summary',
  `--coverage.reportsDirectory=${reports}`,
]

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

/** Share of lines and branches that tests of core ran, by wing. */
export function coverageLines() {
  let summary
  try {
    summary = JSON.parse(readFileSync(join(reports, 'coverage-summary.json'), 'utf8'))
  } catch {
    return ['Coverage was not measured: the tests of core did not end.']
  }
  const wings = new Map()
  for (const [path, { lines, branches }] of Object.entries(summary)) {
    if (path === 'total') continue
    const [wing = ''] = relative(join(root, 'src', 'core'), path).split(sep)
    const name = wing.endsWith('.ts') ? 'core' : `core/${wing}`
    const sum = wings.get(name) ?? { lines: [0, 0], branches: [0, 0] }
    wings.set(name, {
      lines: [sum.lines[0] + lines.covered, sum.lines[1] + lines.total],
      branches: [sum.branches[0] + branches.covered, sum.branches[1] + branches.total],
    })
  }
  const share = ([covered, total]) => `${((covered / Math.max(1, total)) * 100).toFixed(1)} %`
  return [...wings]
    .sort()
    .map(([name, { lines, branches }]) => `covered: ${name} lines ${share(lines)}, branches ${share(branches)}`)
}

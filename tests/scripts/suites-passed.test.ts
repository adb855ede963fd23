/** The list of suites says what the reports of `npm test` say, a file that did not load included, and names reports that are missing. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const { suites } = (await import(new URL('../../scripts/accept/suites-passed.mjs', import.meta.url).href)) as {
  suites: (cache: string, tree: string) => { readonly ok: boolean; readonly figure: string }
}

const folder = mkdtempSync(join(tmpdir(), 'carryover-suites-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function report(name: string, files: Readonly<Record<string, readonly string[]>>, status = 'passed'): void {
  const testResults = Object.entries(files).map(([file, each]) => ({
    ...{ name: join(folder, file), status },
    assertionResults: each.map((one) => ({ status: one })),
  }))
  writeFileSync(join(folder, '.cache', name), JSON.stringify({ testResults }))
}

test('every suite stands in the list once, and a suite without tests that failed counts as failed', () => {
  const cache = join(folder, '.cache')
  mkdirSync(cache)
  expect(() => suites(cache, folder)).toThrow(/3 of 3 reports of npm test are missing .*Run npm test first\./)
  report('tests-tests_core-tests_samples-tests_guards.json', { 'tests/core/b.test.ts': ['passed', 'passed', 'pending'] })
  report('tests-tests_.json', { 'tests/app/a.test.ts': ['passed'] })
  report('tests-tests_journeys.json', { 'tests/journeys/c.test.ts': [] }, 'failed')
  const { ok, figure } = suites(cache, folder)
  expect(ok).toBe(false)
  expect(figure).toMatch(/^3 suites, 3 passed, 1 failed, 1 skipped/)
  expect(figure.split('\n').slice(1)).toEqual([
    '           1 passed   0 failed  tests/app/a.test.ts',
    '           2 passed   0 failed   1 skipped  tests/core/b.test.ts',
    '           0 passed   1 failed  tests/journeys/c.test.ts',
  ])
})

/** Examples of `test-matrix.ts`, for tests and rule pages. */

import { testAreas, testLevels } from '../../input-files/files.ts'
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const testMatrixExamples: EvidenceExamples = {
  code: 'readiness/test-matrix',
  decides:
    'Every pair of test level and area needs a test. In each pair the last results must pass on the newest version, and skipped tests must stay within the limit.',
  flags: [
    {
      name: 'no load test of downtime',
      // 4 levels × 5 areas are 20; one is empty.
      value: 19,
      evidence: { tests: exampleFile('tests', matrix(['load downtime'])) },
    },
    {
      name: 'one test failed in its last run',
      value: 19,

      evidence: { tests: exampleFile('tests', `${matrix([])}unit order-entry,unit,order-entry,2026-10-22T10:00:00Z,fail\n`) },
    },
    {
      name: 'a failed test was skipped the next day',
      value: 19,
      evidence: {
        tests: exampleFile(
          'tests',
          `${matrix([])}unit order-entry,unit,order-entry,2026-10-22T10:00:00Z,fail\nunit order-entry,unit,order-entry,2026-10-23T10:00:00Z,skipped\n`,
        ),
      },
    },
    {
      name: 'one run says fail and pass of the same test',
      value: 19,
      evidence: {
        tests: exampleFile(
          'tests',
          `${matrix([])}unit order-entry,unit,order-entry,2026-10-22T10:00:00Z,fail\nunit order-entry,unit,order-entry,2026-10-22T10:00:00Z,pass\n`,
        ),
      },
    },
    {
      name: 'a load test passed with 99 errors of 100, another one answered within ten minutes',
      value: 18,
      evidence: {
        tests: exampleFile(
          'tests',
          `${matrix(['load order-entry', 'load reporting']).replace('result\n', 'result,build,error_rate,p95_ms\n')}a,load,order-entry,2026-10-20T10:00:00Z,pass,,0.99,900\nb,load,reporting,2026-10-20T10:00:00Z,pass,,0,600000\n`,
        ),
      },
    },
    {
      name: 'ninety-nine of a hundred tests of one cell were skipped',
      value: 19,
      evidence: { tests: exampleFile('tests', `${matrix([])}${skippedTests(99)}`) },
    },
    {
      name: 'only one cell was tested on the newest version',
      value: 1,
      evidence: {
        tests: exampleFile('tests', `${matrix([], '41')}unit order-entry,unit,order-entry,2026-10-22T10:00:00Z,pass,42\n`),
      },
    },
  ],
  passes: [
    {
      // Four of twenty-four are 17 %, a fifth may be left out.
      name: 'a few tests are left out, which the words say',
      value: 20,
      evidence: { tests: exampleFile('tests', `${matrix([])}${passedTests(19)}${skippedTests(4)}`) },
    },
    {
      name: 'all twenty cells passed, one after a failure',
      value: 20,

      evidence: { tests: exampleFile('tests', `${matrix([])}unit order-entry,unit,order-entry,2026-10-19T10:00:00Z,fail\n`) },
    },
  ],
}

function matrix(without: readonly string[], build: string | null = null): string {
  const cells = testLevels.flatMap((level) => testAreas.map((area) => [level, area] as const))
  const version = build === null ? '' : `,${build}`
  const rows = cells
    .filter(([level, area]) => !without.includes(`${level} ${area}`))
    .map(([level, area]) => `${level} ${area},${level},${area},2026-10-20T10:00:00Z,pass${version}`)
  return `test_id,level,area,run_at,result${build === null ? '' : ',build'}\n${rows.join('\n')}\n`
}

function passedTests(count: number): string {
  return Array.from({ length: count }, (_, n) => `good ${n},unit,order-entry,2026-10-20T10:00:00Z,pass\n`).join('')
}

function skippedTests(count: number): string {
  return Array.from({ length: count }, (_, n) => `left ${n},unit,order-entry,2026-10-20T10:00:00Z,skipped\n`).join('')
}

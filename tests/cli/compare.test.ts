/** `carryover compare`: what is carried over as evidence, and suggested traces, as people call it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { carryover } from './command-line.ts'

const pair = (id: string): readonly string[] => [`samples/workflow/${id}/current.json`, `samples/workflow/${id}/future.json`]
const quick = ['--replications', '2', '--cases', '50', '--format', 'json', '--quiet', '--fail-on', 'never']

interface Compared {
  readonly findings: readonly { readonly code: string; readonly outcome: string; readonly severity: string }[]
}

test('data that is not carried over is found where a future step reads it; without evidence nothing is claimed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-compare-'))
  try {
    const path = join(folder, 'evidence.json')
    writeFileSync(path, JSON.stringify({ referral: 'missing', case: 'carried', other: 'perhaps' }))
    const run = (...more: readonly string[]) => carryover('compare', ...pair('referral-fax'), ...quick, ...more)
    const of = (out: string): readonly string[] =>
      (JSON.parse(out) as Compared).findings
        .filter(({ code }) => code === 'workflow/needed-data-not-carried')
        .map(({ outcome, severity }) => `${outcome} ${severity}`)
    const told = run('--evidence', path)
    expect(told.code).toBe(0)
    expect(told.err).toContain('$.other is "perhaps"')
    expect(of(told.out)).toEqual(['introduced error'])
    expect(of(run().out)).toEqual(['unjudged info'])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('suggested traces are links in the shape of a trace, with three candidates and reasons per step', () => {
  const { code, out } = carryover('compare', ...pair('medication-refill'), '--suggest-trace', '--format', 'json')
  expect(code).toBe(0)
  const { trace, steps } = JSON.parse(out) as {
    readonly trace: readonly {
      readonly from: string[]
      readonly to: string[]
      readonly suggested: boolean
      readonly score: number
    }[]
    readonly steps: readonly { readonly candidates: readonly { readonly reasons: readonly string[] }[] }[]
  }
  expect(trace.map(({ from, to }) => `${from.join()} > ${to.join()}`)).toContain('sign-refill-form > approve-in-inbox')
  for (const { suggested, score } of trace) {
    expect(suggested).toBe(true)
    expect(score).toBeGreaterThan(0)
  }
  for (const { candidates } of steps) for (const { reasons } of candidates) expect(reasons.length).toBeGreaterThan(0)
})

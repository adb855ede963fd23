/** The judge of damages: an exact report passes; one too few, one too many or something grave beside it does not. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { at, pair, pairIsThere, readTarget, type TargetFile } from './bundles.ts'
import { damage } from './damages.ts'
import { type Comparison, DamageJudge, type Difference } from './judge-damage.ts'

const before = pairIsThere ? readTarget() : []
const quiet: Comparison = { inputs: [], findings: [], unaccounted: 0 }

const inputsOf = (files: readonly TargetFile[]) => [
  { name: 'conditions.csv', side: 'legacy' },
  { name: 'allergies.csv', side: 'legacy' },
  ...files.map(({ name }) => ({ name, side: 'target' })),
]

/** A report whose rows name these resources, by their place in the files. */
function telling(files: readonly TargetFile[], code: string, resources: readonly string[], severity = 'critical'): Difference {
  const rows = resources.map((wanted) => {
    const input = files.findIndex(({ bundle }) =>
      bundle.entry.some(({ resource }) => `${resource.resourceType}/${resource.id}` === wanted),
    )
    const record = files[input]?.bundle.entry.findIndex(({ resource }) => wanted.endsWith(resource.id)) ?? -1
    return {
      facts: [
        { name: 'target input', value: input + 2 },
        { name: 'target record', value: record + 1 },
      ],
    }
  })
  return { code, severity, rows }
}

test.skipIf(!pairIsThere)('five tenfold values: exactly five, and nothing grave beside them', () => {
  const { files, truth } = damage(before, 'values ten times', 1)
  const judged = (...findings: readonly Difference[]) =>
    new DamageJudge(quiet).judge(truth, before, files, { inputs: inputsOf(files), findings, unaccounted: 0 }).ok
  const all = telling(files, 'data/value-changed', truth.resources)
  const other = `Patient/${truth.patients[0]}`
  expect(judged(all)).toBe(true)
  expect(judged({ ...all, rows: all.rows.slice(1) })).toBe(false)
  expect(judged({ ...all, code: 'data/field-changed' })).toBe(false)
  expect(judged(all, telling(files, 'data/value-changed', [other]))).toBe(false)
  expect(judged(all, telling(files, 'data/field-lost', [other], 'error'))).toBe(false)
  expect(judged(all, telling(files, 'data/field-appeared', [other], 'warning'))).toBe(true)
})

test.skipIf(!pairIsThere)('what is gone is known by the legacy row of the same patient, code and day', () => {
  const { files, truth } = damage(before, 'allergy dropped', 1)
  const gone = before
    .flatMap(({ bundle }) => bundle.entry)
    .find(({ resource }) => truth.resources[0]?.endsWith(resource.id) === true)
  const [code] = at(gone?.resource ?? null, 'code', 'coding', 'code')
  const lines = readFileSync(`${pair}legacy/allergies.csv`, 'utf8').trimEnd().split('\n')
  const row = lines.findIndex((line) => line.includes(`,${code},`) && line.includes(truth.patients[0] ?? '?'))
  const told = (record: number): Comparison => ({
    inputs: inputsOf(files),
    findings: [
      {
        code: 'data/allergy-lost',
        severity: 'critical',
        rows: [
          {
            facts: [
              { name: 'legacy input', value: 1 },
              { name: 'legacy record', value: record },
            ],
          },
        ],
      },
    ],
    unaccounted: 1,
  })
  const judge = new DamageJudge(quiet)
  expect(judge.judge(truth, before, files, told(row)).ok).toBe(true)
  expect(judge.judge(truth, before, files, told(row === 1 ? 2 : 1)).ok).toBe(false)
})

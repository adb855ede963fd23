/** A value map that is missing: what its line speaks of was not compared, and nothing may call it equal or proven. */
import { expect, test } from 'vitest'
import { readMapping } from '../../../../../src/core/data/crosswalk/mapping/mapping.ts'
import { notComparedCode } from '../../../../../src/core/data/crosswalk/plan/not-compared.ts'
import type { PairSource } from '../../../../../src/core/data/crosswalk/plan/sides.ts'
import { reconcileMarkdown, reconcileText } from '../../../../../src/core/data/reconcile/account/report.ts'
import { reconcile } from '../../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../../src/core/operation.ts'
import type { RunFinding } from '../../../../../src/core/project/format/run.ts'
import { allergiesReconciled } from '../../../../../src/core/readiness/criteria/pre-launch/allergies-reconciled.ts'
import type { Given } from '../../../../../src/core/readiness/model/artifact.ts'
import type { Measure } from '../../../../../src/core/readiness/model/criterion.ts'
import { pairAll } from '../../../../../src/core/review/pair/pair.ts'
import { patient, patientLine } from '../../reconcile/small-pair.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const signal = new AbortController().signal
const header = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by'
const lines = [
  patientLine,
  'allergies,PAT,reference,table=patients,AllergyIntolerance.patient',
  'allergies,CODE,code,system=http://snomed.info/sct,AllergyIntolerance.code',
]
const riskLine = 'allergies,RISK,value-map,map=risk,AllergyIntolerance.criticality'
const riskMap = 'source_code,source_display,target_system,target_code,relationship\nH,,,high,equivalent\nL,,,low,equivalent\n'

const allergy = (key: string, criticality: string) => ({
  resourceType: 'AllergyIntolerance',
  id: `a${key}`,
  patient: { reference: `Patient/p${key}` },
  code: { coding: [{ system: 'http://snomed.info/sct', code: '91936005' }] },
  criticality,
})

/** @param risks criticality that arrived for patients 1 and 2; legacy says high of both */
function inputOf(withMap: boolean, risks: readonly [string, string], status = 'confirmed') {
  const map = [header, ...lines.map((line) => `${line},,confirmed,,A. Tester`), `${riskLine},,${status},,A. Tester`]
  const files = new Map([['mapping/fields.csv', bytes(`${map.join('\n')}\n`)]])
  if (withMap) files.set('mapping/values/risk.csv', bytes(riskMap))
  const { mapping, problems } = readMapping(files)
  expect(problems).toEqual([])
  const target = [patient('1'), patient('2'), allergy('1', risks[0]), allergy('2', risks[1])]
  const source = (name: string, side: 'legacy' | 'target', text: string): PairSource => ({
    source: bytesSource(name, bytes(text)),
    side,
    table: name.replace(/\..*/, ''),
    format: null,
    reading: {},
  })
  const inputs = [
    source('patients.csv', 'legacy', 'MRN\n1\n2\n'),
    source('allergies.csv', 'legacy', 'PAT,CODE,RISK\n1,91936005,H\n2,91936005,H\n'),
    source('all.ndjson', 'target', target.map((one) => `${JSON.stringify(one)}\n`).join('')),
  ]
  return { inputs, mapping, asOf: '2026-07-14' }
}

async function judged(input: ReturnType<typeof inputOf>): Promise<Measure> {
  const paired = await finish(pairAll(input, signal))
  const findings = paired.findings.map((finding): RunFinding => ({ ...finding, input: null, outcome: null }))
  const { patients, items, itemsBySafety: bySafety } = paired
  const counts = { patients, items: items.same, same: 0, sameAfterRule: 0, changed: 0, lost: 0, appeared: 0 }
  const pairing = { ...counts, allergyStates: {}, bySafety }
  const evidence = { pairing: { pairing, findings }, baseline: [] }
  const given = { value: (kind: keyof typeof evidence) => evidence[kind] } as Given<'pairing' | 'baseline'>
  return allergiesReconciled.compute(given, allergiesReconciled.thresholds, '2026-07-14')
}

test('with its value map the line is compared: equal is proven, and altered fails', async () => {
  expect(await judged(inputOf(true, ['high', 'high']))).toMatchObject({ state: 'proven', value: 0 })
  expect(await judged(inputOf(true, ['low', 'high']))).toMatchObject({ state: 'failed', value: 1 })
  const { notCompared } = await finish(reconcile(inputOf(true, ['low', 'high']), signal))
  expect(notCompared).toEqual([])
})

test('without it nothing is proven, and the element is named before any number', async () => {
  const input = inputOf(false, ['low', 'high'])
  const result = await finish(reconcile(input, signal))
  expect(result.notCompared).toEqual([
    {
      what: 'allergies.RISK',
      target: 'AllergyIntolerance.criticality',
      why: 'mapping/values/risk.csv is missing',
      safety: 'allergy',
      isOwed: true,
    },
  ])
  const found = result.findings.filter(({ code }) => code === notComparedCode)
  expect(found.map(({ severity, place, safety }) => [severity, place, safety])).toEqual([
    ['error', 'allergies.RISK → AllergyIntolerance.criticality', 'allergy'],
  ])
  // The two cells of the column are filled, and nothing carries them.
  expect(result.coverage.open).toBe(2)
  const names = { wording: () => null, paths: [], reveal: false }
  const words = '1 element was not compared: AllergyIntolerance.criticality. No number below speaks of it.'
  expect(reconcileText(result, names).split('\n')[0]).toBe(words)
  expect(reconcileMarkdown(result, names)).toContain(words)
  expect(reconcileText(result, names)).not.toContain('every target record has an origin.')
  const measure = await judged(input)
  expect([measure.state, measure.value, measure.words]).toEqual([
    'unknown',
    null,
    'Not judged: AllergyIntolerance.criticality was not compared',
  ])
})

test('a line that waits for a word is a warning, and proves nothing either', async () => {
  const input = inputOf(true, ['low', 'high'], 'suggested')
  const { findings, notCompared } = await finish(reconcile(input, signal))
  expect(notCompared.map(({ isOwed }) => isOwed)).toEqual([false])
  expect(findings.filter(({ code }) => code === notComparedCode).map(({ severity }) => severity)).toEqual(['warning'])
  expect((await judged(input)).state).toBe('unknown')
})

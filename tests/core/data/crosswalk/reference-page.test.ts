import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mappingReference } from '../../../../src/core/data/crosswalk/documents/reference-page.ts'
import { workedExample } from '../../../../src/core/data/crosswalk/documents/worked-example.ts'
import { fieldsPath, parseParams, readMapping } from '../../../../src/core/data/crosswalk/mapping/mapping.ts'
import { ruleParameters } from '../../../../src/core/data/crosswalk/mapping/rule-parameters.ts'
import type { PairSource } from '../../../../src/core/data/crosswalk/plan/sides.ts'
import { transforms } from '../../../../src/core/data/crosswalk/transforms/index.ts'
import { reconcile } from '../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { runMapping } from './mapped.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('docs/reference/mapping.md is what the code says; npm run mapping-page writes it', () => {
  expect(readFileSync(new URL('../../../../docs/reference/mapping.md', import.meta.url), 'utf8')).toBe(mappingReference())
})

test('every rule has its parameters listed, and each listed one is known to the rule', () => {
  expect(transforms.map(({ name }) => name).filter((name) => !ruleParameters.has(name))).toEqual([])
  const sources = import.meta.glob<string>('../../../../src/core/data/crosswalk/transforms/*.ts', {
    query: '?raw',
    import: 'default',
    eager: true,
  })
  const all = Object.values(sources).join('\n')
  const used = new Set([...all.matchAll(/params\.(?:get|has)\('([a-z-]+)'\)/g)].map(([, name]) => name))
  const listed = new Set(transforms.flatMap(({ name }) => (ruleParameters.get(name) ?? []).map((one) => one.name)))
  expect([...used].filter((name) => name !== undefined && !listed.has(name))).toEqual([])
  expect([...listed].filter((name) => !used.has(name))).toEqual([])
})

test('the worked example runs as it is printed, and every row is accounted for', async () => {
  const files = new Map([[fieldsPath, bytes(workedExample.fields)]])
  for (const { name, text } of workedExample.maps) files.set(`mapping/values/${name}.csv`, bytes(text))
  const { mapping, problems } = readMapping(files)
  expect(problems).toEqual([])
  for (const { params } of mapping.fields)
    expect(typeof parseParams([...params].map(([a, b]) => `${a}="${b}"`).join('; '))).not.toBe('string')
  const legacy = workedExample.tables.map(
    ({ name, text }): PairSource => ({
      source: bytesSource(`${name}.csv`, bytes(text)),
      side: 'legacy',
      format: 'csv',
      table: name,
      reading: {},
    }),
  )
  const made = await runMapping({ inputs: legacy, mapping })
  expect(made.result.reasons).toEqual([])
  const panel = (made.files.get('Observation.ndjson') ?? '').split('\n').find((line) => line.includes('component')) ?? '{}'
  expect(JSON.parse(panel)).toMatchObject(JSON.parse(`{${workedExample.shows}}`))
  const target = [...made.bytes].flatMap(([path, content]): PairSource[] =>
    path.endsWith('.ndjson')
      ? [{ source: bytesSource(path, content), side: 'target', format: 'ndjson', table: '', reading: {} }]
      : [],
  )
  const compared = await finish(reconcile({ inputs: [...legacy, ...target], mapping }, new AbortController().signal))
  expect(compared).toMatchObject({ unaccounted: 0, unexplained: 0, findings: [] })
  expect(compared.tables.find(({ table }) => table === 'readings')).toMatchObject({ legacy: 5, merged: 1, filtered: 1 })
})

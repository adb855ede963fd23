/** Unique and foreign keys of whole runs against plain maps: in memory, spilled, split, and read again where storage refuses. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KeySizes } from '../../../../src/core/data/keys/key-set.ts'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { memorySpillStore } from '../../../../src/core/data/model/spill.ts'
import type { ValidateResult, ValidateSource } from '../../../../src/core/data/model/validation.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import type { ValidateInput } from '../../../../src/core/data/validate/validate-input.ts'
import { bytesSource, Cancelled, finish } from '../../../../src/core/operation.ts'

const encoder = new TextEncoder()

function table(name: string, csv: string | Uint8Array, schema: JsonObject): ValidateSource {
  const bytes = typeof csv === 'string' ? encoder.encode(csv) : csv
  const source = bytesSource(`${name}.csv`, bytes)
  return { source, side: null, format: 'csv', table: name, reading: { headerRows: 1, delimiter: ',' }, schema }
}

const run = (input: ValidateInput): Promise<ValidateResult> => finish(validate(input, new AbortController().signal))

const people: JsonObject = {
  fields: [{ name: 'site' }, { name: 'id' }, { name: 'mother' }, { name: 'visit' }],
  primaryKey: ['site', 'id'],
  foreignKeys: [
    { fields: ['site', 'mother'], reference: { resource: '', fields: ['site', 'id'] } },
    { fields: 'visit', reference: { resource: 'visits', fields: 'id' } },
  ],
}
const visits: JsonObject = {
  fields: [{ name: 'id' }, { name: 'site' }, { name: 'person' }],
  primaryKey: 'id',
  foreignKeys: [{ fields: ['site', 'person'], reference: { resource: 'people', fields: ['site', 'id'] } }],
}

interface Person {
  readonly site: string
  readonly id: string
  readonly mother: string
  readonly visit: string
}
interface Visit {
  readonly id: string
  readonly site: string
  readonly person: string
}

function inputs(persons: readonly Person[], all: readonly Visit[]): ValidateSource[] {
  const lines = ['site,id,mother,visit', ...persons.map((p) => `${p.site},${p.id},${p.mother},${p.visit}`), '']
  const visitLines = ['id,site,person', ...all.map((v) => `${v.id},${v.site},${v.person}`), '']
  return [table('people', lines.join('\n'), people), table('visits', visitLines.join('\n'), visits)]
}

/** Record numbers (1-based) that a plain reading of SQL flags. */
function plain(persons: readonly Person[], all: readonly Visit[]): Record<string, readonly (number | string)[]> {
  const key = (...parts: readonly string[]): string | null => (parts.includes('') ? null : JSON.stringify(parts))
  const repeats = (keys: readonly (string | null)[]): number[] =>
    keys.flatMap((one, i) => (one !== null && keys.indexOf(one) < i ? [i + 1] : []))
  const orphans = (refs: readonly (string | null)[], keys: readonly (string | null)[]): number[] =>
    refs.flatMap((one, i) => (one !== null && !keys.includes(one) ? [i + 1] : []))
  const personKeys = persons.map((p) => key(p.site, p.id))
  const visitKeys = all.map((v) => key(v.id))
  return {
    'data/unique-key 0 site + id': repeats(personKeys),
    'data/unique-key 1 id': repeats(visitKeys),
    'data/foreign-key 0 site + mother': orphans(
      persons.map((p) => key(p.site, p.mother)),
      personKeys,
    ),
    'data/foreign-key 0 visit': orphans(
      persons.map((p) => key(p.visit)),
      visitKeys,
    ),
    'data/foreign-key 1 site + person': orphans(
      all.map((v) => key(v.site, v.person)),
      personKeys,
    ),
  }
}

function found(result: ValidateResult): Record<string, readonly (number | string)[]> {
  const records: Record<string, (number | string)[]> = {}
  for (const { code, input, place, sample, count } of result.findings) {
    if (code !== 'data/unique-key' && code !== 'data/foreign-key') continue
    expect(sample).toHaveLength(count)
    records[`${code} ${input} ${place}`] = sample.map(({ at }) => (at.kind === 'cell' ? at.record : -1))
  }
  return records
}

const filled = (records: Record<string, readonly (number | string)[]>): object =>
  Object.fromEntries(Object.entries(records).filter(([, list]) => list.length > 0))

const aboutKeys = (result: ValidateResult): string[] =>
  result.notEvaluated.map(({ what }) => what).filter((what) => /^(Uniqueness|References)/.test(what))

const text = fc.constantFrom('', '1', '2', '3', '12', '23', '123', 'a', 'é')
const person = fc.record({ site: text, id: text, mother: text, visit: text })
const visit = fc.record({ id: text, site: text, person: text })
const sizes = fc.record({
  table: fc.integer({ min: 1, max: 20 }),
  held: fc.integer({ min: 1, max: 9 }),
  bucket: fc.constantFrom(1, 2, 100),
})
const lists = [fc.array(person, { maxLength: 40, minLength: 1 }), fc.array(visit, { maxLength: 40, minLength: 1 })] as const

describe('keys of a run', () => {
  test('composite, self and circular keys are those of plain maps, wherever they are kept', async () => {
    await fc.assert(
      fc.asyncProperty(
        ...lists,
        sizes,
        fc.constantFrom('memory', 'spilled', 'full'),
        fc.string(),
        async (persons, all, keySizes, where, keySeed) => {
          const store = memorySpillStore(where === 'full' ? 300 : 1e9)
          const small: { readonly keySizes?: KeySizes } = where === 'memory' ? {} : { keySizes }
          const spill = where === 'memory' ? {} : { spill: store }
          const result = await run({
            inputs: inputs(persons, all),
            ...small,
            ...spill,
            keySeed,
            keyBudget: where === 'memory' ? 1e6 : 0,
            maxRows: 1e6,
          })
          expect(store.openFiles()).toBe(0)
          if (where === 'full' && aboutKeys(result).length > 0) return
          expect(found(result)).toEqual(filled(plain(persons, all)))
        },
      ),
      { numRuns: process.env.LONG ? 3000 : 90 },
    )
  })

  test('the findings do not depend on the secret seed, nor on where keys were kept', async () => {
    const persons = Array.from(
      { length: 300 },
      (_, i): Person => ({ site: '1', id: `${i % 170}`, mother: `${i * 2}`, visit: '' }),
    )
    const given = { inputs: inputs(persons, [{ id: '1', site: '1', person: '5' }]), maxRows: 20 }
    const first = await run(given)
    const small = { keySizes: { table: 7, held: 16, bucket: 3 }, keyBudget: 0, spill: memorySpillStore() }
    for (const keySeed of ['one', 'two']) expect((await run({ ...given, ...small, keySeed })).findings).toEqual(first.findings)
    expect((await run({ ...given, keySizes: { table: 7 }, keyBudget: 0, keySeed: 'three' })).findings).toEqual(first.findings)
  })

  test('keys beyond memory without storage are found by reading again', async () => {
    const rows = Array.from({ length: 90_000 }, (_, i) => `1,${i === 80_000 ? 3 : i},,`)
    const input = table('people', `site,id,mother,visit\n${rows.join('\n')}\n`, { ...people, foreignKeys: [] })
    const result = await run({ inputs: [input], keyBudget: 0 })
    expect(aboutKeys(result)).toEqual([])
    const [finding] = result.findings.filter(({ code }) => code === 'data/unique-key')
    expect(finding).toMatchObject({ count: 1, denominator: 90_000 })
    expect(finding?.sample[0]).toMatchObject({ at: { record: 80_001, line: 80_002 }, evidence: { facts: [{ value: 4 }] } })
  })

  test('transcoded files give the same records, with places in the original file', async () => {
    const csv = 'site,id,mother,visit\n1,é,,\n1,b,,\n1,é,,\n'
    const utf16 = new Uint8Array(csv.length * 2)
    for (let i = 0; i < csv.length; i++) utf16.set([csv.charCodeAt(i) & 255, csv.charCodeAt(i) >> 8], i * 2)
    const given = table('people', utf16, { ...people, foreignKeys: [] })
    const result = await run({ inputs: [{ ...given, reading: { ...given.reading, encoding: 'utf-16le' } }] })
    const [finding] = result.findings.filter(({ code }) => code === 'data/unique-key')
    expect(finding?.sample[0]?.at).toMatchObject({ record: 3, byte: csv.lastIndexOf('1,é') * 2 })
  })

  test('what was spilled goes when the run is cancelled', async () => {
    const store = memorySpillStore()
    const controller = new AbortController()
    const persons = Array.from({ length: 5000 }, (_, i): Person => ({ site: '1', id: `${i % 99}`, mother: '', visit: '' }))
    const updates = validate(
      { inputs: inputs(persons, []), spill: store, keySizes: { table: 5, held: 8 }, keyBudget: 0 },
      controller.signal,
    )
    let open = 0
    await expect(
      (async () => {
        for await (const _ of updates) {
          open = Math.max(open, store.openFiles())
          controller.abort()
        }
      })(),
    ).rejects.toThrow(Cancelled)
    expect([open, store.openFiles()]).toEqual([1, 0])
  })
})

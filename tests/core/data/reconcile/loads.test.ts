import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PairSource } from '../../../../src/core/data/crosswalk/plan/sides.ts'
import { ExactSum } from '../../../../src/core/data/reconcile/account/exact-sum.ts'
import { matchKeys } from '../../../../src/core/data/reconcile/entries/match-keys.ts'
import { checkDocuments } from '../../../../src/core/data/reconcile/loads/check-documents.ts'
import { Checksum } from '../../../../src/core/data/reconcile/loads/checksum.ts'
import { compareLoads } from '../../../../src/core/data/reconcile/loads/compare-loads.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { readSample } from '../../../samples/riverside.ts'

const signal = new AbortController().signal
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const sample = readSample({ patients: 60, seed: 'loads' })
const target = sample.pairInput.inputs.flatMap((one, i) =>
  one.side === 'target' && one.format === 'ndjson'
    ? [{ one, text: Buffer.from(sample.files.get(sample.paths[i] ?? '') ?? []).toString() }]
    : [],
)
const load = (change: (table: string, lines: string[]) => void = () => {}): PairSource[] =>
  target.map(({ one, text }) => {
    const lines = text.trimEnd().split('\n')
    change(one.table, lines)
    return { ...one, source: bytesSource(one.source.name, bytes(`${lines.join('\n')}\n`)) }
  })

test('a load in another order and with other server notes is the same load', async () => {
  const shuffled = load((_, lines) => {
    lines.reverse()
    lines[0] = JSON.stringify({ ...JSON.parse(lines[0] ?? '{}'), meta: { versionId: '7' } })
  })
  const result = await finish(compareLoads({ before: load(), after: shuffled }, signal))
  expect(result.checksums.equal).toBe(true)
  expect(result.ranges.unequal).toBe(0)
  expect(result.tables.every(({ before, after, same }) => before === after && same === before)).toBe(true)
})

test('what changed since the load before is counted per table, element and patient', async () => {
  const changed = load((table, lines) => {
    if (table === 'Patient')
      lines[3] = JSON.stringify({ ...JSON.parse(lines[3] ?? '{}'), birthDate: '1901-01-01', gender: 'other' })
    if (table === 'Condition') lines.splice(0, 2)
    if (table === 'Immunization') lines.push(JSON.stringify({ ...JSON.parse(lines[0] ?? '{}'), id: 'new' }))
  })
  for (const most of [1, 1_000_000]) {
    const result = await finish(compareLoads({ before: load(), after: changed, most }, signal))
    const of = (table: string) => result.tables.find((one) => one.table === table)
    expect(of('Patient')).toMatchObject({ changed: 1, added: 0, gone: 0 })
    expect(of('Condition')).toMatchObject({ changed: 0, added: 0, gone: 2 })
    expect(of('Immunization')).toMatchObject({ changed: 0, added: 1, gone: 0 })
    expect(result.elements).toEqual([
      { table: 'Patient', element: 'birthDate', count: 1 },
      { table: 'Patient', element: 'gender', count: 1 },
    ])
    expect(result.checksums.equal).toBe(false)
    expect(result.patientsChanged).toBe(result.patients.length)
    expect(result.patients.reduce((sum, { changes }) => sum + changes, 0)).toBe(4)
  }
})

test('tables are compared by their key column', async () => {
  const table = (text: string): PairSource => ({
    source: bytesSource('person.csv', bytes(text)),
    side: 'target',
    format: 'csv',
    table: 'person',
    reading: {},
  })
  const before = [table('id,name,born\n1,Ann,1950\n2,Bo,1960\n3,Cy,1970\n')]
  const after = [table('id,name,born\n3,Cy,1970\n1,Anne,1950\n4,Di,1980\n')]
  const result = await finish(
    compareLoads({ before, after, keys: new Map([['person', ['id']]]), patients: new Map([['person', 'id']]) }, signal),
  )
  expect(result.tables).toEqual([{ table: 'person', before: 3, after: 3, same: 1, changed: 1, added: 1, gone: 1 }])
  expect(result.patientsChanged).toBe(3)
})

const person = (text: string | Uint8Array, name = 'person.csv', format: PairSource['format'] = null): PairSource => ({
  source: bytesSource(name, typeof text === 'string' ? bytes(text) : text),
  side: 'target',
  format,
  table: 'person',
  reading: {},
})
const compared = (before: PairSource, after: PairSource) =>
  finish(compareLoads({ before: [before], after: [after], keys: new Map([['person', ['id']]]) }, signal))

test('columns of tables are all compared, whatever they are called; narrative of resources is said not to be', async () => {
  const result = await compared(person('id,text,meta\n1,a,b\n'), person('id,text,meta\n1,x,y\n'))
  expect(result.same).toBe(false)
  expect(result.elements.map(({ element }) => element)).toEqual(['meta', 'text'])
  const note = person('{"resourceType":"Patient","id":"1","text":{"div":"a"}}\n', 'p.ndjson')
  const other = person('{"resourceType":"Patient","id":"1","text":{"div":"b"}}\n', 'p.ndjson')
  const notes = await compared(note, other)
  expect([notes.same, notes.notEvaluated.map(({ what }) => what)]).toEqual([true, ['Narrative and server notes']])
})

test('what can not be read is never the same, and is named with its status', async () => {
  const noise = (seed: number) => Uint8Array.from({ length: 4000 }, (_, i) => (i * i * seed + i * 7 + seed) & 255)
  for (const name of ['a.csv', 'a.ndjson']) {
    const random = await compared(person(noise(3), name, 'ndjson'), person(noise(5), name, 'ndjson'))
    expect([random.same, random.inputs.map(({ status }) => status)]).toEqual([false, ['unreadable', 'unreadable']])
    expect(random.notEvaluated.length).toBe(2)
  }
  const line = '{"resourceType":"Patient","id":"1"}\n'
  const torn = await compared(
    person(`${line}{"resourceType":"Pat`, 'p.ndjson'),
    person(`${line}{"resourceType":"Obs`, 'p.ndjson'),
  )
  expect([torn.same, torn.inputs.map(({ status }) => status)]).toEqual([false, ['partial', 'partial']])
  const packed = (text: string) => new Uint8Array(gzipSync(text))
  const [one, two] = [packed(line.repeat(3)), packed('{"resourceType":"Patient","id":"2"}\n')]
  const unpacked = await compared(person(one, 'p.ndjson.gz'), person(two, 'p.ndjson.gz'))
  expect([unpacked.same, unpacked.tables[0]?.before, unpacked.tables[0]?.after]).toEqual([false, 3, 1])
  const cut = await compared(person(one.subarray(0, -6), 'p.ndjson.gz'), person(one, 'p.ndjson.gz'))
  expect([cut.same, cut.inputs[0]?.status]).toEqual([false, 'partial'])
})

test('records of one key are a multiset: before = same + changed + gone, whatever is repeated and in which order', async () => {
  const rows = fc.array(fc.tuple(fc.constantFrom('1', '2', '3', ''), fc.constantFrom('a', 'b', 'c')), { maxLength: 8 })
  const file = (list: readonly (readonly string[])[]) => person(`id,name\n${list.map((row) => `${row.join(',')}\n`).join('')}`)
  await fc.assert(
    fc.asyncProperty(rows, rows, async (before, after) => {
      const { tables, repeated } = await compared(file(before), file(after))
      const shared = [...after]
      const same = before.filter((row) => {
        const at = shared.findIndex((other) => other.join() === row.join())
        if (at >= 0) shared.splice(at, 1)
        return at >= 0
      }).length
      const [table] = tables
      if (!table) {
        expect(before.length + after.length).toBe(0)
        return
      }
      expect([table.before, table.after, table.same]).toEqual([before.length, after.length, same])
      expect(table.before).toBe(table.same + table.changed + table.gone)
      expect(table.after).toBe(table.same + table.changed + table.added)
      if (repeated.length > 0)
        expect(new Set([...before, ...after].map(([id]) => id)).size).toBeLessThan(before.length + after.length)
    }),
    { numRuns: process.env.LONG ? 500 : 60 },
  )
  const twice = await compared(file([['1', 'a']]), file([['1', 'a'], ['1', 'a']])) // biome-ignore format: two rows
  expect(twice.tables[0]).toMatchObject({ before: 1, after: 2, same: 1, changed: 0, added: 1, gone: 0 })
  expect(twice.repeated).toEqual([{ table: 'person', load: 'after', keys: 1 }])
})

test('a checksum does not depend on order, and equal records do not cancel each other out', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 20 }), fc.array(fc.string(), { maxLength: 20 }), (a, b) => {
      const sum = (texts: readonly string[]): Checksum => {
        const made = new Checksum()
        for (const text of texts) made.add(text)
        return made
      }
      const whole = sum([...a, ...b])
      const merged = sum(b.toReversed())
      merged.merge(sum(a))
      expect(merged.equals(whole)).toBe(true)
      const same = JSON.stringify([...a].sort()) === JSON.stringify([...b].sort())
      expect(sum(a).equals(sum(b))).toBe(same)
      expect(`${sum(['x', 'x', ...a])}`).not.toBe(`${sum(a)}`)
    }),
  )
})

test('sums of decimals are exact in any order and grouping', () => {
  const cents = fc.integer({ min: -1e9, max: 1e9 })
  fc.assert(
    fc.property(fc.array(cents, { maxLength: 30 }), fc.nat(30), (all, cut) => {
      const add = (list: readonly number[]): ExactSum => {
        const sum = new ExactSum()
        for (const one of list)
          expect(
            sum.add(`${one < 0 ? '-' : ''}${Math.trunc(Math.abs(one) / 100)}.${String(Math.abs(one) % 100).padStart(2, '0')}`),
          ).toBe(true)
        return sum
      }
      const expected = all.reduce((sum, one) => sum + BigInt(one), 0n)
      const parts = add(all.slice(cut))
      parts.merge(add(all.slice(0, cut)))
      expect(`${parts}`).toBe(`${add(all.toReversed())}`)
      expect(BigInt(Math.round(Number(`${parts}`) * 100))).toBe(expected)
    }),
  )
  const sum = new ExactSum()
  for (const text of ['0.1', '0.2', '1e3', '-1000', 'none']) sum.add(text)
  expect([`${sum}`, sum.count]).toEqual(['0.3', 4])
})

test('keys meet as written, then normalised, and never where two could be meant', () => {
  const match = matchKeys(new Set(['000123', '000456', 'A-7', '0088', '88']), ['123', '456', 'a7', '88', '088', 'stranger'])
  expect(Object.fromEntries(match.alias)).toEqual({ '123': '000123', '456': '000456', a7: 'A-7', '088': '0088' })
  expect(match.exact).toBe(1)
  expect(match.zerosLost).toEqual({ count: 3, of: 5, length: 6 })
  const unclear = matchKeys(new Set(['007', '07']), ['7'])
  expect([unclear.ambiguous, unclear.alias.size]).toEqual([['7'], 0])
})

test('documents are counted and digested, missing ones named by their row, and wrong ones said to be wrong', async () => {
  const index: PairSource = {
    source: bytesSource('documents.csv', bytes('id,file\n1,scans/a.pdf\n2,b.pdf\n3,\n4,c.pdf\n5,gone.pdf\n')),
    side: 'legacy',
    format: 'csv',
    table: 'documents',
    reading: {},
  }
  const files = [
    bytesSource('A.PDF', bytes('%PDF-1.7 a')),
    bytesSource('b.pdf', bytes('<html>')),
    bytesSource('c.pdf', bytes('%PDF-1.7 a')),
    bytesSource('d.pdf', bytes('')),
  ]
  const result = await finish(checkDocuments({ index, column: 'file', files }, signal))
  expect(result).toMatchObject({ named: 4, found: 3, unnamed: 1, unclaimed: 1, empty: 1, copies: 1 })
  expect(result.missing).toEqual([{ record: 5, line: 6, byte: 41 }])
  const unknown = await finish(checkDocuments({ index, column: 'nope', files }, signal))
  expect([result.columnFound, unknown.columnFound]).toEqual([true, false])
  expect(result.unopenable).toEqual([{ file: 1, why: 'its first bytes are not those of a PDF file' }])
})

test('documents in folders: the folders of a row decide between files of one name, and where they do not it is said', async () => {
  const index: PairSource = {
    source: bytesSource(
      'documents.csv',
      bytes('id,file\n1,2019/scan.pdf\n2,archive\\2020\\scan.pdf\n3,scan.pdf\n4,other/only.pdf\n5,2021/gone.pdf\n'),
    ),
    side: 'legacy',
    format: 'csv',
    table: 'documents',
    reading: {},
  }
  const names = ['old/2019/scan.pdf', 'old/2020/scan.pdf', 'deep/er/only.pdf']
  const files = names.map((name) => bytesSource(name, bytes(`%PDF-1.7 ${name}`)))
  const result = await finish(checkDocuments({ index, column: 'file', files }, signal))
  expect(result).toMatchObject({ named: 5, found: 3, unclaimed: 0, copies: 0 })
  expect(result.ambiguous.map(({ record }) => record)).toEqual([3])
  expect(result.missing.map(({ record }) => record)).toEqual([5])
})

import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { workbook } from '../../../../src/core/data/checks/contract/packed-examples.ts'
import type { SourceFormat } from '../../../../src/core/data/model/source.ts'
import type { ValidateResult } from '../../../../src/core/data/model/validation.ts'
import { AllRows, together, wantedRows } from '../../../../src/core/data/report/all-rows.ts'
import { RejectedRecords } from '../../../../src/core/data/report/rejected-records.ts'
import { rejectSource } from '../../../../src/core/data/report/source-of-input.ts'
import { type RejectTotals, rejectsOf } from '../../../../src/core/data/report/written-rejects.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { type ByteSource, finish } from '../../../../src/core/operation.ts'
import { chunkedSource, signal } from '../reading.ts'

const schema = { fields: [{ name: 'id' }, { name: 'note' }, { name: 'born', type: 'date' }], primaryKey: 'id' }

interface Rejected {
  readonly bytes: Uint8Array
  readonly codes: readonly string[]
  readonly totals: RejectTotals
  readonly result: ValidateResult
  readonly rows: AllRows
}

async function reject(
  source: ByteSource,
  format: SourceFormat,
  wanted = 'data/date-format@born',
  encoding = 'utf-8',
): Promise<Rejected> {
  const reading = format === 'csv' ? { headerRows: 1, delimiter: ',', quote: '"', encoding } : {}
  const records = new RejectedRecords()
  const rows = new AllRows(wantedRows(wanted), ['p.csv'], false)
  const inputs = [{ source, side: null, format, table: 'p', reading, schema: format === 'csv' ? schema : null }]
  const result = await finish(validate({ inputs, maxRows: 2, observer: together([records, rows]) }, signal))
  const parts: Uint8Array[] = []
  let text = ''
  let totals: RejectTotals = { read: -1, accepted: -1, rejected: -1 }
  const codesOf = records.reader(0, format === 'ndjson' ? 'line' : 'record')
  for await (const update of rejectsOf({ source, format, reading, codesOf }, signal)) {
    if (update.kind === 'bytes') parts.push(update.bytes)
    if (update.kind === 'codes') text += update.text
    if (update.kind === 'end') totals = update.totals
  }
  if (format === 'csv') expect(records.count(0)).toBe(totals.rejected)
  return { bytes: new Uint8Array(Buffer.concat(parts)), codes: text.split('\r\n').slice(0, -1), totals, result, rows }
}

const row = fc.record({
  id: fc.nat(8),
  note: fc.constantFrom('plain', '"quoted, with\r\nbreak"', '"a ""b"""', 'Zoë'),
  born: fc.constantFrom('1990-02-28', '1990-02-30', 'x', ''),
  extra: fc.constantFrom('', ',more'),
})

test('rejected bytes are the lines of the file, accepted and rejected are all that was read, whatever the chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 25 }),
      fc.constantFrom('\n', '\r\n'),
      fc.integer({ min: 1, max: 60 }),
      async (list, newline, size) => {
        const header = `id,note,born${newline}`
        const lines = list.map(({ id, note, born, extra }) => `${id},${note},${born}${extra}${newline}`)
        const seen = new Set<number>()
        const expected = list.map(({ id, born, extra }) => {
          const codes = [
            ...(extra === '' && (born === 'x' || born === '1990-02-30') ? ['data/date-format'] : []),
            ...(extra === '' ? [] : ['data/ragged-row']),
            ...(seen.has(id) ? ['data/unique-key'] : []),
          ]
          seen.add(id)
          return codes
        })
        const source = chunkedSource('p.csv', new TextEncoder().encode(header + lines.join('')), [size])
        const { bytes, codes, totals, result } = await reject(source, 'csv')
        expect(totals.accepted + totals.rejected).toBe(totals.read)
        expect(totals.read).toBe(result.inputs[0]?.records)
        expect(totals.rejected).toBe(expected.filter((each) => each.length > 0).length)
        const wanted = lines.filter((_, index) => (expected[index]?.length ?? 0) > 0)
        expect(new TextDecoder().decode(bytes)).toBe(header + wanted.join(''))
        expect(codes.slice(1).map((line) => line.split(',')[3])).toEqual(
          expected.filter((each) => each.length > 0).map((each) => each.join(' ')),
        )
      },
    ),
    { numRuns: Number(process.env.LONG ?? 0) > 0 ? 1000 : 40 },
  )
})

test('rejects of a file in UTF-16 stay in UTF-16, with their offsets in the file', async () => {
  const text = '\uFEFFid,note,born\r\n1,Zoë,1990-02-28\r\n2,"Ü,\r\n",x\r\n3,a,y'
  const bytes = new Uint8Array(Buffer.from(text, 'utf16le'))
  const { bytes: out, codes } = await reject(chunkedSource('p.csv', bytes, [7]), 'csv', 'data/date-format', 'utf-16le')
  expect(Buffer.from(out).toString('utf16le')).toBe('\uFEFFid,note,born\r\n2,"Ü,\r\n",x\r\n3,a,y')
  const at = text.indexOf('2,"Ü') * 2
  expect(codes[1]).toBe(`2,3,${at},data/date-format`)
  expect(codes[2]).toBe(`3,5,${text.indexOf('3,a') * 2},data/date-format`)
})

test('lines of NDJSON are rejected as they are, bad ones included', async () => {
  const lines = [
    '{"resourceType":"Patient","id":"a"}\n',
    '\n',
    '{"resourceType":"Pat\n',
    '{"id":"b"}\r\n',
    '{"resourceType":"Patient","id":"c"}',
  ]
  for (const sizes of [[1], [5, 9], [4096]]) {
    const { bytes, codes, totals, result } = await reject(
      chunkedSource('p.ndjson', new TextEncoder().encode(lines.join('')), sizes),
      'ndjson',
    )
    expect(new TextDecoder().decode(bytes)).toBe(`${lines[2]}${lines[3]}`)
    expect(codes).toEqual(['record,line,byte,codes', '2,3,37,data/torn-json', '3,4,58,data/resource-type-missing'])
    expect(totals).toEqual({ read: 4, accepted: 2, rejected: 2 })
    // A torn line is read, but is no record.
    expect(result.inputs[0]?.records).toBe(3)
  }
})

test('every row of a finding can be had, whatever the sample holds, and without values', async () => {
  const rows = Array.from({ length: 900 }, (_, index) => `${index},CANARY,${index % 3 === 0 ? 'CANARY' : '1990-02-28'}\n`)
  const { rows: all, result } = await reject(
    chunkedSource('p.csv', new TextEncoder().encode(`id,note,born\n${rows.join('')}`), [999]),
    'csv',
  )
  const finding = result.findings.find(({ code }) => code === 'data/date-format')
  expect(finding).toMatchObject({ count: 300, truncated: true })
  expect(all.count).toBe(300)
  const lines = all.take().split('\r\n').slice(0, -1)
  expect(lines).toHaveLength(300)
  expect(lines[299]).toMatch(/^p\.csv,born,error,898,899,\d+,,,/)
  expect(lines.join('')).not.toContain('CANARY')
  expect(all.take()).toBe('')
})

test('rejects of a packed file are lines of what is inside it', async () => {
  const lines = ['{"resourceType":"Patient","id":"a"}\n', '{"id":"b"}\n', '{"resourceType":"Patient","id":"c"}\n']
  const source = chunkedSource('p.ndjson.gz', new Uint8Array(gzipSync(lines.join(''))), [7])
  const { bytes, totals, result } = await reject(source, 'ndjson')
  expect(new TextDecoder().decode(bytes)).toBe(lines[1])
  expect(totals).toEqual({ read: 3, accepted: 2, rejected: 1 })
  expect(result.inputs[0]?.records).toBe(3)
})

test('every table of a file has its own rejects, which begin with its own header', async () => {
  const one = 'id,born\n1,1990-02-28\n2,x\n3,1991-01-01\n'
  const two = 'code,dose,born\na,5,1990-02-28\nc,7,1990-02-28\ne,9,1990-02-28\nb,6\nd,8,1990-02-28,more\n'
  const source = chunkedSource('two.csv', new TextEncoder().encode(`${one}\n${two}`), [11])
  const schema = { fields: [{ name: 'id' }, { name: 'born', type: 'date' }] }
  const records = new RejectedRecords()
  const inputs = [{ source, side: null, format: null, table: 'two', reading: {}, schema }]
  const result = await finish(validate({ inputs, observer: records }, signal))
  expect(result.inputs.map(({ name }) => name)).toEqual(['two.csv', 'two.csv#2'])
  const written: string[] = []
  for (const [index, { format, records: read }] of result.inputs.entries()) {
    const from = rejectSource(inputs, result, index)
    if (!from) throw new Error(`input ${index} has no file`)
    let text = ''
    for await (const update of rejectsOf({ ...from, format, codesOf: records.reader(index, 'record') }, signal))
      if (update.kind === 'bytes') text += new TextDecoder().decode(update.bytes)
      else if (update.kind === 'end') {
        expect(update.totals.read).toBe(read)
        expect(update.totals.rejected).toBe(records.count(index))
      }
    written.push(text)
  }
  expect(written[0]).toBe('id,born\n2,x\n')
  expect(written[1]?.trimStart()).toBe('code,dose,born\nb,6\nd,8,1990-02-28,more\n')
})

test('rejected rows of a workbook are written as text, with the sheet and the row of each', async () => {
  const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
  const row = (number: number, cells: readonly string[]) => `<row r="${number}">${cells.map(text).join('')}</row>`
  const rows = [row(1, ['id', 'born']), row(2, ['1', '1990-02-28']), row(5, ['2', 'x, y']), row(6, ['3', '1991-01-01'])]
  const source = chunkedSource('p.xlsx', workbook(rows.join('')), [101])
  const fields = [{ name: 'id' }, { name: 'born', type: 'date' }]
  const records = new RejectedRecords()
  const inputs = [{ source, side: null, format: null, table: 'p', reading: {}, schema: { fields } }]
  const result = await finish(validate({ inputs, observer: records }, signal))
  const format = result.inputs[0]?.format ?? null
  let [written, list] = ['', '']
  for await (const update of rejectsOf({ source, format, reading: {}, codesOf: records.reader(0, 'record') }, signal)) {
    if (update.kind === 'bytes') written += new TextDecoder().decode(update.bytes)
    if (update.kind === 'codes') list += update.text
    if (update.kind === 'end') expect(update.totals).toEqual({ read: 3, accepted: 2, rejected: 1 })
  }
  expect(format).toBe('xlsx')
  expect(written).toBe('id,born\n2,"x, y"\n')
  expect(list).toBe('sheet,row,record,codes\r\nSheet1,5,2,data/date-format\r\n')
})

import fc from 'fast-check'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { chunkedSource, readBack } from '../reading.ts'

const encoder = new TextEncoder()
const facts = async (bytes: Uint8Array, sizes: readonly number[]) => {
  const { rows, problems, records, status } = await readBack(chunkedSource('t.csv', bytes, sizes))
  return { rows, problems, records, status }
}

test('splitting a file at any byte changes neither records nor problems', async () => {
  const text =
    '\uFEFFid,name,note\r\n1,Zoë,"a ""b"", c"\r\n2,"x"y,\n3,"two\r\nlines",é\r4,"never closed,z\n5,ok,ok\n6,ok\n\n7,ok,ok\n8,a"b,ok\n9,ok,ok'
  const bytes = encoder.encode(text)
  const whole = await facts(bytes, [bytes.length])
  for (let at = 1; at < bytes.length; at++) expect(await facts(bytes, [at, bytes.length]), `split at ${at}`).toEqual(whole)
  expect(await facts(bytes, [1])).toEqual(whole)
})

const cell = fc.string({ unit: fc.constantFrom('a', 'b', '7', ' ', ',', ';', '"', '\n', '\r', 'é', '😀', '\\'), maxLength: 8 })

test('any chunking of any damaged text gives the same records and problems', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: fc.constantFrom('a', '1', ',', '"', '\n', '\r', 'é', '\0', ' '), maxLength: 120 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
      async (body, sizes) => {
        const bytes = encoder.encode(`id,name,note\n1,Ada,x\n${body}`)
        expect(await facts(bytes, sizes)).toEqual(await facts(bytes, [bytes.length]))
      },
    ),
    { numRuns: 150, seed: 7 },
  )
})

test('what is written by RFC 4180 is read back, and PapaParse with the true dialect agrees', async () => {
  const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(table, fc.constantFrom('\n', '\r\n'), async (rows, newline) => {
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
      const text = [['a', 'b', 'c'], ...rows].map((row) => row.map(quoted).join(',')).join(newline) + newline
      const read = await readBack(text, {
        delimiter: ',',
        quote: '"',
        escape: '"',
        encoding: 'utf-8',
        headerRows: 1,
        skipRows: 0,
      })
      const told = rows.filter((row) => row.join('|') !== 'a|b|c')
      expect(read.rows.map((row) => row.cells)).toEqual(told)
      const peer = Papa.parse(text, {
        delimiter: ',',
        quoteChar: '"',
        header: false,
        dynamicTyping: false,
        preview: 0,
        skipEmptyLines: false,
      })
      expect(peer.data.slice(1, 1 + rows.length)).toEqual(rows)
    }),
    { numRuns: 200, seed: 11 },
  )
})

test('a quote added at any byte of a plain table loses at most the record it stands in', async () => {
  const lines = Array.from({ length: 12 }, (_, i) => `${i + 1},name ${i + 1},${i * 7},mg`)
  const text = `id,name,dose,unit\n${lines.join('\n')}\n`
  const body = text.indexOf('\n') + 1
  for (let at = body; at < text.length; at++) {
    const { rows } = await readBack(`${text.slice(0, at)}"${text.slice(at)}`, { delimiter: ',', headerRows: 1, skipRows: 0 })
    const kept = lines.filter((line) => rows.some((row) => row.cells.join(',') === line)).length
    expect(kept, `quote at ${at}`).toBeGreaterThanOrEqual(lines.length - 1)
  }
})

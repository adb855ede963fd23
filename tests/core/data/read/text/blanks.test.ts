/** Cells of nothing but white space are empty to whoever reads them: by their bytes as by their text. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Blanks } from '../../../../../src/core/data/read/text/blanks.ts'
import { cellTexts } from '../../../../../src/core/data/read/text/cell-text.ts'
import { HIGH } from '../../../../../src/core/data/read/text/record-view.ts'
import { validate } from '../../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../../src/core/operation.ts'
import { signal } from '../../reading.ts'

const characters = [
  '\t',
  '\n',
  ' ',
  '\u000b',
  '\u00a0',
  '\u2003',
  '\u2028',
  '\u3000',
  '\ufeff',
  '\u200b',
  'é',
  'â',
  'a',
  '0',
  '\0',
]

test.each(['utf-8', 'windows-1252', 'iso-8859-7'])('in %s the bytes say what the text says', (encoding) => {
  const texts = cellTexts(encoding, '"', '"')
  const blanks = new Blanks((text) => texts.bytes(text))
  const cells = fc.array(fc.constantFrom(...characters), { maxLength: 5 }).map((list) => list.join(''))
  fc.assert(
    fc.property(cells, cells, (before, cell) => {
      const bytes = texts.bytes(before + cell)
      const lead = texts.bytes(before)
      if (bytes === null || lead === null) return
      const text = texts.text(bytes, lead.length, bytes.length, HIGH)
      expect(blanks.has(bytes, lead.length, bytes.length)).toBe(text.trim() === '')
    }),
    { numRuns: 500 },
  )
})

test('checks, measures and profile count a blank cell as empty, whatever the size of the file', async () => {
  const filler = Array.from({ length: 3000 }, (_, i) => `${i + 10},${i},n${i}`)
  const lines = ['id,dose,name', '1,  ,Ada', '2,5,"\t "', '3,5,\u00a0', ...filler, '4,\u3000, ', '5,,']
  const schema = {
    fields: [{ name: 'id' }, { name: 'dose', type: 'integer' }, { name: 'name', constraints: { required: true } }],
  }
  const input = {
    source: bytesSource('doses.csv', new TextEncoder().encode(`${lines.join('\n')}\n`)),
    side: null,
    format: 'csv',
    table: 'doses',
    reading: {},
    schema,
  } as const
  const { findings, quality, profiles } = await finish(validate({ inputs: [input], profile: true }, signal))
  const of = (code: string): number => findings.find((finding) => finding.code === code)?.count ?? 0
  expect([of('data/required'), of('data/type')]).toEqual([4, 0])
  const filled = { dose: lines.length - 1 - 3, name: lines.length - 1 - 4 }
  for (const field of ['dose', 'name'] as const) {
    expect(quality.find((one) => one.field === field)?.completeness.n).toBe(filled[field])
    expect(profiles?.find((one) => one.field === field)?.filled).toBe(filled[field])
  }
})

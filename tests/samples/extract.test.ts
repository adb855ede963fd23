import { expect, test } from 'vitest'
import { type RealisticExtract, realisticExtract, realisticSchema } from '../../samples/extract/realistic.ts'
import { validate } from '../../src/core/data/validate/validate.ts'
import { finish } from '../../src/core/operation.ts'

async function textOf({ source }: RealisticExtract): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of source.stream()) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

test.each([false, true])('the realistic extract is as files of clinics are, with CRLF: %s', async (crlf) => {
  const extract = realisticExtract(1 << 20, crlf)
  const text = await textOf(extract)
  expect(new TextEncoder().encode(text).length).toBe(extract.source.size)
  const br = crlf ? '\r\n' : '\n'
  // Every record begins with an identifier, and no line inside quotes does.
  const records = text.split(new RegExp(`${br}(?=[0-9a-f]{8}-|A17,)`)).slice(1)
  expect(records).toHaveLength(extract.records)
  const share = (pattern: RegExp): number => records.filter((record) => pattern.test(record)).length / records.length
  expect(share(/[\u0080-\uFFFF]/)).toBeGreaterThan(0.75)
  expect(share(/"/)).toBeGreaterThan(0.45)
  expect(share(/"[^"]*\n/)).toBeGreaterThan(0.2)
  expect(share(/""/)).toBeGreaterThan(0.15)
})

test.each([false, true])(
  'what is planted in the realistic extract is found, and nothing else is an error, with CRLF: %s',
  async (crlf) => {
    const { source, records, planted } = realisticExtract(2 << 20, crlf)
    const { inputs, findings } = await finish(
      validate(
        {
          inputs: [{ source, side: null, format: 'csv', table: 'realistic', reading: {}, schema: realisticSchema }],
          watch: false,
        },
        new AbortController().signal,
      ),
    )
    expect(inputs[0]?.records).toBe(records)
    const found = findings
      .filter(({ severity }) => severity === 'error' || severity === 'critical')
      .map(({ code, place, count }): [string, number] => [`${place} ${code}`, count])
    expect(new Map(found)).toEqual(planted)
  },
)

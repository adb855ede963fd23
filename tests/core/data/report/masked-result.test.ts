/** The result that leaves the machine: no value, also where a first record was taken for the names of columns. */
import { expect, test } from 'vitest'
import { createFhirJudge } from '../../../../src/core/data/fhir/judge.ts'
import { maskedResult } from '../../../../src/core/data/report/masked-result.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'

test('names of a fixed layout that was guessed are numbers, those of a schema stay', async () => {
  const rows = [['Zuckerberg', 'Tibor', 'remarks']]
  for (let i = 0; i < 30; i++) rows.push([`Person${i}`, `Other${i % 3}`, `word${i % 7} more`])
  const text = rows.map(([a = '', b = '', c = '']) => `${a.padEnd(14)}${b.padEnd(12)}${c}`).join('\n')
  const source = bytesSource('people.txt', new TextEncoder().encode(`${text}\n`))
  const of = async (schema: object | null) => {
    const input = { source, side: null, format: null, table: 'people', reading: {}, schema: schema as null }
    return await finish(validate({ inputs: [input] }, new AbortController().signal, createFhirJudge))
  }
  const names = (result: Awaited<ReturnType<typeof of>>) =>
    result.inputs[0]?.structure?.layout?.value.columns.map(({ name }) => name)
  const plain = await of(null)
  expect(names(plain)?.slice(0, 2)).toEqual(['Zuckerberg', 'Tibor'])
  expect(names(maskedResult(plain))?.slice(0, 2)).toEqual(['column 1', 'column 2'])
  expect(JSON.stringify(maskedResult(plain))).not.toMatch(/Zuckerberg|Tibor/)
  const declared = maskedResult(await of({ fields: [{ name: 'Tibor', type: 'string' }] }))
  expect(names(declared)?.slice(0, 2)).toEqual(['column 1', 'Tibor'])
})

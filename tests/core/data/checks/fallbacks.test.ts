/** What can not be judged on bytes is judged on texts: with the same result, and said so. */
import { expect, test } from 'vitest'
import type { ValidateResult } from '../../../../src/core/data/model/validation.ts'
import { reportOf } from '../../../../src/core/data/report/document.ts'
import { reportFormats } from '../../../../src/core/data/report/index.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { signal } from '../reading.ts'

function run(pattern: string): Promise<ValidateResult> {
  const source = bytesSource('t.csv', new TextEncoder().encode('id,name\n1,Zoë\n2,Ada\n3,R2D2\n'))
  const schema = { fields: [{ name: 'id' }, { name: 'name', constraints: { pattern } }] }
  return finish(
    validate({ inputs: [{ source, side: null, format: 'csv', table: 't', reading: {}, schema }], watch: false }, signal),
  )
}

test('a pattern without an automaton is run on texts, finds the same and is named with the reason', async () => {
  const [onBytes, onTexts] = await Promise.all([run('[^0-9]+'), run('[^0-9]+(?i)')])
  const counts = ({ findings }: ValidateResult) => findings.map(({ code, count, place }) => ({ code, count, place }))
  expect(counts(onBytes)).toEqual([{ code: 'data/pattern', count: 1, place: 'name' }])
  expect(counts(onTexts)).toEqual(counts(onBytes))
  expect(onBytes.fallbacks).toEqual([])
  expect(onTexts.fallbacks?.map(({ what }) => what)).toEqual(['data/pattern of t.name'])
  const report = reportOf(onTexts, { version: '0', run: { started: '', seconds: 0 }, paths: ['t.csv'], reveal: false })
  expect(reportFormats.get('text')?.(report)).toContain('data/pattern of t.name: The pattern')
})

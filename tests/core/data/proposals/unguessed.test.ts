/** A table that is too large to be read for a guess is named, so that nobody takes silence for a clean table. */
import { expect, test } from 'vitest'
import type { ValidateSource } from '../../../../src/core/data/model/validation.ts'
import { unguessed } from '../../../../src/core/data/validate/guesses.ts'
import { bytesSource } from '../../../../src/core/operation.ts'

const sized = (name: string, mega: number, more: Partial<ValidateSource> = {}): ValidateSource => ({
  source: { ...bytesSource(name, new Uint8Array()), size: mega * 1_048_576 },
  side: null,
  format: null,
  table: name.replace(/\..*$/, ''),
  reading: {},
  schema: null,
  ...more,
})

test('large tables without a schema are named with their size and what to do', () => {
  const inputs = [
    sized('small.csv', 64),
    sized('large.csv', 80),
    sized('described.csv', 80, { schema: { fields: [] } }),
    sized('Observation.ndjson', 900),
  ]
  const told = unguessed({ inputs })
  expect(told.map(({ what }) => what)).toEqual(['What is unlike the rest of large'])
  expect(told[0]?.why).toMatch(/up to 64 MB; this one has 80 MB\. .*--suggest-schema/)
  expect(unguessed({ inputs, watch: false })).toEqual([])
})

/** What fuzzing kept, read again: no reader falls over an input that once led somewhere new. `fuzz.long.test.ts` finds more. */
import { expect, test } from 'vitest'
import { readCorpus } from './corpus.ts'
import { fuzzReaders } from './readers.ts'

for (const reader of fuzzReaders)
  test(`the corpus of ${reader.name}`, async () => {
    const inputs = [...readCorpus(reader.name), ...reader.seeds.map((seed) => Uint8Array.from(Buffer.from(seed)))]
    for (const input of inputs) await reader.run(input.slice())
    expect(inputs.length).toBeGreaterThan(reader.seeds.length)
  })

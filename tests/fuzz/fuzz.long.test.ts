/**
 * Coverage-guided fuzzing of every reader: mutants of the corpus, kept where they reach a block that none before them reached. `FUZZ_SECONDS`
 * says how long each reader is fuzzed, `FUZZ_READERS` which ones, `FUZZ_SEED` where chance begins; `FUZZ_KEEP=1` writes what was found to the corpus.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { keepFound, readCorpus, writeCorpus } from './corpus.ts'
import { builtReaders, fuzz } from './fuzz.ts'
import { fuzzReaders } from './readers.ts'

const seconds = Number(process.env.FUZZ_SECONDS ?? 60)
const seed = process.env.FUZZ_SEED ?? String(Date.now())
const wanted = process.env.FUZZ_READERS?.split(',')
const keep = process.env.FUZZ_KEEP === '1'
const found = join(process.cwd(), '.cache', 'fuzz', 'defects')

describe(`fuzzing, seed ${seed}`, () => {
  let worker = ''
  beforeAll(async () => {
    worker = await builtReaders()
  }, 300_000)

  for (const { name } of fuzzReaders.filter((one) => wanted === undefined || wanted.includes(one.name)))
    test(name, { timeout: (seconds + 120) * 1000 }, async () => {
      const { executions, reached, blocks, corpus, defects } = await fuzz(worker, {
        reader: name,
        seed: `${seed} ${name}`,
        seconds,
        corpus: readCorpus(name),
      })
      console.log(
        `fuzz: ${name.padEnd(10)} ${executions} executions, ${reached} of ${blocks} blocks, ${corpus.length} inputs kept, ${defects.length} defects`,
      )
      mkdirSync(found, { recursive: true })
      for (const [at, { input, what }] of defects.entries()) {
        writeFileSync(join(found, `${name}-${at}`), input)
        writeFileSync(join(found, `${name}-${at}.txt`), `${what}\n`)
      }
      if (keep && corpus.length > 0) writeCorpus(name, corpus)
      if (keep)
        keepFound(
          name,
          defects.map(({ input }) => input),
        )
      expect(
        defects.map(
          ({ what, input }) => `${what.slice(0, 600)}\n${JSON.stringify(Buffer.from(input).toString('latin1').slice(0, 300))}`,
        ),
      ).toEqual([])
    })
})

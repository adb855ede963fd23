import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { makeMigration } from './migration.ts'
import { truthLines } from './truth.ts'

const seeds = process.env.LONG ? 200 : 25
const committed = readFileSync(new URL('./truth.csv', import.meta.url), 'utf8').split('\n')

test('the migrations of the first seeds are those whose truth was committed', () => {
  for (let seed = 1; seed <= seeds; seed++)
    expect(truthLines(makeMigration(seed))).toEqual(committed.filter((line) => line.startsWith(`${seed},`)))
})

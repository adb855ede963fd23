/** What a run at a server hands to the page holds no value of a record, whatever the run kept for its own report. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { carryover } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-masked-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const people = ['PLANTED-77,Ångström,1980-01-31,81.5', 'KEPT-1,Müller,1990-02-28,70', 'KEPT-2,Öz,1975-12-24,66.25']

test('of records that nobody accounts for, of totals and of findings nothing can be read', () => {
  for (const side of ['old', 'new']) mkdirSync(join(folder, side))
  const head = 'MRN,NAME,BORN,WEIGHT'
  writeFileSync(join(folder, 'old/patients.csv'), `${[head, ...people].join('\n')}\n`)
  writeFileSync(join(folder, 'new/patients.csv'), `${head}\n${people[1]}\nKEPT-2,Oz,1975-12-25,6625\n`)
  const result = join(folder, 'result.json')
  const { code } = carryover(
    ...['reconcile', '--legacy', join(folder, 'old'), '--target', join(folder, 'new'), '--key', 'MRN'],
    ...['--result', result, '--fail-on', 'never', '--quiet'],
  )
  expect(code).toBe(0)
  const text = readFileSync(result, 'utf8')
  const { open } = JSON.parse(text) as { readonly open: readonly { readonly key: string; readonly line: number }[] }
  expect(open).toMatchObject([{ line: 2 }])
  for (const value of people.flatMap((line) => line.split(','))) if (value.length > 2) expect(text).not.toContain(value)
})

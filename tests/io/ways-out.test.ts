/** The page of threats has a line for each way out of the table. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Held, type WayOut, waysOut } from '../../src/io/server/ways-out.ts'

const heldWords = (held: Held): string => {
  switch (held.by) {
    case 'policy':
      return `policy, \`${held.directive}\``
    case 'removal':
      return 'taken away'
    case 'element':
      return 'can not be made'
    case 'link':
      return 'own origin alone'
    case 'limit':
      return '**not held**'
  }
}

const realmWords = { page: 'page', worker: 'worker', both: 'page, worker' } as const
const lineOf = ({ name, realm, held }: WayOut): string =>
  `| ${name.replace(/<(.*)>/, '`<$1>`')} | ${realmWords[realm]} | ${heldWords(held)} |`

test('docs/explanation/hardening.md lists every way out as the table has it', () => {
  const page = readFileSync('docs/explanation/hardening.md', 'utf8').split('\n')
  expect(waysOut.map(lineOf).filter((line) => !page.includes(line))).toEqual([])
  const start = page.indexOf('| Way out | Where | Held by |')
  expect(page.slice(start + 2).indexOf('')).toBe(waysOut.length)
})

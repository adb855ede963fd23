/** Examples ship with the rule pages only: no rule, run, worker or verb imports them. */
import { expect, test } from 'vitest'
import { importsOf, sourceFiles } from './source-files.ts'

const isExample = (path: string): boolean =>
  /\.examples\.ts$|\/every-example\.ts$|\/packed-examples\.ts$|\/ruled-schema\.ts$|\/example-(evidence|ledger|review)\.ts$/.test(
    path,
  )
/** Who may load them: the examples themselves, and the rule pages. */
const mayLoad = (path: string): boolean => isExample(path) || /\/rule-pages\//.test(path)

test('nothing but tests and rule pages loads an example', () => {
  const all = ['src', 'workers', 'samples'].flatMap((folder) => sourceFiles(folder))
  expect(all.filter(({ path }) => isExample(path)).length).toBeGreaterThan(200)
  const wrong = all
    .filter(({ path }) => !mayLoad(path))
    .filter(({ text }) => importsOf(text).some(isExample))
    .map(({ path }) => `${path} loads examples: only files of a folder rule-pages/ may`)
  expect(wrong).toEqual([])
})

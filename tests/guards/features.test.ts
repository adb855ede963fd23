/** Nothing that users can do gets lost on the way: `features.json` lists what the code offered; a feature leaves it by a decision, not by a move of code. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { featuresOf } from './features.ts'
import { sourceFiles } from './source-files.ts'

const listed: readonly string[] = JSON.parse(readFileSync(new URL('./features.json', import.meta.url), 'utf8'))

test('every listed verb, flag, key, page, action, code, format and file kind is still there', () => {
  const offered = new Set(featuresOf(sourceFiles('src')))
  expect(listed.filter((feature) => !offered.has(feature))).toEqual([])
  expect(listed.length).toBeGreaterThan(700)
})

test('features are read off the code', () => {
  const files = [
    { path: 'src/cli/verbs.ts', text: "{ name: 'validate', about: 'x' }" },
    { path: 'src/cli/data/validate/validate.ts', text: "command.option('--jobs <n>', 'x')" },
    { path: 'src/app/page.tsx', text: "<Route path=\"/data/:id\"><X actions={[{ id: 'run', label: 'Run all' }]} /></Route>" },
  ]
  expect(featuresOf(files)).toEqual(['action run Run all', 'flag --jobs <n>', 'page /data/:id', 'verb validate'])
})

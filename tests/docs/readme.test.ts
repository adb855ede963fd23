/** The README is short, names the two commands, and leads to a tutorial and a picture for each role. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reportFormats } from '../../src/core/data/report/index.ts'
import { drawingFormats } from '../../src/core/workflow/interop/formats.ts'
import { logFormats } from '../../src/core/workflow/log/write-log.ts'
import { root, textOf } from './pages.ts'

const readme = textOf('README.md')

test('the README has at most 120 lines and 900 words', () => {
  expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(120)
  expect(readme.split(/\s+/).filter((word) => word !== '').length).toBeLessThanOrEqual(900)
})

test('it names both commands, and each role has a command, a picture and a tutorial', () => {
  expect(readme).toMatch(/^npm start\nnpm test$/m)
  const jobs = readme.split(/^### /m).slice(1)
  expect(jobs.length).toBe(4)
  for (const job of jobs) {
    const [, picture = ''] = /!\[[^\]]+\]\((docs\/[a-z]+\.png)\)/.exec(job) ?? []
    expect(existsSync(join(root, picture)) && picture !== '', job.slice(0, 40)).toBe(true)
    expect(job).toMatch(/\(docs\/tutorials\/[a-z-]+\.md\)/)
    expect(job).toMatch(/^npx carryover /m)
  }
})

test('the page of formats names each format that is written', () => {
  const page = textOf('docs/reference/formats.md')
  for (const name of [...reportFormats.keys(), ...drawingFormats.keys()])
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\|`, 'm'))
  for (const name of logFormats) expect(page).toContain(`\`${name}\``)
})

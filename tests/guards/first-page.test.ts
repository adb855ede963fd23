/** What the built start page loads before it shows anything: the frame and the way in, no check, no rule, no criterion. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { wordingOf } from '../../src/core/project/reports/wording.ts'

const app = fileURLToPath(new URL('../../dist/app/', import.meta.url))
const isBuilt = existsSync(`${app}index.html`)

/** Bytes of script that the page names to the browser: its entry and what that imports. */
const most = { raw: 900_000, gzip: 260_000 }

const scripts = (page: string): readonly string[] =>
  [...page.matchAll(/(?:src|href)="(?:\.?\/)?([^"]+\.js)"/g)].map((match) => match[1] ?? '')

test.skipIf(!isBuilt)('the start page preloads no more script than a first visit can bear', () => {
  const files = scripts(readFileSync(`${app}index.html`, 'utf8')).map((path) => readFileSync(`${app}${path}`))
  expect(files.length).toBeGreaterThan(1)
  const raw = files.reduce((sum, { length }) => sum + length, 0)
  const gzip = files.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0)
  expect({ raw: raw <= most.raw, gzip: gzip <= most.gzip }, `${raw} bytes, ${gzip} compressed`).toEqual({ raw: true, gzip: true })
})

test.skipIf(!isBuilt)('no word of a check, a rule or a criterion is among it', () => {
  const texts = scripts(readFileSync(`${app}index.html`, 'utf8')).map((path) => readFileSync(`${app}${path}`, 'utf8'))
  const codes = ['data/required', 'workflow/digitized-approval', 'readiness/claims-signed']
  for (const code of codes) {
    const why = wordingOf(code)?.why
    if (why === undefined) throw new Error(`No rule is called ${code}`)
    expect(texts.filter((text) => text.includes(why.slice(0, 30)))).toEqual([])
  }
})

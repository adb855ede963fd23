/** `carryover profile` as a person runs it: formats, masking, plain CSV, and shards in separate processes. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { carryover } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-profile-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const legacy = join(folder, 'legacy.csv')
const rows = Array.from(
  { length: 400 },
  (_, i) => `${i + 1};M\xfcller ${i};${i % 9 === 0 ? 'N/A' : `0${i}`};"two\nlines; ""${i}"""`,
)
writeFileSync(legacy, Buffer.from(`id;name;phone;note\r\n${rows.join('\r\n')}\r\n`, 'latin1'))

test('JSON has the promised members, masked unless values are asked for', () => {
  const { code, out } = carryover('profile', legacy, '--null', 'N/A', '--format', 'json', '--quiet')
  expect(code).toBe(0)
  const document = JSON.parse(out)
  expect(Object.keys(document)).toEqual(expect.arrayContaining(['inputs', 'fields', 'suggested']))
  expect(document.inputs[0]).toMatchObject({ path: legacy, encoding: 'windows-1252', records: 400, status: 'read' })
  const phone = document.fields.find(({ field }: { field: string }) => field === 'phone')
  expect(phone).toMatchObject({ filled: 355, nulls: { 'not-applicable': 45 }, distinct: 355, min: null, max: null })
  expect(out).not.toContain('Müller')
  const shown = carryover('profile', legacy, '--format', 'json', '--quiet', '--reveal')
  expect(shown.out).toContain('Müller 0')
})

test('text, CSV and Markdown name every column, and no value', () => {
  const formats = ['csv', 'markdown', 'text']
  const args = formats.flatMap((format) => ['--format', format, '--out', join(folder, format)])
  expect(carryover('profile', legacy, ...args, '--quiet').code).toBe(0)
  for (const format of formats) {
    const text = readFileSync(join(folder, format), 'utf8')
    for (const field of ['id', 'name', 'phone', 'note']) expect(text).toContain(field)
    expect(text).not.toMatch(/M.{1,2}ller/)
  }
})

test('--clean writes exactly the cells that were read, and never over an input', () => {
  const out = join(folder, 'clean')
  expect(carryover('profile', legacy, '--clean', out, '--quiet').code).toBe(0)
  const clean = readFileSync(join(out, 'legacy.csv'), 'utf8')
  const cells = rows.map((_, i) => `${i + 1},Müller ${i},${i % 9 === 0 ? 'N/A' : `0${i}`},"two\nlines; ""${i}"""`)
  expect(clean).toBe(`id,name,phone,note\r\n${cells.join('\r\n')}\r\n`)
  expect(readdirSync(out)).toEqual(['legacy.csv'])
  const refused = carryover('profile', legacy, '--clean', folder, '--quiet')
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('another folder')])
})

test('a schema that reads the files once more is refused beside tasks', () => {
  const { code, err } = carryover('run', 'profile', legacy, '--clean', folder, '--engine', 'local:1', '--work', join(folder, 'w'))
  expect([code, err]).toEqual([2, expect.stringContaining('give --clean to carryover profile')])
})

test('an identifier that is there twice is told as nearly a key', () => {
  const path = join(folder, 'twice.csv')
  writeFileSync(path, `patient_id,town\n${Array.from({ length: 297 }, (_, i) => `${i === 5 ? 4 : i},A`).join('\n')}\n`)
  expect(carryover('profile', path, '--quiet').out).toContain('296 of 297 values are different: nearly a key')
})

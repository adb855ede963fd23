import fc from 'fast-check'
import { type Zippable, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { packProject, unpackProject } from '../../../src/core/project/format/bundle.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { exampleProject } from './example-project.ts'

const example = saveProject(exampleProject())
const problemOf = (bytes: Uint8Array): string => {
  const result = unpackProject(bytes)
  return result.ok ? '' : result.problem
}
const zip = (entries: Zippable): Uint8Array => new Uint8Array(zipSync(entries))

test('a bundle gives back every file except those in private/', () => {
  const unpacked = unpackProject(packProject(example))
  if (!unpacked.ok) throw new Error(unpacked.problem)
  expect([...unpacked.files.keys()]).toEqual([...example.keys()].filter((path) => !path.startsWith('private/')))
  for (const [path, bytes] of unpacked.files) expect(Buffer.from(bytes).equals(Buffer.from(example.get(path) ?? []))).toBe(true)
})

test('equal projects give equal bytes, in whatever order their files came', () => {
  const reversed = new Map([...example].reverse())
  expect(Buffer.from(packProject(reversed)).equals(Buffer.from(packProject(example)))).toBe(true)
})

test('very repetitive files are packed so that they can be read again', () => {
  const files = new Map([['review/frame.tsv', utf8('all\t0000\n'.repeat(200_000))]])
  const unpacked = unpackProject(packProject(files))
  expect(unpacked.ok && unpacked.files.get('review/frame.tsv')?.length).toBe(1_800_000)
})

test('a bundle cut anywhere is refused with a sentence', () => {
  const whole = packProject(example)
  expect(problemOf(whole.subarray(0, whole.length / 2))).toBe(
    'This .carryover file is cut off: the table of contents at its end is missing. Ask for the file again, or open an earlier copy.',
  )
  fc.assert(
    fc.property(fc.nat(whole.length - 1), (length) => {
      expect(problemOf(whole.subarray(0, length))).not.toBe('')
    }),
  )
})

test('a flipped bit gives a refusal or, in bytes that carry nothing, the same files', () => {
  const whole = packProject(example)
  const good = unpackProject(whole)
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(7), (at, bit) => {
      const damaged = Uint8Array.from(whole)
      damaged[at] = (damaged[at] ?? 0) ^ (1 << bit)
      const result = unpackProject(damaged)
      if (result.ok && good.ok) expect([...result.files.values()].map(String)).toEqual([...good.files.values()].map(String))
    }),
    { numRuns: 500 },
  )
})

test('names that lead out of the project are refused', () => {
  for (const name of ['../../x', '/etc/passwd', 'a/../../b', 'c:/x', 'a\\b', 'a//b', './a'])
    expect(problemOf(zip({ [name]: utf8('x') })), name).toBe(`The entry "${name}" names a place outside the project.`)
})

test('links, bombs and too many entries are refused before anything is unpacked', () => {
  const link = zip({ 'runs/link': [utf8('/etc/passwd'), { os: 3, attrs: 0o120777 * 0x10000 }] })
  expect(problemOf(link)).toContain('is a link to another file')
  expect(problemOf(zip({ bomb: new Uint8Array(5_000_000) }))).toContain('more than 200-fold')
  const many: Zippable = {}
  for (let i = 0; i < 10_001; i++) many[`f${i}`] = new Uint8Array()
  expect(problemOf(zip(many))).toBe('The file holds 10001 entries; a project has at most 10000.')
})

test('two entries of one name are refused', () => {
  const bytes = zip({ 'a.json': utf8('1'), 'b.json': utf8('2') })
  const renamed = Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('b.json', 'a.json'), 'latin1')
  expect(problemOf(new Uint8Array(renamed))).toBe('The file holds two entries named "a.json".')
})

test('a wrong checksum and a false length are named with the entry', () => {
  const bytes = zip({ 'a.json': [utf8('hello'), { level: 0 }] })
  const changed = Uint8Array.from(bytes)
  changed[30 + 'a.json'.length] = 0x48
  expect(problemOf(changed)).toBe('The entry "a.json" is damaged: its checksum does not match.')
})

test('something else than a zip is not taken for a damaged one', () => {
  expect(problemOf(utf8('%PDF-1.7 and so on, long enough to hold a table'))).toContain('does not begin like a zip')
  expect(problemOf(new Uint8Array())).toContain('does not begin like a zip')
})

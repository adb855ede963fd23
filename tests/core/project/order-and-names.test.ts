/** What may not depend on the order in which files came, and what a name lends: properties that no single walk shows. */
import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { packProject, unpackProject } from '../../../src/core/project/format/bundle.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { isNameOf, unnamed } from '../../../src/core/project/ledger/actor-slug.ts'
import { nowhere } from '../../../src/core/project/ledger/chain.ts'
import { worklistWords } from '../../../src/core/project/reports/worklist-report.ts'
import { schemasDigest } from '../../../src/core/project/runs/run-summary.ts'
import { currentDigests } from '../../../src/core/project/signing/signature.ts'
import { checkFiles } from '../../../src/core/project/verify/check-files.ts'
import { exampleProject } from './example-project.ts'
import { exampleSigner, signedProject } from './review-walk.ts'

const signed = await signedProject(await exampleSigner())

test('a signature covers sources and verdicts in whatever order they lie', () => {
  const { sources, review } = signed
  const [first] = sources
  if (!first) throw new Error('no source')
  const two = { ...signed, sources: [...sources, { ...first, id: `${first.id}-b`, sha256: 'sha256:bb' }] }
  const reversed: Project = {
    ...two,
    sources: two.sources.toReversed(),
    review: { ...review, events: review.events.toReversed() },
  }
  expect(review.events.length).toBeGreaterThan(1)
  expect(currentDigests(reversed)).toEqual(currentDigests(two))
  expect(currentDigests(two).sources).not.toBe(currentDigests(signed).sources)
  const fewer = { ...two, review: { ...review, events: review.events.slice(1) } }
  expect(currentDigests(fewer).verdicts).not.toBe(currentDigests(two).verdicts)
})

test('the digest of the schemas follows their names and contents, never their order', () => {
  const digest = (...schemas: (readonly [string, string])[]) =>
    schemasDigest({ schemas: new Map(schemas.map(([name, field]) => [`schemas/${name}.json`, { fields: [{ name: field }] }])) })
  expect(digest(['b', 'x'], ['a', 'y'], ['c', 'z'])).toBe(digest(['c', 'z'], ['a', 'y'], ['b', 'x']))
  expect(digest(['a', 'x'])).not.toBe(digest(['a', 'y']))
  expect(digest(['a', 'x'])).not.toBe(digest(['b', 'x']))
})

test('a name is one’s own by its letters or by a key enrolled for it, and a key lends it to nobody else', () => {
  const keys = [
    { actor: 'person-1', name: 'が' },
    { actor: 'rita-haas', name: 'Dr. Rita Haas' },
  ]
  expect(isNameOf(' Rita Haas ', 'rita-haas', [])).toBe(true)
  expect(isNameOf('Dr. Rita Haas', 'rita-haas', [])).toBe(false)
  expect(isNameOf('Dr. Rita Haas', 'rita-haas', keys)).toBe(true)
  expect(isNameOf('Mika Ito', 'rita-haas', keys)).toBe(false)
  expect(isNameOf('Dr. Rita Haas', 'person-1', keys)).toBe(false)
  expect(isNameOf('', unnamed, [{ actor: unnamed, name: '' }])).toBe(false)
})

test('a line of the worklist names the last run that looked, however the looks lie', () => {
  const looks = [{ run: 2 }, { run: 7 }, { run: 4 }]
  expect(worklistWords('still-there', looks)).toBe('Still there in run #7')
  expect(worklistWords('gone', looks)).toBe('Gone in run #7, to be read again')
  expect(worklistWords('open', [])).toBe('Open')
})

test('a comment behind the table of contents is none, even where it holds the sign of one', () => {
  const whole = packProject(saveProject(exampleProject()))
  const sign = [0x50, 0x4b, 0x05, 0x06]
  const comment = Uint8Array.from([...utf8('sent by mail '), ...sign, ...new Array<number>(40).fill(7)])
  const bytes = new Uint8Array(whole.length + comment.length)
  bytes.set(whole)
  bytes.set(comment, whole.length)
  new DataView(bytes.buffer).setUint16(whole.length - 2, comment.length, true)
  const [plain, commented] = [unpackProject(whole), unpackProject(bytes)]
  if (!plain.ok || !commented.ok) throw new Error(commented.ok ? 'not read' : commented.problem)
  expect([...commented.files.keys()]).toEqual([...plain.files.keys()])
})

test('files that no entry names are listed, five of them by name', () => {
  const project = exampleProject()
  const beside = (count: number): string => {
    const other = new Map(Array.from({ length: count }, (_, i) => [`note-${i}.txt`, utf8('x')] as const))
    const bare: Project = {
      ...project,
      ledger: [],
      other,
      board: { ...project.board, statements: [], thresholds: {}, owners: {}, goLive: null },
    }
    return checkFiles(bare, [], () => nowhere).why
  }
  const said = 'Not in the ledger, so nobody answers for it: note-0.txt'
  expect(beside(0)).toBe('Nothing lies beside it.')
  expect(beside(1)).toBe(`${said}.`)
  expect(beside(5)).toBe(`${said}, note-1.txt, note-2.txt, note-3.txt, note-4.txt.`)
  expect(beside(7)).toBe(`${said}, note-1.txt, note-2.txt, note-3.txt, note-4.txt and 2 more.`)
})

import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { paths } from '../../../src/core/project/format/documents.ts'
import { leaksOf } from '../../../src/core/project/format/leaks.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { redactedFiles } from '../../../src/core/project/verify/redacted.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { exampleSigner, signedProject } from './review-walk.ts'

test('a redacted bundle holds digests, counts and signatures, no verdict, no data, nothing private, and its checks pass', async () => {
  const project = await signedProject(await exampleSigner())
  const files = redactedFiles({ ...project, private: new Map([['private/comments.json', utf8('{"aa":"CANARY text"}')]]) })
  expect([...files.keys()].filter((path) => /verdicts|sources|mapping|schemas|private|workflows|board/.test(path))).toEqual([])
  expect(leaksOf(files, ['CANARY', 'allergies.csv line'])).toEqual([])
  const report = await verifyProject(files, webVerifier)
  expect(report?.ok).toBe(true)
  expect(report?.signatures).toBe(1)
  const why = (id: string) => report?.checks.find((check) => check.id === id)?.why
  expect(why('V8')).toContain('Verdicts are not in this file')
  expect(why('V9')).toMatch(/^Not judged/)
  expect(report?.standing).toBe('partly')
  expect([...files.keys()].filter((path) => path.startsWith('certificates/'))).toHaveLength(1)
  // The note alone excuses nothing that is there: a whole project with a changed verdict is found all the same.
  const whole = saveProject(project)
  const verdicts = new TextDecoder().decode(whole.get(paths.verdicts)).replace('"acceptable"', '"cannot-tell"')
  const tampered = new Map(whole).set(paths.verdicts, utf8(verdicts)).set(paths.redacted, files.get(paths.redacted) ?? utf8(''))
  expect((await verifyProject(tampered, webVerifier))?.checks.find(({ id }) => id === 'V8')?.ok).toBe(false)
  // The same project gives the same bytes.
  expect(redactedFiles(project).get(paths.redacted)).toEqual(redactedFiles(project).get(paths.redacted))
})

test('in a redacted bundle a changed draw, ledger or signature is still found', async () => {
  const files = redactedFiles(await signedProject(await exampleSigner()))
  for (const [path, from, to, id] of [
    [paths.draw, '"01234567890123456789"', '"01234567890123456780"', 'V7'],
    [paths.frame, 'record-07', 'record-77', 'V7'],
    [paths.ledger, '"actor":"r-haas"', '"actor":"r-hans"', 'V2'],
    [paths.ledger, 'I reviewed these records.', 'I reviewed no record.', 'V2'],
  ] as const) {
    const text = new TextDecoder().decode(files.get(path))
    expect(text).toContain(from)
    const report = await verifyProject(new Map(files).set(path, utf8(text.replace(from, to))), webVerifier)
    expect(report?.checks.find((check) => !check.ok)?.id).toBe(id)
  }
})

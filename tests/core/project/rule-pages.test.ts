/** Every rule, check and criterion has its page, says how it decides, and shows an example that flags and one that passes; `docs/rules` holds the same. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { checks } from '../../../src/core/data/checks/index.ts'
import { fhirWordings } from '../../../src/core/data/fhir/definitions/codes.ts'
import { pairWordings } from '../../../src/core/data/reconcile/compare/difference-codes.ts'
import { wordingOf } from '../../../src/core/project/reports/wording.ts'
import { found, rulePages } from '../../../src/core/project/rule-pages/index.ts'
import { markedTables } from '../../../src/core/project/rule-pages/marked-tables.ts'
import { shownLines } from '../../../src/core/project/rule-pages/parts.ts'
import { ruleDocuments } from '../../../src/core/project/rule-pages/rule-documents.ts'
import { partsOf } from '../../../src/core/project/rule-pages/shown-parts.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import { reviewWordings } from '../../../src/core/review/result/worklist.ts'
import { workflowCodes } from '../../../src/core/workflow/rules/index.ts'

const pages = rulePages()
const folder = fileURLToPath(new URL('../../../docs/rules/', import.meta.url))

test('every code has one page with its words, and how it decides', () => {
  const codes = [
    ...workflowCodes,
    ...[...checks, ...fhirWordings, ...pairWordings, ...reviewWordings, ...criteria].map(({ code }) => code),
  ]
  expect(pages.map(({ wording }) => wording.code).toSorted()).toEqual([...new Set(codes)].toSorted())
  for (const { wording, decides } of pages) {
    expect(wordingOf(wording.code)?.title).toBe(wording.title)
    expect(decides, wording.code).toMatch(/^\S.{20,}\.$/s)
    for (const sentence of decides.split(/(?<=[.:;?!])\s+/))
      expect(sentence.split(/\s+/).length, sentence).toBeLessThanOrEqual(25)
  }
})

test('a page shows examples that flag and that pass, or says why it can not', () => {
  const bare = pages.filter(({ flags, passes }) => flags.length === 0 || passes.length === 0)
  process.stdout.write(
    `${pages.length} pages of rules, ${pages.length - bare.length} with an example that flags and one that passes\n`,
  )
  for (const { wording, unshown } of bare) expect(unshown, wording.code).toMatch(/\.$/)
  for (const { wording, unshown, flags } of pages) if (unshown !== null) expect(flags, wording.code).toEqual([])
  expect(pages.length - bare.length).toBeGreaterThanOrEqual(312)
})

test('docs/rules is what npm run rule-pages makes', async () => {
  const made = await ruleDocuments(new AbortController().signal)
  const kept = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'))
  expect(kept.filter((name) => /\.\w+$/.test(name)).toSorted()).toEqual([...made.keys()].toSorted())
  for (const [path, text] of made)
    expect(
      existsSync(`${folder}${path}`) && readFileSync(`${folder}${path}`, 'utf8') === text,
      `${path}: run npm run rule-pages`,
    ).toBe(true)
  const texts = [...made]
    .filter(([path]) => path.endsWith('.md'))
    .map(([, text]) => text)
    .join('\n')
  for (const { wording } of pages) expect(texts).toContain(`\`${wording.code}\``)
  // What flags is marked, and what passes says so.
  const flagged = texts.split(/^### /m).filter((section) => section.startsWith('Flags'))
  for (const section of flagged) expect(section, section.slice(0, 60)).toMatch(/Flagged: |: Failed\. /)
  const passed = texts.split(/^### /m).filter((section) => section.startsWith('Passes'))
  for (const section of passed) expect(section, section.slice(0, 60)).toMatch(/Nothing is flagged\.|: Proven\. /)
})

test('the cell that flags is marked in its line', () => {
  const example = { csv: 'id,born\n1,1970-02-30\n' }
  const at = { kind: 'cell' as const, input: 0, field: 'born', path: null, record: 1, line: 2, byte: 10, length: 10, id: null }
  const finding = {
    code: 'data/date-format',
    severity: 'error' as const,
    place: 'born',
    input: 0,
    count: 1,
    denominator: 1,
    patients: null,
    sample: [{ code: 'data/date-format', at, evidence: { facts: [] } }],
    truncated: false,
    fingerprint: '',
  }
  const [lines] = markedTables('data/date-format', example, [finding])
  expect(lines).toMatchObject({ kind: 'lines', lines: [{ marks: [] }, { text: '1,1970-02-30', marks: [[2, 12]] }] })
  expect(markedTables('data/other', example, [finding])[0]).toMatchObject({ lines: [{ marks: [] }, { marks: [] }] })
})

test('long files and long lines are cut around their marks', () => {
  const text = Array.from({ length: 200 }, (_, at) => `line ${at + 1}`).join('\n')
  const shown = shownLines(text, new Map([[120, [[0, 4]]]]))
  expect(shown.map(({ number }) => number)).toEqual([1, 2, 3, null, 118, 119, 120, 121, 122, null])
  expect(shown[3]?.text).toBe('… 114 lines …')
  const [cut] = shownLines(`${'a'.repeat(300)}WRONG${'b'.repeat(300)}`, new Map([[1, [[300, 305]]]]))
  const [from, to] = cut?.marks[0] ?? [0, 0]
  expect(cut?.text.slice(from, to)).toBe('WRONG')
  expect(cut?.text.length).toBeLessThan(170)
})

test('a search holds every word, and nothing where a word is nowhere', () => {
  const codes = (search: string) => found(pages, search).map(({ wording }) => wording.code)
  expect(codes('check digit')).toContain('data/check-digit')
  expect(codes('  ')).toHaveLength(pages.length)
  expect(codes('check zzzz')).toEqual([])
  expect(codes('DB01')).toEqual(['workflow/digitized-approval'])
})

test('a map that flags marks its step and tells the facts', async () => {
  const page = pages.find(({ wording }) => wording.code === 'workflow/digitized-approval')
  const example = page?.flags[0]
  if (!page || !example) throw new Error('the rule has no example')
  const parts = await partsOf(page.wording.code, example, { tables: async () => [], pair: async () => [] })
  const [picture, words] = parts
  expect(picture?.kind === 'picture' && picture.svg).toContain('▲ Sign slip')
  expect(words).toMatchObject({ kind: 'words', text: expect.stringContaining('wait: 1080 minutes per case') })
})

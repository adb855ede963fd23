/** Projects: a bundle, its documents, the journal beside it, and what is sealed. */
import { canonicalJson } from '../../../src/core/canonical.ts'
import { mergeProjects } from '../../../src/core/project/exchange/merge-projects.ts'
import { readAnswers } from '../../../src/core/project/exchange/reader-answers.ts'
import { readBundle } from '../../../src/core/project/exchange/reader-bundle.ts'
import { packProject, unpackProject } from '../../../src/core/project/format/bundle.ts'
import { journalEntry, readJournal } from '../../../src/core/project/format/journal.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import type { ProjectFiles } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { parseJson } from '../../../src/core/values/json.ts'
import type { StretchPassphrase } from '../../../src/io/keys/passphrase-cost.ts'
import { openSealed, sealFiles } from '../../../src/io/keys/seal.ts'
import { packed, unpacked } from '../../../src/io/keys/sealed-chunks.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { exampleProject } from '../../core/project/example-project.ts'
import { demand, demandSentence, envelope, type FuzzReader, filesIn, same, textBytes } from '../reader.ts'

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const example = saveProject(exampleProject())
const asRecord = (files: ProjectFiles): Record<string, string> =>
  Object.fromEntries([...files].map(([path, bytes]) => [path, text(bytes)]))

/** Opens a project whatever its documents hold; nothing of one that is saved and opened again is lost. */
async function opened(files: ProjectFiles): Promise<void> {
  const { project, problems } = openProject(files)
  for (const { what } of problems) demandSentence(what)
  await verifyProject(files, webVerifier)
  readAnswers(files)
  readBundle(files)
  if (project === null) return
  if (project.readOnly === null) {
    const saved = saveProject(project)
    const again = openProject(saved)
    demand(again.project !== null, 'a saved project can not be opened')
    const once = saveProject(again.project)
    same(
      [...saved].map(([path, bytes]) => [path, text(bytes)]),
      [...once].map(([path, bytes]) => [path, text(bytes)]),
      'saved twice',
    )
  }
  const joined = mergeProjects(project, project)
  if (!joined.ok) demandSentence(joined.problem)
}

const words = [
  '"format":',
  '"id":',
  '"ledger.jsonl',
  '"__proto__":',
  'null',
  '[]',
  '{}',
  '"formatVersion": 2',
  '"digest":"',
  '"hash":"',
  '"device":"d1"',
  '"seq":',
  '"time":{"wall":"',
  'private/',
  '@@ keys/a.json\n',
  '@@ review/verdicts.jsonl\n',
  '@@ review/plan.json\n',
  '@@ review/draw.json\n',
  '@@ heads.json\n',
  '@@ hazards.json\n',
  '@@ workflows/x/trace.json\n',
  '../',
]

const documents: FuzzReader = {
  name: 'project',
  seeds: [envelope(asRecord(example))],
  words,
  run: (bytes) => opened(filesIn(bytes)),
}

const bundle: FuzzReader = {
  name: 'carryover',
  seeds: [
    packProject(new Map([...example].slice(0, 3))),
    packProject(new Map([['carryover.json', example.get('carryover.json') ?? new Uint8Array()]])),
  ],
  words: ['PK\x03\x04', 'PK\x01\x02', 'PK\x05\x06', '../', 'private/', 'carryover.json'],
  async run(bytes) {
    const read = unpackProject(bytes)
    if (!read.ok) {
      demandSentence(read.problem)
      return
    }
    for (const path of read.files.keys()) demand(!/(^|\/)\.\.?(\/|$)|^\/|\\/.test(path), `a path that leads out: ${path}`)
    const again = unpackProject(packProject(read.files))
    const open = [...read.files].filter(([path]) => !path.startsWith('private/'))
    same(
      open.map(([path, content]) => [path, content.length]).sort(),
      again.ok && [...again.files].map(([path, content]) => [path, content.length]).sort(),
      'packed again',
    )
    await opened(read.files)
  },
}

const first = journalEntry(
  {
    serial: 1,
    revision: 'r1',
    name: 'Harbour',
    saved: '2026-11-22T10:00:00Z',
    removed: [],
    changes: [
      { path: 'a.json', first: 0, bytes: textBytes('{"a":1}') },
      { path: 'ledger.jsonl', first: 0, bytes: textBytes('one\n') },
    ],
  },
  null,
)
const second = journalEntry(
  {
    serial: 2,
    revision: 'r2',
    name: 'Harbour',
    saved: '2026-11-22T10:01:00Z',
    removed: ['a.json'],
    changes: [{ path: 'ledger.jsonl', first: 4, bytes: textBytes('two\n') }],
  },
  first.digest,
)

const journal: FuzzReader = {
  name: 'journal',
  seeds: [first.entry, Buffer.concat([first.entry, second.entry])],
  words: ['COJ1', '"serial":', '"first":-1', '"length":1e9', '"removed":["'],
  async run(bytes) {
    const read = readJournal(bytes)
    if (read !== null) demand(read.goodBytes <= bytes.length, 'more whole bytes than there are')
  },
}

const quick: StretchPassphrase = async (passphrase, salt) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', textBytes(`${passphrase} ${salt.join()}`)))
const privatePart: ProjectFiles = new Map([
  ['private/roster.json', textBytes('{"records":{"a":"MRN-1"}}\n')],
  ['private/salt.json', textBytes('{"salt":"00"}\n')],
])
/** The same bytes in each run: a seal draws its keys by chance. */
const sealedFile = await sealFiles(privatePart, 'p', quick, { memoryKiB: 1_024, passes: 1 })
const asText = (files: ProjectFiles): unknown => [...files].map(([path, bytes]) => [path, text(bytes)]).sort()

const sealed: FuzzReader = {
  name: 'sealed',
  seeds: [sealedFile.bytes, packed(privatePart)],
  words: [
    '"memoryKiB":',
    '"passes":',
    '99999999',
    '1024',
    '"format":"carryover-sealed/1"',
    '"salt":"',
    '["private/',
    ',-1]',
    '1e400',
    ']]\n',
  ],
  async run(bytes) {
    const read = await openSealed(bytes, 'p', quick)
    if (!read.ok) demandSentence(read.problem)
    else same(asText(privatePart), asText(read.files), 'a changed file was opened')
    const inside = unpacked(bytes)
    if (inside === null) return
    for (const path of inside.keys())
      demand(path.startsWith('private/') && !path.includes('..'), `a path that leads out: ${path}`)
    same(asText(inside), asText(unpacked(packed(inside)) ?? new Map()), 'packed again')
  },
}

/** Canonical JSON of whatever was parsed parses to the same. */
const canonical: FuzzReader = {
  name: 'canonical',
  seeds: ['{"b":[1,2.50,1e21,-0,"\\u00e9\\ud83d\\ude00"],"a":{"z":null,"y":true}}'],
  words: ['"', '\\u', '\\ud800', '1e400', '1E-7', '0.1', '-0', '[', ']', '{', '}', ':', ',', '"__proto__":'],
  async run(bytes) {
    const read = parseJson(text(bytes))
    if (!read.ok) return
    let written: string
    try {
      written = canonicalJson(read.value)
    } catch (error) {
      // Half a pair of surrogates and numbers beyond the range have no canonical form (RFC 8785).
      demand(error instanceof Error && /canonical JSON|surrogate pair/.test(error.message), String(error))
      return
    }
    const again = parseJson(written)
    demand(again.ok && canonicalJson(again.value) === written, 'canonical form changes when it is read')
  },
}

export const projectReaders = [documents, bundle, journal, sealed, canonical]

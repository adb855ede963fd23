/** Defects of whole exports, where a single resource looks right: put into a real export at drawn places, each is told with its code, file and line. */

import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createFhirJudge } from '../../../../src/core/data/fhir/judge.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource } from '../../../../src/core/operation.ts'
import { type Random, seededRandom } from '../../../../src/core/random.ts'
import { dataPath, hasData } from '../../../beside.ts'
import { filesIn } from './judged.ts'

/** Files of an export as lines of text, by name. */
type Export = Map<string, string[]>

interface Planted {
  readonly files: Map<string, Uint8Array>
  /** `code file:line`. */
  readonly expected: string
}

const wanted = new Set(['Patient', 'Encounter', 'Condition', 'AllergyIntolerance', 'Immunization'])
const encoder = new TextEncoder()

function cleanExport(): Export {
  const paths = filesIn(dataPath('fhir/bulk-ndjson/'), '.ndjson').filter((path) => wanted.has(basename(path, '.ndjson')))
  return new Map(
    paths.map((path) => [
      basename(path),
      readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== ''),
    ]),
  )
}

/** Text of every file; the manifest says what it should be. */
function filesOf(lines: Export, clean: Export): Map<string, Uint8Array> {
  const output = [...clean].map(([name, rows]) => ({
    type: name.replace('.ndjson', ''),
    url: `https://ehr.example/${name}`,
    count: rows.length,
  }))
  const manifest = {
    transactionTime: '2024-01-01T00:00:00Z',
    request: 'https://ehr.example/$export',
    requiresAccessToken: false,
    output,
    error: [],
  }
  const texts: [string, string][] = [...lines].map(([name, rows]) => [name, `${rows.join('\n')}\n`])
  return new Map([
    ['manifest.json', encoder.encode(JSON.stringify(manifest))],
    ...texts.map(([name, text]) => [name, encoder.encode(text)] as const),
  ])
}

type Defect = (lines: Export, clean: Export, random: Random) => Planted

function drawn(
  lines: Export,
  random: Random,
  fits: (line: string) => boolean = () => true,
): { name: string; rows: string[]; at: number; line: string } {
  for (;;) {
    const [name, rows] = random.pick([...lines])
    const at = random.below(rows.length)
    const line = rows[at] ?? ''
    if (fits(line)) return { name, rows, at, line }
  }
}

/** One line changed. */
function changed(code: string, fits: (line: string) => boolean, change: (line: string) => string): Defect {
  return (lines, clean, random) => {
    const { name, rows, at, line } = drawn(lines, random, fits)
    rows[at] = change(line)
    return { files: filesOf(lines, clean), expected: `${code} ${name}:${at + 1}` }
  }
}

const toPatient = /"(subject|patient)":\{"reference":"Patient\/[^"]+"/

const defects: readonly (readonly [name: string, defect: Defect])[] = [
  [
    'the same type and id twice',
    (lines, clean, random) => {
      const { name, rows, line } = drawn(lines, random)
      rows.push(line)
      return { files: filesOf(lines, clean), expected: `data/fhir-duplicate-id ${name}:${rows.length}` }
    },
  ],
  [
    'a reference to a record that is not there',
    changed(
      'data/fhir-reference-missing',
      (line) => toPatient.test(line),
      (line) => line.replace(toPatient, '"$1":{"reference":"Patient/gone"'),
    ),
  ],
  [
    'a reference to a record of another file',
    changed(
      'data/fhir-reference-type',
      (line) => toPatient.test(line),
      (line) => line.replace(toPatient, '"$1":{"reference":"Immunization/x"'),
    ),
  ],
  [
    'a last line that stops in the middle',
    (lines, clean, random) => {
      const [name, rows] = random.pick([...lines])
      const last = rows.at(-1) ?? ''
      const files = filesOf(lines, clean)
      const bytes = files.get(name) ?? new Uint8Array()
      files.set(name, bytes.subarray(0, bytes.length - 2 - random.below(encoder.encode(last).length - 3)))
      return { files, expected: `data/torn-json ${name}:${rows.length}` }
    },
  ],
  [
    'two resources on one line',
    (lines, clean, random) => {
      const { name, rows, at, line } = drawn(lines, random)
      const next = rows[at + 1]
      rows.splice(at, 2, line + (next ?? line))
      return { files: filesOf(lines, clean), expected: `data/invalid-json ${name}:${at + 1}` }
    },
  ],
  [
    'a name twice in one object',
    changed(
      'data/json-duplicate-name',
      () => true,
      (line) => line.replace(/^\{/, '{"id":"other",'),
    ),
  ],
  [
    'a record in the file of another type',
    (lines, clean, random) => {
      const from = drawn(lines, random)
      const to = random.pick([...lines].filter(([name]) => name !== from.name))
      from.rows.splice(from.at, 1)
      to[1].push(from.line)
      return { files: filesOf(lines, clean), expected: 'data/manifest manifest.json:' }
    },
  ],
  [
    'a number with more digits than are kept',
    changed(
      'data/json-number-precision',
      () => true,
      (line) => line.replace(/^\{/, '{"multipleBirthInteger":12345678901234567891,'),
    ),
  ],
  [
    'bytes that are no UTF-8',
    (lines, clean, random) => {
      const { name, rows, at } = drawn(lines, random, (line) => line.includes('"display":"'))
      const files = filesOf(lines, clean)
      const bytes = (files.get(name) ?? new Uint8Array()).slice()
      const before = encoder.encode(
        rows
          .slice(0, at)
          .map((row) => `${row}\n`)
          .join(''),
      ).length
      bytes[before + encoder.encode((rows[at] ?? '').split('"display":"')[0]).length + 12] = 0xff
      files.set(name, bytes)
      return { files, expected: `data/invalid-bytes ${name}:${at + 1}` }
    },
  ],
]

const table: string[] = []
const many = process.env.LONG ? 60 : 6

describe.skipIf(!hasData('fhir/bulk-ndjson/'))('defects of exports (../shared/data/fhir/bulk-ndjson)', () => {
  test.each(defects)('%s', async (name, plant) => {
    const random = seededRandom(name)
    const missed: string[] = []
    for (let i = 0; i < many; i++) {
      const clean = cleanExport()
      const { files, expected } = plant(cleanExport(), clean, random)
      const told = await toldAbout(files)
      if (!told.includes(expected)) missed.push(`${expected}; told: ${told.slice(0, 8).join(', ')}`)
    }
    table.push(
      `mutation export · ${name}: ${many} exports, ${Math.round((100 * (many - missed.length)) / many)} % with code, file and line`,
    )
    expect(missed).toEqual([])
  })

  afterAll(() => console.log(table.join('\n')))
})

async function toldAbout(files: Map<string, Uint8Array>): Promise<string[]> {
  const names = [...files.keys()]
  const inputs = [...files].map(([name, bytes]) => ({
    source: bytesSource(name, bytes),
    side: null,
    format: null,
    table: name,
    reading: {},
    schema: null,
  }))
  for await (const update of validate({ inputs }, new AbortController().signal, createFhirJudge))
    if (update.kind === 'result')
      return update.value.findings.flatMap(({ code, sample }) =>
        sample.flatMap(({ at }) =>
          at.kind === 'input' || at.kind === 'cell' ? [`${code} ${names[at.input]}:${at.line ?? ''}`] : [],
        ),
      )
  return []
}

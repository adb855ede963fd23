/** Small files that would grow: each is refused by a sentence, with at most 64 MiB more memory than a small table takes. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { root } from './command-line.ts'

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook of one sheet with these rows. */
function workbook(rows: string): Uint8Array {
  return zipSync({
    'xl/workbook.xml': strToU8(
      `<workbook ${main} xmlns:r="${office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`),
  })
}

const deep = (open: string, close: string, levels: number): string => open.repeat(levels) + close.repeat(levels)

/** Name, bytes, verb with `FILE` for its place, and what is said. */
const bombs: readonly (readonly [string, () => Uint8Array, readonly string[], RegExp])[] = [
  [
    'far.xlsx',
    () => workbook(Array.from({ length: 20_000 }, (_, i) => `<row r="${i + 1}"><c r="XFD${i + 1}"><v>1</v></c></row>`).join('')),
    ['validate', 'FILE'],
    /cells stand so far apart/,
  ],
  ['row.xlsx', () => workbook('<row r="999999999"><c r="A999999999"><v>1</v></c></row>'), ['validate', 'FILE'], /damaged/],
  ['column.xlsx', () => workbook('<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>'), ['validate', 'FILE'], /damaged/],
  ['ratio.zip', () => zipSync({ 'a.csv': new Uint8Array(100 << 20) }, { level: 9 }), ['validate', 'FILE'], /500 times its size/],
  ['ratio.csv.gz', () => gzipSync(new Uint8Array(100 << 20).fill(48), { level: 9 }), ['validate', 'FILE'], /500 times its size/],
  [
    'entries.zip',
    () => zipSync(Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`${i}.csv`, new Uint8Array()]))),
    ['validate', 'FILE'],
    /10001 files/,
  ],
  ['deep.json', () => strToU8(deep('[', ']', 200_000)), ['validate', 'FILE'], /512|deep|JSON/],
  [
    'deep.schema.json',
    () => strToU8(`${'{"type":"object","properties":{"a":'.repeat(5000)}{}${'}}'.repeat(5000)}`),
    ['validate', 'samples/data/patients.csv', '--schema', 'FILE'],
    /512 are read/,
  ],
  [
    'laughs.xes',
    () => strToU8('<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><log>&b;</log>'),
    ['discover', 'FILE'],
    /DOCTYPE/,
  ],
  ['deep.xes', () => strToU8(`<log>${deep('<a>', '</a>', 200_000)}</log>`), ['discover', 'FILE'], /1,000 levels/],
  [
    'attribute.bpmn',
    () => strToU8(`<definitions><process id="p" name="${'a'.repeat(64 << 20)}"/></definitions>`),
    ['convert', 'FILE', '--to', 'mmd'],
    /larger than 32 MB/,
  ],
  [
    'attribute.xes',
    () => strToU8(`<log><trace><string key="concept:name" value="${'a'.repeat(64 << 20)}"/></trace></log>`),
    ['discover', 'FILE'],
    /longer than 8 MB/,
  ],
  [
    'ratio.carryover',
    () => zipSync({ 'carryover.json': new Uint8Array(100 << 20).fill(32) }, { level: 9 }),
    ['verify', 'FILE'],
    /200-fold/,
  ],
  [
    'entries.carryover',
    () => zipSync(Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`runs/${i}.json`, new Uint8Array()]))),
    ['verify', 'FILE'],
    /at most 10000/,
  ],
  [
    'deep.bpmn',
    () => strToU8(`<definitions>${deep('<a>', '</a>', 200_000)}</definitions>`),
    ['convert', 'FILE', '--to', 'mmd'],
    /levels|BPMN/,
  ],
]

test('a bomb takes little over the baseline, and gets a sentence', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-bombs-'))
  const peak = join(folder, 'peak.txt')
  const hook = join(folder, 'peak.mjs')
  writeFileSync(
    hook,
    // What the system counts begins with the process that started it; the page of the process itself does not.
    `import { existsSync, readFileSync, writeFileSync } from 'node:fs'
const page = '/proc/self/status'
const own = () => Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync(page, 'utf8'))?.[1])
process.on('exit', () => writeFileSync(${JSON.stringify(peak)}, String(existsSync(page) ? own() : process.resourceUsage().maxRSS)))
`,
  )
  const run = (words: readonly string[]): { code: number | null; said: string; mebibytes: number } => {
    const done = spawnSync(process.execPath, ['--import', hook, join(root, 'dist/cli/carryover.js'), ...words, '--quiet'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    return { code: done.status, said: done.stdout + done.stderr, mebibytes: Number(readFileSync(peak, 'utf8')) / 1024 }
  }
  try {
    const baseline = run(['validate', 'samples/data/patients.csv']).mebibytes
    let most = 0
    for (const [name, bytes, words, sentence] of bombs) {
      const file = join(folder, name)
      writeFileSync(file, bytes())
      const { code, said, mebibytes } = run(words.map((word) => (word === 'FILE' ? file : word)))
      expect([name, [1, 2, 3].includes(code ?? -1), sentence.test(said) || said.slice(0, 600)]).toEqual([name, true, true])
      expect([name, mebibytes - baseline <= 64 || mebibytes - baseline]).toEqual([name, true])
      most = Math.max(most, mebibytes - baseline)
    }
    console.log(`bombs: ${bombs.length} refused, at most ${Math.ceil(most)} MiB over the baseline of ${Math.round(baseline)} MiB`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

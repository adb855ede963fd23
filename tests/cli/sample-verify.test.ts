import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { addVerify } from '../../src/cli/project/verify.ts'
import { addAgreement } from '../../src/cli/review/agreement.ts'
import { addSample } from '../../src/cli/review/sample.ts'
import { record } from '../../src/core/project/acts/hand.ts'
import { saveProject } from '../../src/core/project/format/save.ts'
import { addHazards } from '../../src/core/project/hazards/hazard-acts.ts'
import { proposedHazards } from '../../src/core/project/reports/hazard-proposals.ts'
import { addVerdicts, sign } from '../../src/core/project/review/review-steps.ts'
import { keyDevice, signHead } from '../../src/core/project/signing/signed-heads.ts'
import { redactedAct, redactedFiles } from '../../src/core/project/verify/redacted.ts'
import { writeProject } from '../../src/io/store/store-node.ts'
import { drawnProject, exampleSigner, hand, judged, ok, signedFiles, signedProject, words } from '../core/project/review-walk.ts'
import { salts } from '../core/project/salts.ts'

let out = ''
beforeEach(() => {
  out = ''
  process.exitCode = 0
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = 0
})

async function run(line: string): Promise<Record<string, unknown>> {
  const program = new Command('carryover').exitOverride()
  addAgreement(program.command('agreement'))
  addSample(program.command('sample'))
  addVerify(program.command('verify'))
  await program.parseAsync(line.split(' '), { from: 'user' })
  return JSON.parse(out)
}

const folder = mkdtempSync(join(tmpdir(), 'carryover-'))
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

test('sizes are exact for a known lot, an endless one, and readers who miss some', async () => {
  expect(await run('sample size --population 5000 --tolerable 0.01 --confidence 0.95')).toEqual({
    n: 284,
    claim: 'at most 1 % of 5,000 records are wrong, with 95 % confidence',
  })
  for (const [line, n] of [
    ['--population infinite --tolerable 0.01', 299],
    ['--population infinite --tolerable 0.01 --sensitivity 0.9', 332],
    ['--population infinite --tolerable 0.01 --sensitivity 0.7', 427],
    ['--population 5000 --tolerable 0.01 --sensitivity 0.95', 299],
    ['--population 5000 --tolerable 0.01 --sensitivity 0.9', 316],
    ['--population 5000 --tolerable 0.01 --sensitivity 0.8', 356],
    ['--population 5000 --tolerable 0.01 --sensitivity 0.7', 407],
    ['--population 5000 --tolerable 0.01 --errors-allowed 2', 590],
    ['--population 200000 --tolerable 0.005', 597],
  ] as const) {
    out = ''
    expect(await run(`sample size ${line}`), line).toMatchObject({ n })
  }
})

test('bounds name their method', async () => {
  // 1.5714… %: a limit that is rounded to the nearest would promise more than was proven.
  await expect(run('sample bound --population infinite --n 300 --errors 1 --format text')).rejects.toThrow()
  expect(out).toContain('At most 1.572 % are wrong.')
  out = ''
  expect(await run('sample bound --population 100 --n 20 --errors 0')).toEqual({
    method: 'hypergeometric',
    lower: 0,
    upper: 0.12,
    lowerRecords: 0,
    upperRecords: 12,
  })
  out = ''
  const interval = await run('sample bound --population infinite --n 925 --errors 682 --sides 2')
  expect(interval).toMatchObject({ method: 'clopper-pearson' })
  expect(Number(interval.lower)).toBeCloseTo(0.7076683, 7)
})

test('a frame is drawn by stratum with one seed, quoted ids and all', async () => {
  const frame = file('frame.csv', 'id,clinic\r\n"a, the first",west\r\nb,west\r\nc,east\r\nd,east\r\n')
  const drawn = await run(`sample draw --frame ${frame} --strata clinic --seed 01234567890123456789 --n west=2,east=1`)
  expect(drawn.records).toHaveLength(3)
  expect(JSON.stringify(drawn.records)).toContain('a, the first')
  await expect(run(`sample draw --frame ${frame} --seed 1 --n 2`)).rejects.toThrow('20 decimal digits')
  await expect(run(`sample draw --frame ${file('twice.csv', 'id\na\na\n')} --seed 01234567890123456789 --n 1`)).rejects.toThrow(
    'twice',
  )
  await expect(run(`sample draw --frame ${frame} --strata town --seed 01234567890123456789 --n 1`)).rejects.toThrow(
    'no column "town"',
  )
})

test('a frame in semicolons and windows-1252 is the frame that commas and UTF-8 write; a record of another length is refused', async () => {
  const rows = [
    ['id', 'clinic'],
    ...['Jäger 1', 'Köhler 2', 'Böhm 3', 'Groß 4', 'Maier 5', 'Weiß 6'].map((id, i) => [id, i < 3 ? 'west' : 'east']),
  ]
  const text = (mark: string, end: string): string => rows.map((row) => `${row.join(mark)}${end}`).join('')
  const old = file('old.csv', '')
  writeFileSync(old, Buffer.from(text(';', '\r\n'), 'latin1'))
  const answers = []
  for (const frame of [old, file('new.csv', text(',', '\n'))]) {
    out = ''
    answers.push(await run(`sample draw --frame ${frame} --strata clinic --seed 01234567890123456789 --n west=2,east=1`))
  }
  expect(answers[0]?.records).toHaveLength(3)
  expect(answers[0]).toEqual(answers[1])
  const uneven = file('uneven.csv', `${text(';', '\n')}Adler 7\n`)
  await expect(run(`sample draw --frame ${uneven} --seed 01234567890123456789 --n 1`)).rejects.toThrow('line 8 has 1 cells')
})

test('an audit says accept, continue or full review', async () => {
  const verdicts = (list: readonly string[]): string =>
    `ticket,verdict\n${list.map((verdict, n) => `t${n},${verdict}`).join('\n')}\n`
  const right = Array.from({ length: 400 }, () => 'acceptable')
  const decide = async (list: readonly string[]) => {
    out = ''
    return (await run(`sample audit --population 5000 --tolerable 0.01 --results ${file('r.csv', verdicts(list))}`)).decision
  }
  expect(await decide(right)).toBe('accept')
  expect(await decide(right.slice(0, 100))).toBe('continue')
  expect(await decide([...right.slice(0, 100), ...Array.from({ length: 51 }, () => 'harmful')])).toBe('full-review')
  await expect(decide(['perhaps'])).rejects.toThrow('it takes right, wrong')
})

test('bounds and audits can be corrected for readers who miss some', async () => {
  const plain = await run('sample bound --population 5000 --n 300 --errors 1')
  out = ''
  const corrected = await run('sample bound --population 5000 --n 300 --errors 1 --sensitivity 0.8')
  expect(Number(corrected.upperRecords)).toBeGreaterThan(Number(plain.upperRecords))
  const results = file('right.csv', `ticket,verdict\n${Array.from({ length: 581 }, (_, n) => `t${n},right\n`).join('')}`)
  out = ''
  expect(await run(`sample audit --population 5000 --tolerable 0.01 --results ${results}`)).toMatchObject({ decision: 'accept' })
  out = ''
  const strict = await run(`sample audit --population 5000 --tolerable 0.01 --sensitivity 0.9 --results ${results}`)
  expect(strict).toMatchObject({ decision: 'continue', reviewed: 581 })
  await expect(run('sample bound --population infinite --n 30 --errors 0 --sensitivity 0.9')).rejects.toThrow('--sensitivity')
})

test('familiar plans come with what they do not prove', async () => {
  expect(await run('sample lot --population 5000 --aql 1.0')).toMatchObject({ n: 200, acceptAt: 5, rejectAt: 6, letter: 'L' })
  expect(JSON.parse(out).label).toContain('protects the producer')
  out = ''
  expect(await run('sample sequential --good 0.001 --bad 0.01 --errors 1')).toMatchObject({ errors: 1, right: 580, n: 581 })
  await expect(run('sample sequential --good 0.02 --bad 0.01')).rejects.toThrow('must be larger')
})

test('ratings of readers are compared beyond chance, and what can not be compared is said', async () => {
  const rows = Array.from({ length: 40 }, (_, n) => `r${n},${n < 4 ? 'wrong' : 'acceptable'},${n < 3 ? 'wrong' : 'acceptable'}`)
  const result = await run(`agreement ${file('two.csv', `item,a,b\n${rows.join('\n')}\n`)}`)
  expect(result).toMatchObject({ items: 40, rated: 40, readers: 2, percent: { value: 0.975 }, errors: 6 / 7 })
  for (const name of ['kappa', 'ac1', 'fleiss', 'alpha']) expect(result[name]).toHaveProperty('interval')
  await expect(run(`agreement ${file('one.csv', 'item,a\nx,1\n')}`)).rejects.toThrow('at least two')
  await expect(run(`agreement ${file('lone.csv', 'item,a,b\nx,1,\ny,,2\n')}`)).rejects.toThrow('nothing to compare')
  await expect(run(`agreement ${file('double.csv', 'item,a,b\nx,1,1\nx,2,2\n')}`)).rejects.toThrow('listed twice')
})

test('wrong use is answered with the flag, what it got and what it takes', async () => {
  await expect(run('sample size --population 5000 --tolerable 1%')).rejects.toThrow(
    '--tolerable got "1%"; it takes a share between 0 and 1',
  )
  await expect(run('sample bound --population 10 --n 20 --errors 0')).rejects.toThrow(
    '--n got 20; it takes at most the 10 records',
  )
})

test('verify takes a bundle, a folder and a ledger alone, and exits 1 when a byte changed', async () => {
  const files = await signedFiles(await exampleSigner())
  const bundle = join(folder, 'p.carryover')
  await writeProject(bundle, files)
  expect(await run(`verify ${bundle}`)).toMatchObject({ ok: true, covers: 'current', signatures: 1 })
  expect(process.exitCode).toBe(0)
  await writeProject(join(folder, 'p'), files)
  const ledger = join(folder, 'p', 'ledger.jsonl')
  out = ''
  expect(await run(`verify ${ledger}`)).toMatchObject({ ok: true, covers: 'none', standing: 'partly' })
  expect(process.exitCode).toBe(5)
  writeFileSync(ledger, readFileSync(ledger, 'utf8').replace('"seq":3', '"seq":8'))
  out = ''
  const report = await run(`verify ${join(folder, 'p')}`)
  expect(report.checks).toContainEqual(expect.objectContaining({ id: 'V2', ok: false, first: { device: 'd1', seq: 8, line: 3 } }))
  expect(process.exitCode).toBe(1)
  writeFileSync(bundle, readFileSync(bundle).subarray(0, 500))
  await expect(run(`verify ${bundle}`)).rejects.toThrow('This .carryover file is cut off')
  await expect(run(`verify ${join(folder, 'nothing')}`)).rejects.toThrow('there is no such file or folder')
})

test('saving a folder again touches only what changed', async () => {
  const path = join(folder, 'again')
  const project = drawnProject()
  await writeProject(path, saveProject(project))
  const before = readFileSync(join(path, 'review', 'plan.json'))
  const [first] = project.review.draw?.records ?? []
  await writeProject(path, saveProject(ok(addVerdicts(project, [judged(first?.id ?? '')], hand))))
  expect(readFileSync(join(path, 'review', 'plan.json')).equals(before)).toBe(true)
  expect(readFileSync(join(path, 'review', 'verdicts.jsonl'), 'utf8').split('\n')).toHaveLength(2)
})

test('the worklist of a project is the one its pages show, as rows for a spreadsheet and as JSON', async () => {
  const drawn = drawnProject()
  const [first = ''] = drawn.review.draw?.records.map(({ id }) => id) ?? []
  const about = { kind: 'difference', record: first, item: 'medicines:4', domain: 'medicines', class: 'changed' } as const
  const read = ok(
    addVerdicts(
      drawn,
      [
        { ...about, verdict: 'harmful', reason: 'dose' },
        {
          ...judged(first),
          verdict: 'harmful',
          differences: 1,
          kind: 'record',
          record: first,
          reading: 'first',
          seconds: 9,
          comment: null,
        },
      ],
      hand,
    ),
  )
  const path = join(folder, 'wrong')
  await writeProject(path, saveProject(read))
  expect(await run(`sample worklist ${path}`)).toMatchObject({
    waiting: 0,
    rows: [{ state: 'open', finding: { code: 'review/dose', record: first } }],
  })
  out = ''
  await expect(run(`sample worklist ${path} --format csv`)).rejects.toThrow()
  const [head, row] = out.split('\r\n')
  expect(head?.split(',').slice(0, 5)).toEqual(['finding', 'code', 'title', 'severity', 'record'])
  expect(row).toContain(`review/dose,A dose is not what the old system says,harmful,${first},medicines`)
  expect(head).not.toContain('record_number')
  out = ''
  expect(await run(`sample hazards ${path}`)).toMatchObject({
    hazards: [],
    missing: [{ from: { kind: 'verdicts', code: 'review/dose', domain: 'medicines', harmful: 1 } }],
    signed: null,
  })
  const logged = join(folder, 'hazards')
  await writeProject(logged, saveProject(ok(addHazards(read, proposedHazards(read), 'Proposed', hand, salts))))
  out = ''
  expect(await run(`sample hazards ${logged}`)).toMatchObject({ hazards: [{ status: 'open', residualRisk: null }], missing: [] })
  out = ''
  await expect(run(`sample hazards ${logged} --format markdown`)).rejects.toThrow()
  expect(out).toContain('- From: review/dose in medicines: 1 harmful, 0 wrong')
})

test('a committee’s file has an exit code of its own, and says what it can not prove', async () => {
  const device = await exampleSigner()
  const signed = await keyDevice(await signedProject(await exampleSigner()), device, hand)
  const handed = await signHead(record(signed, [redactedAct(signed)], hand), hand.device, device)
  const bundle = join(folder, 'redacted.carryover')
  const files = redactedFiles(handed)
  await writeProject(bundle, files)
  const report = await run(`verify ${bundle}`)
  expect(report).toMatchObject({
    ok: true,
    standing: 'partly',
    signed: [{ name: 'Dr. Rita Haas', meaning: 'review', covers: 'unknown' }],
  })
  expect(String(report.cannotProve)).toContain('Verdicts are not in this file')
  expect(process.exitCode).toBe(5)
  // Taking verdicts out of the whole project by hand makes it no committee's file.
  const stripped = new Map([...saveProject(handed)].filter(([path]) => !/verdicts|sources|mapping/.test(path)))
  for (const note of [null, files.get('redacted.json') ?? null]) {
    const path = join(folder, `stripped-${note ? 'noted' : 'bare'}.carryover`)
    await writeProject(path, note ? new Map(stripped).set('redacted.json', note) : stripped)
    out = ''
    expect(await run(`verify ${path}`)).toMatchObject({ ok: false, standing: 'refused' })
    expect(process.exitCode).toBe(1)
  }
})

test('after a refusal verify says so in words, and never only that it verified', async () => {
  const signer = await exampleSigner()
  const refused = ok(
    await sign(await signedProject(signer), { ...words, meaning: 'rejection', statement: 'I do not approve.' }, signer, hand),
  )
  const bundle = join(folder, 'refused.carryover')
  await writeProject(bundle, saveProject(refused))
  const said = await text(`verify ${bundle} --format text`)
  expect(said).toContain('Verified. The signed meaning is: not approved by Dr. Rita Haas (Reviewer) on 02-Mar-2026')
  expect(process.exitCode).toBe(0)
})

test('an empty ledger verifies nothing, and what lies beside the ledger is never called ok', async () => {
  const path = join(folder, 'beside.carryover')
  const files = await signedFiles(await exampleSigner())
  await writeProject(path, new Map(files).set('readiness/goals.csv', new TextEncoder().encode('id\n1\n')))
  const beside = await text(`verify ${path} --format text`)
  expect(beside).toContain('outside V12  Every file is one that the ledger names: Not in the ledger')
  expect(process.exitCode).toBe(5)
  // The last simulation, as its page shows it, is no such file: nothing rests on it.
  await writeProject(path, new Map(files).set('workflows/refill/simulated.json', new TextEncoder().encode('{}')))
  process.exitCode = 0
  out = ''
  expect(await text(`verify ${path} --format text`)).toMatch(/^ok +V12 .*Nothing lies beside it/m)
  expect(process.exitCode).toBe(0)
  // No gate rests on a drawing: it is named, and takes nothing from what is signed.
  await writeProject(path, new Map(files).set('future.bpmn', new TextEncoder().encode('<definitions/>')))
  out = ''
  const drawn = await text(`verify ${path} --format text`)
  expect(drawn).toContain('outside V12  Every file is one that the ledger names: Not in the ledger')
  expect(process.exitCode).toBe(0)
  await writeProject(path, new Map([...files].filter(([name]) => name === 'carryover.json')))
  out = ''
  const empty = await text(`verify ${path} --format text`)
  expect(empty).toContain('Nothing to verify: the ledger holds no entry.')
  expect(empty).not.toMatch(/^ok |Verified\./m)
  expect(process.exitCode).toBe(5)
})

async function text(line: string): Promise<string> {
  out = ''
  const program = new Command('carryover').exitOverride()
  addVerify(program.command('verify'))
  await program.parseAsync(line.split(' '), { from: 'user' })
  return out
}

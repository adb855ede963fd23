import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { carryover, writeSample } from './command-line.ts'

let folder: string
let sample: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-cli-'))
  sample = join(folder, 'riverside')
  expect(writeSample('--out', sample, '--patients', '120').code).toBe(0)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('reconcile gives the balances of a project, with exit code 1 while something is unaccounted', () => {
  const { code, out } = carryover('reconcile', sample, '--format', 'json', '--quiet')
  const result = JSON.parse(out)
  expect(code).toBe(1)
  expect(Object.keys(result)).toEqual(expect.arrayContaining(['tables', 'fields', 'totals', 'ambiguous', 'findings']))
  expect(Object.keys(result.tables[0])).toEqual(
    expect.arrayContaining(['table', 'legacy', 'arrived', 'merged', 'excluded', 'unaccounted', 'patientsOff']),
  )
  expect(Object.keys(result.fields[0])).toEqual(
    expect.arrayContaining(['field', 'same', 'sameAfterRule', 'changed', 'lost', 'appeared']),
  )
  for (const one of result.tables) expect(one.legacy).toBe(one.arrived + one.merged + one.excluded + one.unaccounted)
  expect(carryover('reconcile', sample, '--format', 'json', '--quiet').out).toBe(out)
})

test('the ledger document holds digests and counts, no value and no key of a patient', () => {
  const path = join(folder, 'ledger.json')
  carryover('reconcile', sample, '--ledger', path, '--quiet')
  const text = readFileSync(path, 'utf8')
  const ledger = JSON.parse(text)
  expect(ledger.inputs.length).toBe(
    readdirSync(join(sample, 'private', 'legacy')).length +
      JSON.parse(readFileSync(join(sample, 'private', 'target', 'manifest.json'), 'utf8')).output.length,
  )
  const [, ...rows] = readFileSync(join(sample, 'private', 'legacy', 'patients.csv'), 'latin1')
    .trimEnd()
    .split('\r\n')
  for (const row of rows) for (const cell of row.split(';').slice(0, 3)) expect(text).not.toContain(`"${cell}"`)
})

test('two tables with the same columns are compared by one key, without a field map', () => {
  const [legacy, target] = [join(folder, 'old.csv'), join(folder, 'new')]
  writeFileSync(legacy, 'MRN,NAME,ZIP\n0001,Ann,02155\n0002,Bo,10115\n0003,Cy,99999\n')
  rmSync(target, { recursive: true, force: true })
  const changed = join(folder, 'loaded')
  expect(carryover('map', sample, '--out', changed, '--quiet').code).toBeLessThanOrEqual(1)
  writeFileSync(join(folder, 'OLD.csv'), 'MRN,NAME,ZIP\n0001,Ann,2155\n0002,Bo,10115\n')
  const { out, code } = carryover(
    'reconcile',
    '--legacy',
    legacy,
    '--target',
    join(folder, 'OLD.csv'),
    '--key',
    'MRN',
    '--format',
    'json',
    '--quiet',
  )
  expect(code).toBe(1)
  const { tables, findings } = JSON.parse(out)
  expect(tables[0]).toMatchObject({ legacy: 3, arrived: 2, unaccounted: 1 })
  expect(findings.map(({ code: one }: { code: string }) => one)).toEqual(
    expect.arrayContaining(['data/zeros-lost', 'data/patient-lost']),
  )
})

test('map writes target files, origins and its counts into a new folder only', () => {
  const out = join(folder, 'mapped')
  const { code } = carryover('map', sample, '--out', out, '--quiet')
  expect(code).toBeLessThanOrEqual(1)
  const counts = JSON.parse(readFileSync(join(out, 'map.json'), 'utf8'))
  expect(existsSync(join(out, 'Patient.ndjson'))).toBe(true)
  expect(existsSync(join(out, 'origins', 'Patient.csv'))).toBe(true)
  expect(counts.coverage).toMatchObject({
    filled: expect.any(Number),
    carried: expect.any(Number),
    notCarried: expect.any(Number),
  })
  for (const one of counts.tables) expect(one.read).toBe(one.written - one.splits + one.merged + one.filtered + one.rejected)
  const again = carryover('map', sample, '--out', out, '--quiet')
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('not empty')])
})

test('loads that can not be read end with 3 and are never called the same; lists of patients are private', () => {
  const at = (name: string) => join(folder, name)
  const loads = ['reconcile', '--before', at('load1'), '--target', at('load2'), '--quiet']
  const binary = Uint8Array.from({ length: 900 }, (_, i) => (i % 7) + 2)
  for (const name of ['load1', 'load2']) {
    mkdirSync(at(name))
    writeFileSync(at(`${name}/person.csv`), binary)
  }
  const broken = carryover(...loads)
  expect([broken.code, broken.out]).toEqual([3, expect.stringContaining('Partial: 2 of 2 files')])
  expect(broken.out).not.toContain('hold the same')
  writeFileSync(at('load1/person.csv'), 'ID,text\n1,a\n2,b\n')
  writeFileSync(at('load2/person.csv'), 'ID,text\n1,x\n2,b\n')
  const differ = carryover(...loads, '--key', 'ID', '--reveal', '--out', at('changed.txt'))
  expect([differ.code, statSync(at('changed.txt')).mode & 0o777]).toEqual([1, 0o600])
  expect(readFileSync(at('changed.txt'), 'utf8')).toContain('2 before, 2 now; 1 the same, 1 changed, 0 added, 0 gone')
  const [mistyped, noFolder] = [carryover(...loads, '--key', 'IDD'), carryover(...loads, '--out', at('none/x.txt'))]
  expect([mistyped.code, mistyped.err]).toEqual([2, expect.stringContaining('--key got "IDD"')])
  expect([noFolder.code, noFolder.err]).toEqual([2, expect.stringContaining('--out got')])
})

test.each([
  [['reconcile'], '--legacy'],
  [['reconcile', '--legacy', 'samples/data/patients.csv', '--target', 'samples/data/patients.csv'], '--mapping'],
  [['reconcile', '--legacy', 'samples/data/patients.csv', '--target', 'samples/data/patients.csv', '--key', 'nope'], '--key'],
  [
    ['reconcile', '--legacy', 'samples/data/patients.csv', '--mapping', 'samples/data', '--key', 'mrn'],
    '--key is for files without a field map',
  ],
  [
    ['reconcile', '--legacy', 'samples/data/patients.csv', '--target', 'samples/data/allergies.csv', '--key', 'mrn'],
    'under one name: the legacy side has patients, the target has allergies. Tables are joined by the names of their files',
  ],
  [
    ['reconcile', '--legacy', 'samples/data/patients.csv', '--target', 'samples/data/allergies.csv', '--key', 'patients=mrn'],
    'the target has allergies. Tables are joined',
  ],
  [['map', 'samples/data/patients.csv'], '--mapping'],
  [['map', 'samples/data/patients.csv', '--mapping', 'no-such-folder'], '--mapping'],
])('wrong use of %j is one sentence that names the flag', (args, flag) => {
  const { code, err } = carryover(...args)
  expect(code).toBe(2)
  expect(err).toContain(flag)
  expect(err).not.toContain('    at ')
})

test('a map whose links find no patient ends with 1, though nothing is lost, and enters no ledger', () => {
  const own = mkdtempSync(join(folder, 'links-'))
  const people = Array.from({ length: 20 }, (_, i) => i)
  const write = (name: string, lines: readonly string[]): void => writeFileSync(join(own, name), `${lines.join('\n')}\n`)
  for (const side of ['legacy', 'target', 'map']) mkdirSync(join(own, side))
  write('legacy/patienten.csv', ['PatNr,Name', ...people.map((i) => `${100_000 + i},Name ${i}`)])
  write('legacy/besuche.csv', ['BesuchNr,PatNr', ...people.map((i) => `B${i},${100_000 + i}`)])
  write('target/person.csv', ['person_uid,external_no,name', ...people.map((i) => `U${500 + i},${100_000 + i},Name ${i}`)])
  write('target/encounter.csv', ['external_no,person_uid', ...people.map((i) => `B${i},U${500 + i}`)])
  const lines = [
    'patienten,PatNr,copy,role=key,person.external_no',
    'patienten,Name,copy,,person.name',
    'besuche,BesuchNr,copy,role=key,encounter.external_no',
    'besuche,PatNr,reference,table=patienten,encounter.person_uid',
  ]
  const head = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by'
  const given = ['--legacy', join(own, 'legacy'), '--target', join(own, 'target'), '--mapping', join(own, 'map'), '--quiet']
  const ledger = join(own, 'ledger.json')
  const ofMap = (all: readonly string[]) => {
    write('map/fields.csv', [head, ...all.map((line) => `${line},,confirmed,,Data team`)])
    return carryover('reconcile', ...given, '--ledger', ledger)
  }
  const { code, out } = ofMap(lines)
  expect([code, existsSync(ledger)]).toEqual([1, false])
  expect(out).toContain('20 of besuche: such legacy records are neither matched nor lost.')
  const mended = ofMap([...lines, 'patienten,PatNr,record-id,table=patienten; role=id,person.person_uid'])
  expect([mended.code, existsSync(ledger)]).toEqual([0, true])
})

test('proposals end with the columns that no line covers, counted', () => {
  const own = mkdtempSync(join(folder, 'uncovered-'))
  for (const side of ['legacy', 'target']) mkdirSync(join(own, side))
  const people = Array.from({ length: 12 }, (_, i) => `${100_000 + i},Name ${i}`)
  writeFileSync(join(own, 'legacy', 'patients.csv'), `MRN,NAME,QQ,ZZ\n${people.map((line) => `${line},,`).join('\n')}\n`)
  writeFileSync(join(own, 'target', 'person.csv'), `mrn,name,loaded_by\n${people.map((line) => `${line},`).join('\n')}\n`)
  const { out } = carryover(
    'map',
    join(own, 'legacy'),
    '--target',
    join(own, 'target'),
    '--suggest',
    join(own, 'fields.csv'),
    '--quiet',
  )
  expect(out).toContain('\nNo line speaks of 2 legacy columns: patients.QQ, patients.ZZ.\n')
  expect(out).toContain('\nNo line fills 1 column of the target: person.loaded_by.\n')
})

test('a field map whose value map is missing ends with 1 and names what was not compared', () => {
  const place = join(folder, 'without-map')
  const mapping = join(place, 'm')
  mkdirSync(join(mapping, 'values'), { recursive: true })
  const write = (name: string, text: string): void => writeFileSync(join(place, name), text)
  write(
    'm/fields.csv',
    `legacy_source,legacy_field,rule,params,target,required,status,reason,by
patients,MRN,copy,role=key,Patient.identifier.value,yes,confirmed,,Ada
patients,SEX,value-map,map=sex,Patient.gender,no,confirmed,,Ada
`,
  )
  write('patients.csv', 'MRN,SEX\n1,F\n2,M\n')
  const gendered = (id: string, gender: string): string =>
    JSON.stringify({ resourceType: 'Patient', id, identifier: [{ value: id }], gender })
  write('all.ndjson', `${gendered('1', 'female')}\n${gendered('2', 'male')}\n`)
  const values = 'source_code,source_display,target_system,target_code,relationship\nF,,,female,equivalent\nM,,,male,equivalent\n'
  const ran = (...more: readonly string[]) =>
    carryover(
      'reconcile',
      ...[
        '--legacy',
        join(place, 'patients.csv'),
        '--target',
        join(place, 'all.ndjson'),
        '--mapping',
        mapping,
        '--quiet',
        ...more,
      ],
    )
  write('m/values/sex.csv', values)
  expect(ran().code).toBe(0)
  rmSync(join(mapping, 'values', 'sex.csv'))
  const { code, out } = ran()
  expect([code, out.split('\n')[0]]).toEqual([1, '1 element was not compared: Patient.gender. No number below speaks of it.'])
  const json = JSON.parse(ran('--format', 'json').out)
  expect(json.notCompared).toEqual([
    expect.objectContaining({ what: 'patients.SEX', target: 'Patient.gender', why: 'mapping/values/sex.csv is missing' }),
  ])
})

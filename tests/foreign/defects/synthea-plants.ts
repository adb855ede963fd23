/** Twenty-three defects for the extract of Synthea (27 patients). */
import { anew, exponent, inCells, open, type Place, type Plant, some } from './plant.ts'

const numeric =
  (column: 'VALUE', codes: readonly string[], count: number): Parameters<typeof inCells>[2] =>
  (edit, random) =>
    random.some(
      edit.rows((cell) => codes.includes(cell('CODE')) && Number.isFinite(Number(cell(column))) && cell(column) !== ''),
      count,
    )

const vitals = ['8302-2', '29463-7', '8462-4', '8480-6', '8867-4', '9279-1', '39156-5']

export const syntheaPlants: readonly Plant[] = [
  {
    id: 's01',
    family: 'trailing blanks',
    plain: true,
    plant: inCells(
      'conditions',
      ['CODE'],
      some(12, 'CODE'),
      anew('CODE', (code, random) => code + ' '.repeat(1 + random.below(3))),
    ),
  },
  {
    id: 's02',
    family: 'spreadsheet exponents',
    plain: true,
    plant: inCells(
      'conditions',
      ['CODE'],
      some(10, 'CODE', (code) => code.length >= 13),
      anew('CODE', exponent),
    ),
  },
  {
    id: 's03',
    family: 'duplicate rows',
    plain: true,
    plant: (extract, random) => {
      const table = 'medications'
      const edit = open(extract, table)
      const before = edit.count
      const originals = random.some(
        edit.rows(() => true),
        15,
      )
      for (const row of originals) edit.insert(edit.count + 1, edit.line(row))
      const copies = originals.map((_, index) => before + index + 1)
      const columns = edit.header
      return {
        files: new Map([[table, edit.bytes()]]),
        places: [
          { table, columns, rows: copies },
          { table, columns, rows: originals },
        ],
      }
    },
  },
  {
    id: 's04',
    family: 'cells exchanged',
    plain: false,
    plant: inCells('patients', ['FIRST', 'LAST'], some(6, 'FIRST'), (edit, row) => {
      const [first, last] = [edit.cell(row, 'FIRST'), edit.cell(row, 'LAST')]
      edit.set(row, 'FIRST', last)
      edit.set(row, 'LAST', first)
    }),
  },
  {
    id: 's05',
    family: 'header exchanged',
    plain: false,
    plant: (extract) => {
      const table = 'immunizations'
      const edit = open(extract, table)
      const other: Readonly<Record<string, string>> = { PATIENT: 'ENCOUNTER', ENCOUNTER: 'PATIENT' }
      const bytes = edit.bytes(edit.header.map((name) => other[name] ?? name))
      return {
        files: new Map([[table, bytes]]),
        places: [{ table, columns: ['PATIENT', 'ENCOUNTER'], rows: edit.rows(() => true) }],
      }
    },
  },
  {
    // Pounds where the unit says kilograms, in grown-ups.
    id: 's06',
    family: 'wrong unit by value',
    plain: false,
    plant: inCells(
      'observations',
      ['VALUE', 'UNITS'],
      (edit, random) =>
        random.some(
          edit.rows((cell) => cell('CODE') === '29463-7' && Number(cell('VALUE')) > 65),
          5,
        ),
      anew('VALUE', (value) => (Number(value) * 2.20462).toFixed(1)),
    ),
  },
  {
    id: 's07',
    family: 'decimal comma',
    plain: true,
    plant: inCells(
      'observations',
      ['VALUE'],
      some(20, 'VALUE', (value) => /^\d+\.[1-9]$/.test(value)),
      anew('VALUE', (value) => value.replace('.', ',')),
    ),
  },
  {
    id: 's08',
    family: 'dates of mixed order',
    plain: true,
    plant: inCells(
      'conditions',
      ['START'],
      some(30, 'START'),
      anew('START', (day) => day.split('-').reverse().join('/')),
    ),
  },
  {
    // A living patient dies, on paper, in the middle of the record.
    id: 's09',
    family: 'death before events',
    plain: false,
    plant: (extract, random) => {
      const edit = open(extract, 'patients')
      const encounters = open(extract, 'encounters')
      const days = (id: string) =>
        encounters
          .rows((cell) => cell('PATIENT') === id)
          .map((row) => encounters.cell(row, 'START').slice(0, 10))
          .sort()
      const row = random.one(edit.rows((cell) => cell('DEATHDATE') === '' && days(cell('Id')).length >= 10))
      const id = edit.cell(row, 'Id')
      const all = days(id)
      const death = all[Math.floor(all.length / 2)] ?? ''
      edit.set(row, 'DEATHDATE', death)
      const events = [
        ['encounters', 'START'],
        ['conditions', 'START'],
        ['medications', 'START'],
        ['procedures', 'START'],
        ['observations', 'DATE'],
        ['immunizations', 'DATE'],
      ].flatMap(([table = '', column = '']): readonly Place[] => {
        const rows = open(extract, table).rows((cell) => cell('PATIENT') === id && cell(column).slice(0, 10) > death)
        return rows.length === 0 ? [] : [{ table, columns: [column, 'STOP', 'PATIENT'], rows }]
      })
      return {
        files: new Map([['patients', edit.bytes()]]),
        places: [{ table: 'patients', columns: ['DEATHDATE'], rows: [row] }, ...events],
      }
    },
  },
  {
    id: 's10',
    family: 'visit of another patient',
    plain: false,
    plant: (extract, random) => {
      const encounters = open(extract, 'encounters')
      return inCells('procedures', ['ENCOUNTER', 'PATIENT'], some(8, 'ENCOUNTER'), (edit, row) => {
        const own = edit.cell(row, 'PATIENT')
        edit.set(row, 'ENCOUNTER', encounters.cell(random.one(encounters.rows((cell) => cell('PATIENT') !== own)), 'Id'))
      })(extract, random)
    },
  },
  {
    id: 's11',
    family: 'orphan keys',
    plain: false,
    plant: inCells(
      'observations',
      ['ENCOUNTER'],
      some(7, 'ENCOUNTER'),
      anew(
        'ENCOUNTER',
        (id, random) => id.slice(0, 24) + Array.from({ length: 12 }, () => random.below(16).toString(16)).join(''),
      ),
    ),
  },
  {
    id: 's12',
    family: 'leading zeros lost',
    plain: true,
    plant: inCells(
      'patients',
      ['ZIP'],
      some(6, 'ZIP', (zip) => /^0\d{4}$/.test(zip)),
      anew('ZIP', (zip) => zip.slice(1)),
    ),
  },
  {
    id: 's13',
    family: 'truncation',
    plain: true,
    plant: inCells(
      'medications',
      ['DESCRIPTION'],
      (edit) => edit.rows((cell) => cell('DESCRIPTION').length > 40),
      anew('DESCRIPTION', (text) => text.slice(0, 40)),
    ),
  },
  {
    id: 's14',
    family: 'sentinel numbers',
    plain: true,
    plant: inCells(
      'observations',
      ['VALUE'],
      numeric('VALUE', vitals, 8),
      anew('VALUE', () => '-999'),
    ),
  },
  {
    // The clock of the clinic, five hours behind, without saying so.
    id: 's15',
    family: 'time zone dropped',
    plain: true,
    plant: inCells(
      'observations',
      ['DATE'],
      some(60, 'DATE'),
      anew('DATE', (instant) => new Date(Date.parse(instant) - 5 * 3_600_000).toISOString().slice(0, 19)),
    ),
  },
  {
    id: 's16',
    family: 'unit changed',
    plain: false,
    plant: inCells(
      'observations',
      ['UNITS', 'VALUE'],
      some(6, 'UNITS', (unit) => unit === 'mm[Hg]'),
      anew('UNITS', () => 'kPa'),
    ),
  },
  {
    id: 's17',
    family: 'code of another system',
    plain: true,
    plant: inCells(
      'conditions',
      ['CODE'],
      some(8, 'CODE'),
      anew('CODE', (_, random) => random.one(['J20.9', 'I10', 'E78.5', 'J02.9', 'K21.9', 'M54.5'])),
    ),
  },
  {
    // One digit mistyped: the check digit of SNOMED CT (Verhoeff) finds each of them.
    id: 's18',
    family: 'check digit',
    plain: false,
    plant: inCells(
      'procedures',
      ['CODE'],
      some(5, 'CODE'),
      anew('CODE', (code, random) => code.slice(0, 3) + String((Number(code[3]) + 1 + random.below(8)) % 10) + code.slice(4)),
    ),
  },
  {
    id: 's19',
    family: 'sex implausible',
    plain: false,
    plant: (extract, random) => {
      const patients = open(extract, 'patients')
      const men = new Set(patients.rows((cell) => cell('GENDER') === 'M').map((row) => patients.cell(row, 'Id')))
      return inCells(
        'conditions',
        ['CODE', 'DESCRIPTION', 'PATIENT'],
        (edit, chance) =>
          chance.some(
            edit.rows((cell) => men.has(cell('PATIENT'))),
            4,
          ),
        (edit, row) => {
          edit.set(row, 'CODE', '72892002')
          edit.set(row, 'DESCRIPTION', 'Normal pregnancy')
        },
      )(extract, random)
    },
  },
  {
    id: 's20',
    family: 'negative amounts',
    plain: true,
    plant: inCells(
      'medications',
      ['TOTALCOST'],
      some(6, 'TOTALCOST', (cost) => Number(cost) > 0),
      anew('TOTALCOST', (cost) => `-${cost}`),
    ),
  },
  {
    id: 's21',
    family: 'tenfold values',
    plain: false,
    plant: inCells(
      'observations',
      ['VALUE'],
      numeric('VALUE', ['8302-2'], 4),
      anew('VALUE', (value) => String(Math.round(Number(value) * 10))),
    ),
  },
  {
    id: 's22',
    family: 'footer',
    plain: true,
    plant: (extract) => {
      const table = 'encounters'
      const edit = open(extract, table)
      const all = edit.rows(() => true)
      const sum = all.reduce((total, row) => total + Number(edit.cell(row, 'TOTAL_CLAIM_COST')), 0)
      const cells: Readonly<Record<string, string>> = {
        Id: 'Total',
        DESCRIPTION: `${all.length} rows`,
        TOTAL_CLAIM_COST: sum.toFixed(2),
      }
      edit.insert(all.length + 1, edit.header.map((name) => cells[name] ?? '').join(','))
      return { files: new Map([[table, edit.bytes()]]), places: [{ table, columns: edit.header, rows: [all.length + 1] }] }
    },
  },
  {
    // Two exports joined end to end.
    id: 's23',
    family: 'BOM in the middle',
    plain: true,
    plant: inCells(
      'observations',
      ['DATE'],
      (_, random) => [400 + random.below(200)],
      (edit, row) => edit.setLine(row, `\u00ef\u00bb\u00bf${edit.line(row)}`),
    ),
  },
]

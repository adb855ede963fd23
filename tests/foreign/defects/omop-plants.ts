/** Seventeen defects for the OMOP export (28 persons). */
import { anew, inCells, open, type Plant, serialDay, shiftedDay, some } from './plant.ts'
import { bytesOf, type TableEdit } from './table-edit.ts'

const accented = (edit: TableEdit) => edit.rows((cell) => /[\u0080-\u00ff]/.test(cell('provider_name')))
/** The text behind bytes of UTF-8. */
const read = (bytes: string) => Buffer.from(bytes, 'latin1').toString('utf8')

export const omopPlants: readonly Plant[] = [
  {
    id: 'o01',
    family: 'trailing blanks',
    plain: true,
    plant: inCells(
      'DRUG_EXPOSURE',
      ['drug_source_value'],
      some(20, 'drug_source_value'),
      anew('drug_source_value', (code) => `${code} `),
    ),
  },
  {
    id: 'o02',
    family: 'null words',
    plain: true,
    plant: inCells(
      'VISIT_OCCURRENCE',
      ['provider_id'],
      some(25, 'provider_id'),
      anew('provider_id', (_, random) => random.one(['NULL', 'N/A'])),
    ),
  },
  {
    id: 'o03',
    family: 'duplicate keys',
    plain: true,
    plant: (extract, random) => {
      const table = 'PROCEDURE_OCCURRENCE'
      const columns = ['procedure_occurrence_id']
      const edit = open(extract, table)
      const later = random.some(
        edit.rows((_, row) => row > 700),
        5,
      )
      const first = later.map((row) => row - 600)
      for (const row of later) edit.set(row, 'procedure_occurrence_id', edit.cell(row - 600, 'procedure_occurrence_id'))
      return {
        files: new Map([[table, edit.bytes()]]),
        places: [
          { table, columns, rows: later },
          { table, columns, rows: first },
        ],
      }
    },
  },
  {
    id: 'o04',
    family: 'stop before start',
    plain: false,
    plant: inCells(
      'VISIT_OCCURRENCE',
      ['visit_start_date', 'visit_start_datetime', 'visit_end_date', 'visit_end_datetime'],
      some(8, 'visit_end_date'),
      (edit, row, random) => {
        const end = shiftedDay(edit.cell(row, 'visit_start_date'), -3 - random.below(27))
        edit.set(row, 'visit_end_date', end)
        edit.set(row, 'visit_end_datetime', `${end} 00:00:00`)
      },
    ),
  },
  {
    // A century mistyped; all dates of the record agree with each other.
    id: 'o05',
    family: 'future dates',
    plain: true,
    plant: inCells(
      'DRUG_EXPOSURE',
      [...drugDates()],
      some(5, 'drug_exposure_start_date', (day) => day >= '2001'),
      (edit, row) => {
        for (const name of drugDates()) edit.set(row, name, edit.cell(row, name).replace(/^20/, '21'))
      },
    ),
  },
  {
    id: 'o06',
    family: 'two-digit years',
    plain: true,
    plant: inCells(
      'CONDITION_OCCURRENCE',
      ['condition_start_date'],
      some(20, 'condition_start_date'),
      anew('condition_start_date', (day) => day.slice(2)),
    ),
  },
  {
    id: 'o07',
    family: 'serial dates',
    plain: true,
    plant: inCells(
      'DRUG_EXPOSURE',
      ['drug_exposure_end_date'],
      some(25, 'drug_exposure_end_date'),
      anew('drug_exposure_end_date', serialDay),
    ),
  },
  {
    id: 'o08',
    family: 'mojibake',
    plain: true,
    plant: inCells(
      'PROVIDER',
      ['provider_name'],
      accented,
      anew('provider_name', (bytes) => bytesOf(bytes)),
    ),
  },
  {
    id: 'o09',
    family: 'replaced characters',
    plain: true,
    plant: inCells(
      'PROVIDER',
      ['provider_name'],
      accented,
      anew('provider_name', (bytes) => bytesOf(read(bytes).replace(/[^\u0020-\u007e]/g, '\ufffd'))),
    ),
  },
  {
    id: 'o10',
    family: 'ragged rows',
    plain: true,
    plant: inCells(
      'VISIT_OCCURRENCE',
      ['discharged_to_source_value', 'preceding_visit_occurrence_id'],
      some(4, 'visit_occurrence_id'),
      (edit, row) => edit.setLine(row, edit.line(row).split(',').slice(0, -2).join(',')),
    ),
  },
  {
    id: 'o11',
    family: 'stray quote',
    plain: true,
    plant: inCells(
      'PROCEDURE_OCCURRENCE',
      ['procedure_source_value'],
      (_, random) => [300 + random.below(900)],
      (edit, row) => {
        const code = edit.cell(row, 'procedure_source_value')
        edit.setLine(row, edit.line(row).replace(`,${code},`, `,"${code},`))
      },
    ),
  },
  {
    id: 'o12',
    family: 'NUL bytes',
    plain: true,
    plant: inCells(
      'CONDITION_OCCURRENCE',
      ['condition_source_value'],
      some(4, 'condition_source_value'),
      anew('condition_source_value', (code) => `${code.slice(0, 4)}\u0000${code.slice(4)}`),
    ),
  },
  {
    // The third accented name stays as it was: the file is in two encodings. Read as what most names are, the third is the odd one.
    id: 'o13',
    family: 'bytes of another encoding',
    plain: true,
    plant: (extract, random) => {
      const table = 'PROVIDER'
      const columns = ['provider_name']
      const edit = open(extract, table)
      const all = accented(edit)
      const rows = random.some(all, 2)
      for (const row of rows) anew('provider_name', read)(edit, row, random)
      const others = all.filter((row) => !rows.includes(row))
      return {
        files: new Map([[table, edit.bytes()]]),
        places: [
          { table, columns, rows },
          { table, columns, rows: others },
        ],
      }
    },
  },
  {
    id: 'o14',
    family: 'header repeated',
    plain: true,
    plant: (extract, random) => {
      const table = 'CONDITION_OCCURRENCE'
      const edit = open(extract, table)
      const row = 150 + random.below(150)
      edit.insert(row, edit.header.join(','))
      return { files: new Map([[table, edit.bytes()]]), places: [{ table, columns: edit.header, rows: [row] }] }
    },
  },
  {
    id: 'o15',
    family: 'control characters',
    plain: true,
    plant: inCells(
      'CONCEPT',
      ['concept_name'],
      some(5, 'concept_name', (name) => name.length > 12),
      anew('concept_name', (name, random) => `${name.slice(0, 8)}${random.one(['\u000b', '\u0007', '\u001f'])}${name.slice(8)}`),
    ),
  },
  {
    id: 'o16',
    family: 'thousandfold values',
    plain: false,
    plant: inCells(
      'DRUG_EXPOSURE',
      ['days_supply'],
      some(5, 'days_supply', (days) => Number(days) >= 10),
      anew('days_supply', (days) => `${days}000`),
    ),
  },
  {
    id: 'o17',
    family: 'visit of another patient',
    plain: false,
    plant: (extract, random) => {
      const visits = open(extract, 'VISIT_OCCURRENCE')
      const all = visits
        .rows(() => true)
        .map((row) => [visits.cell(row, 'visit_occurrence_id'), visits.cell(row, 'person_id')] as const)
      return inCells('DRUG_EXPOSURE', ['visit_occurrence_id', 'person_id'], some(10, 'visit_occurrence_id'), (edit, row) => {
        const own = edit.cell(row, 'person_id')
        edit.set(row, 'visit_occurrence_id', random.one(all.filter(([, person]) => person !== own))[0])
      })(extract, random)
    },
  },
]

function drugDates() {
  return [
    'drug_exposure_start_date',
    'drug_exposure_start_datetime',
    'drug_exposure_end_date',
    'drug_exposure_end_datetime',
    'verbatim_end_date',
  ] as const
}

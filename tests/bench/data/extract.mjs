/** The extract that all peers read: seeded, nine columns, commas and line breaks in quotes, one record in a thousand bad. */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'

/** About 250 MB. */
export const usualRecords = 1_455_900

/** Draws below one, the same for the same seed (a 32-bit permutation congruential generator). */
function draws(seed) {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 747796405) + 2891336453) >>> 0
    let word = Math.imul(((state >>> ((state >>> 28) + 4)) ^ state) >>> 0, 277803737) >>> 0
    word = ((word >>> 22) ^ word) >>> 0
    return word / 4294967296
  }
}

const pad = (value, width) => String(value).padStart(width, '0')
const hex = '0123456789abcdef'
const notes = [
  'routine follow-up of blood pressure and weight without change since spring',
  '"seen by the nurse, ""stable"", to return in a week"',
  '"patient called about a refill;\nasked for the larger pack, agreed"',
  'no complaint; wound dry and closed and dressing changed; next visit in ten days',
  '"reports dizziness after standing up, advised to drink more, blood taken"',
]
/** Column and text of every kind of defect. */
const defects = [
  [0, 'A17'],
  [1, '4711'],
  [2, '1980-02-30'],
  [3, 'W'],
  [4, '2024-13-01T08:00:00Z'],
  [5, '5000.01'],
  [6, 'I1O.9'],
  [7, 'x'.repeat(301)],
  [8, 'not-a-uuid'],
]

const patients = 200_000
/** Record numbers look drawn and never repeat: 7919 has no factor in common with 10^8. */
const recordNumber = (patient) => pad((patient * 7919 + 12_345) % 1e8, 8)

/** The table that the second column refers to. */
export function writePatients(path) {
  const lines = ['mrn,name']
  for (let i = 0; i < patients; i++) lines.push(`${recordNumber(i)},Patient ${i}`)
  writeFileSync(path, `${lines.join('\n')}\n`)
}

/** Writes the extract; gives what is in it: `kinds` counts the defects by column. */
export function writeExtract(path, records = usualRecords, seed = 20) {
  const draw = draws(seed)
  const file = openSync(path, 'w')
  let badRecords = 0
  let badCells = 0
  const kinds = new Array(defects.length).fill(0)
  let text = 'id,mrn,born,sex,recorded,dose,code,note,encounter\n'
  let bytes = 0
  for (let i = 0; i < records; i++) {
    let uuid = ''
    for (let k = 0; k < 36; k++) uuid += k === 8 || k === 13 || k === 18 || k === 23 ? '-' : hex[(draw() * 16) | 0]
    const day = pad(1 + ((draw() * 28) | 0), 2)
    const month = pad(1 + ((draw() * 12) | 0), 2)
    const cells = [
      String(i + 1),
      recordNumber((draw() * patients) | 0),
      `${1925 + ((draw() * 99) | 0)}-${month}-${day}`,
      'FMOU'[(draw() * 4) | 0],
      `20${pad((draw() * 25) | 0, 2)}-${month}-${day}T${pad((draw() * 24) | 0, 2)}:${pad((draw() * 60) | 0, 2)}:${pad((draw() * 60) | 0, 2)}Z`,
      draw() < 0.5 ? String((draw() * 5000) | 0) : (draw() * 4999).toFixed(2),
      `${'ABEFIJKMNR'[(draw() * 10) | 0]}${pad((draw() * 100) | 0, 2)}${draw() < 0.6 ? `.${(draw() * 10) | 0}` : ''}`,
      notes[(draw() * notes.length) | 0],
      uuid,
    ]
    if (draw() < 0.001) {
      badRecords++
      const first = (draw() * defects.length) | 0
      const second = draw() < 0.5 ? (first + 1 + ((draw() * (defects.length - 1)) | 0)) % defects.length : first
      for (const kind of new Set([first, second])) {
        const [column, bad] = defects[kind]
        cells[column] = bad
        badCells++
        kinds[column]++
      }
    }
    text += `${cells.join(',')}\n`
    if (text.length > 1 << 20) {
      bytes += writeSync(file, text)
      text = ''
    }
  }
  bytes += writeSync(file, text)
  closeSync(file)
  return { path, bytes, records, badRecords, badCells, kinds }
}

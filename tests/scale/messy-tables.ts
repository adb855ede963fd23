/** Two tables that refer to each other, with what damages files, from a seed. */
import type { ValidateInput } from '../../src/core/data/validate/validate-input.ts'
import { bytesSource } from '../../src/core/operation.ts'
import { counterRandom } from './counter-random.ts'

const encoder = new TextEncoder()

/** @param records of the second table; the first has a third of them */
export function messyTables(seed: number, records: number): ValidateInput {
  const draw = counterRandom(seed)
  const pick = <T>(list: readonly T[]): T => list[draw(list.length)] as T
  const newline = pick(['\n', '\r\n'])
  const people = Math.max(2, Math.floor(records / 3))
  const names = ['Novák', 'O"Brien', 'Smith, J', 'Lee', '', 'NULL', 'MÃ¼ller', 'a\nb', '9/9/9999', ' Ada ']
  const quoted = (text: string): string => (/[",\r\n]/.test(text) || draw(9) === 0 ? `"${text.replaceAll('"', '""')}"` : text)
  const day = (): string =>
    pick([
      '1980-02-03',
      '1999-12-31',
      '2001-02-30',
      '03/04/2001',
      '1900-01-01',
      '',
      `19${50 + draw(50)}-0${1 + draw(9)}-1${draw(10)}`,
    ])
  // Half of the files have nothing between their records: those are cut.
  const isNoisy = draw(2) === 0
  const noise = (): string[] =>
    isNoisy && draw(60) === 0 ? [pick(['', 'a,b', 'x,"y,z', 'id,name,born,score', '# note', '"un"closed,1,2,3', ',,,'])] : []
  const lines: string[] = ['id,name,born,score']
  for (let i = 0; i < people; i++) {
    const id = draw(40) === 0 ? String(draw(people)) : String(i)
    lines.push(...noise(), [`P${id}`, quoted(pick(names)), day(), String(draw(120) - 5)].join(','))
  }
  const visits: string[] = ['visit,patient,started,note']
  for (let i = 0; i < records; i++) {
    const patient = draw(30) === 0 ? `Q${draw(5)}` : `P${draw(people)}`
    visits.push(...noise(), [`V${i - (draw(50) === 0 ? 1 : 0)}`, patient, day(), quoted(pick(names))].join(','))
  }
  if (draw(3) === 0) visits.push('', '')
  const text = (all: readonly string[]): Uint8Array =>
    encoder.encode((draw(4) === 0 ? '\ufeff' : '') + all.join(newline) + (draw(2) === 0 ? newline : ''))
  const schema = {
    resources: [
      {
        name: 'patients',
        schema: {
          fields: [
            { name: 'id', type: 'string' },
            { name: 'name', type: 'string', constraints: { required: true } },
            { name: 'born', type: 'date' },
            { name: 'score', type: 'integer', constraints: { minimum: 0, maximum: 100 } },
          ],
          primaryKey: 'id',
        },
      },
      {
        name: 'visits',
        schema: {
          fields: [
            { name: 'visit', type: 'string' },
            { name: 'patient', type: 'string' },
            { name: 'started', type: 'date' },
            { name: 'note', type: 'string' },
          ],
          primaryKey: 'visit',
          foreignKeys: [{ fields: 'patient', reference: { resource: 'patients', fields: 'id' } }],
        },
      },
    ],
  }
  const source = (name: string, all: readonly string[]): ValidateInput['inputs'][number] => ({
    source: bytesSource(`${name}.csv`, text(all)),
    ...{ side: null, format: null, table: name, reading: { delimiter: ',' }, schema: null },
  })
  return { inputs: [source('visits', visits), source('patients', lines)], package: schema, asOf: '2026-06-30', maxRows: 20 }
}

/** The engine against ajv: the same seeded tables, the same schema, one cast table; each record, column and code must agree. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../src/core/data/model/record.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { chunkedSource, signal } from '../reading.ts'

const tables = process.env.LONG ? 500 : 50
const rowsOfATable = 2000

/** Draws of one table: the same for the same seed. */
class Draw {
  private state: number

  constructor(seed: number) {
    this.state = seed | 0
  }

  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % limit
  }

  of<One>(list: readonly One[]): One {
    const one = list[this.below(list.length)]
    if (one === undefined) throw new Error('nothing to draw from')
    return one
  }

  text(letters: readonly string[], most: number): string {
    return Array.from({ length: this.below(most + 1) }, () => this.of(letters)).join('')
  }
}

interface ColumnKind {
  readonly schema: (draw: Draw) => JsonObject
  readonly cell: (draw: Draw, schema: JsonObject) => string
}

const pad = (n: number, width: number): string => String(n).padStart(width, '0')
const digits = ['0', '1', '2', '5', '9']
const letters = ['a', 'b', 'X', '7', ' ', ',', '"', '\n', 'é', '€', '😀', '-']
const day = (draw: Draw): string => `${1900 + draw.below(200)}-${pad(draw.below(14), 2)}-${pad(draw.below(33), 2)}`

/** Columns whose cells mean the same to both sides: no white space around typed values, at most 15 digits. */
const kinds: readonly ColumnKind[] = [
  {
    schema: (draw) => ({ type: 'integer', minimum: draw.below(50) - 20, maximum: 60 + draw.below(900) }),
    cell: (draw) => draw.of([String(draw.below(1500) - 300), String(draw.below(80)), `${draw.below(9)}x`, '--4', '1.5']),
  },
  {
    schema: (draw) => ({
      type: 'number',
      exclusiveMinimum: draw.of([0, 0.1, -2.5]),
      maximum: draw.of([1, 0.3, 250.125]),
      multipleOf: draw.of([0.5, 0.25, 2]),
    }),
    cell: (draw) =>
      draw.of([`${draw.below(300) - 5}.${draw.of(['0', '5', '25', '125', '75'])}`, String(draw.below(4)), '0.3', '1e1', 'n/a']),
  },
  {
    schema: (draw) => ({ enum: Array.from({ length: 1 + draw.below(20) }, () => `c${draw.below(30)}`) }),
    cell: (draw) => draw.of([`c${draw.below(32)}`, 'é', 'C1', 'a"b']),
  },
  {
    schema: (draw) => ({
      type: 'string',
      pattern: draw.of(['^[A-Z]{2}[0-9]{3}$', '[0-9]{3}', '^(ab|a)b*X?$', '^[^-]+$', '^\\d+(-\\d+)?$']),
    }),
    cell: (draw) =>
      draw.of([`AB${draw.text(digits, 4)}`, draw.text(letters, 6), `ab${draw.text(['b', 'X'], 3)}`, `${draw.text(digits, 3)}-1`]),
  },
  {
    schema: (draw) => ({ type: 'string', minLength: draw.below(4), maxLength: 3 + draw.below(4) }),
    cell: (draw) => draw.text(letters, 9),
  },
  { schema: () => ({ type: 'string', format: 'date' }), cell: (draw) => draw.of([day(draw), day(draw), '2024-1-1', '20240101']) },
  {
    schema: () => ({ type: 'string', format: 'date-time' }),
    cell: (draw) =>
      `${day(draw)}T${pad(draw.below(25), 2)}:${pad(draw.below(62), 2)}:${pad(draw.below(60), 2)}${draw.of(['', '', '.25'])}${draw.of(['Z', '+02:00', '-05:30'])}`,
  },
  {
    schema: () => ({ type: 'string', format: 'uuid' }),
    cell: (draw) => draw.of([draw.text(['a'], 4), '', '-']) + '6ba7b810-9dad-11d1-80b4-00c04fd430c8'.slice(draw.below(2)),
  },
  { schema: () => ({ type: 'boolean' }), cell: (draw) => draw.of(['true', 'false', 'yes', 'TRUE']) },
]

const codeOf: Readonly<Record<string, string>> = {
  type: 'data/type',
  minimum: 'data/range',
  maximum: 'data/range',
  exclusiveMinimum: 'data/range',
  multipleOf: 'data/range',
  enum: 'data/value-list',
  pattern: 'data/pattern',
  minLength: 'data/length',
  maxLength: 'data/length',
}

const judged = new Set([...Object.values(codeOf), 'data/required', 'data/date-format'])

/** Cells that say nothing: they are no members of the record that ajv is shown. */
const nothing = ['', '', '', ' ', '   ', '\t', '\n', '\u00a0', ' \u3000 ']

/** The one cast table: what a cell is to ajv. */
function cast(text: string, type: JsonValue | undefined): JsonValue {
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?(e\d+)?$/.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

async function bothOf(seed: number): Promise<{ engine: Set<string>; ajv: Set<string> }> {
  const draw = new Draw(seed)
  const columns = Array.from({ length: 2 + draw.below(3) }, (_, i) => {
    const kind = draw.of(kinds)
    return { name: `c${i}`, kind, schema: kind.schema(draw) }
  })
  const required = columns.filter(() => draw.below(4) === 0).map(({ name }) => name)
  const schema: JsonObject = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: { id: {}, ...Object.fromEntries(columns.map(({ name, schema: own }) => [name, own])) },
    required,
  }
  const rows = Array.from({ length: rowsOfATable }, () =>
    columns.map(({ kind, schema: own }) => (draw.below(12) === 0 ? draw.of(nothing) : kind.cell(draw, own))),
  )
  return { engine: await engineOf(schema, columns, rows, draw), ajv: ajvOf(schema, columns, rows) }
}

type Columns = readonly { readonly name: string; readonly schema: JsonObject }[]
type Rows = readonly (readonly string[])[]

async function engineOf(schema: JsonObject, columns: Columns, rows: Rows, draw: Draw): Promise<Set<string>> {
  const written = (cell: string): string =>
    /[",\n]/.test(cell) || draw.below(5) === 0 ? `"${cell.replaceAll('"', '""')}"` : cell
  const lines = [['id', ...columns.map(({ name }) => name)], ...rows.map((row, i) => [`r${i + 1}`, ...row])]
  const bytes = new TextEncoder().encode(lines.map((line) => `${line.map(written).join(',')}\n`).join(''))
  const source = draw.below(2) === 0 ? bytesSource('t.csv', bytes) : chunkedSource('t.csv', bytes, [1 + draw.below(5000)])
  const reading = { encoding: 'utf-8', delimiter: ',', quote: '"', escape: '"', headerRows: 1, skipRows: 0 }
  const { findings, notEvaluated } = await finish(
    validate(
      {
        inputs: [{ source, side: null, format: 'csv', table: 't', reading, schema }],
        maxRows: rows.length * 2,
        watch: false,
      },
      signal,
    ),
  )
  expect(notEvaluated.filter(({ what }) => what.startsWith('data/'))).toEqual([])
  const found = new Set<string>()
  for (const { code, count, sample } of findings) {
    if (!judged.has(code)) continue
    expect(sample).toHaveLength(count)
    for (const { at } of sample) found.add(at.kind === 'cell' ? `${at.record} ${at.field} ${code}` : `not at a cell: ${code}`)
  }
  return found
}

function ajvOf(schema: JsonObject, columns: Columns, rows: Rows): Set<string> {
  const ajv = new Ajv2020({ allErrors: true, strict: false })
  formats(ajv)
  const judge = ajv.compile(schema)
  const found = new Set<string>()
  rows.forEach((row, i) => {
    const record = Object.fromEntries(
      columns.flatMap(({ name, schema: own }, column) => {
        const text = row[column] ?? ''
        return text.trim() === '' ? [] : [[name, cast(text, own.type)]]
      }),
    )
    if (judge(record)) return
    const codes = (judge.errors ?? []).map(({ keyword, instancePath, params }) => ({
      field: keyword === 'required' ? String(params.missingProperty) : instancePath.slice(1),
      code: keyword === 'required' ? 'data/required' : keyword === 'format' ? formatCode(params.format) : codeOf[keyword],
    }))
    // A text that is no whole number is not said to be out of range as well.
    const decided = new Set(codes.filter(({ code }) => code === 'data/type').map(({ field }) => field))
    for (const { field, code } of codes) if (code === 'data/type' || !decided.has(field)) found.add(`${i + 1} ${field} ${code}`)
  })
  return found
}

function formatCode(format: unknown): string {
  return format === 'uuid' ? 'data/type' : 'data/date-format'
}

test(`engine and ajv agree on each cell of ${tables * rowsOfATable} seeded records`, async () => {
  let flagged = 0
  for (let seed = 1; seed <= tables; seed++) {
    const { engine, ajv } = await bothOf(seed)
    const only = (a: Set<string>, b: Set<string>): string[] => [...a].filter((entry) => !b.has(entry)).slice(0, 5)
    expect({ seed, engineOnly: only(engine, ajv), ajvOnly: only(ajv, engine) }).toEqual({ seed, engineOnly: [], ajvOnly: [] })
    flagged += engine.size
  }
  expect(flagged).toBeGreaterThan(tables * rowsOfATable * 0.3)
})

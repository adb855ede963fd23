/** The columns of a fixed-width file from a file: JSON as in a project, or a small CSV with name, start and width. */

import { readFileSync } from 'node:fs'
import { InvalidArgumentError } from 'commander'
import type { FixedColumn, FixedLayout } from '../../core/data/model/source.ts'
import { layoutFault } from '../../core/data/read/layout/fixed-width.ts'
import { parseCsvText } from '../../core/values/csv-text.ts'
import { isObject } from '../../core/values/json.ts'

const forms = 'It takes JSON ({"unit": "bytes", "columns": [{"name", "start", "width"}]}) or CSV with a line name,start,width.'

export function layoutIn(path: string): FixedLayout {
  let text: string
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch {
    throw new InvalidArgumentError(`The file can not be read. ${forms}`)
  }
  const layout = /^\s*[{[]/.test(text) ? ofJson(text) : ofCsv(text)
  const fault = layout === null ? forms : layoutFault(layout)
  if (layout === null || fault !== null) throw new InvalidArgumentError(fault ?? forms)
  return layout
}

function ofJson(text: string): FixedLayout | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const given = isObject(value) ? value : { columns: value }
  const { unit = 'bytes', columns, recordLength } = given
  if ((unit !== 'bytes' && unit !== 'characters') || !Array.isArray(columns)) return null
  const found: FixedColumn[] = []
  for (const column of columns) {
    if (!isObject(column) || typeof column.name !== 'string') return null
    found.push({ name: column.name, start: Number(column.start), width: Number(column.width) })
  }
  return { unit, columns: found, ...(recordLength === undefined ? {} : { recordLength: Number(recordLength) }) }
}

function ofCsv(text: string): FixedLayout | null {
  const [head, ...lines] = parseCsvText(text)
  const names = (head?.cells ?? []).map((name) => name.trim().toLowerCase())
  const [name, start, width] = ['name', 'start', 'width'].map((wanted) => names.indexOf(wanted))
  if (name === undefined || start === undefined || width === undefined || Math.min(name, start, width) < 0) return null
  const columns = lines.map((line) => {
    const cells = line.cells.map((cell) => cell.trim())
    return { name: cells[name] ?? '', start: wholeOf(cells[start]), width: wholeOf(cells[width]) }
  })
  return { unit: 'bytes', columns }
}

/** NaN for an empty cell, which is no place at all. */
function wholeOf(cell: string | undefined): number {
  return cell === undefined || cell === '' ? Number.NaN : Number(cell)
}

/** Small tables that a command takes apart exactly: read as every other verb reads tables, with a header line, and no record passed over. */
import { readTable } from '../../core/data/read/table.ts'
import { InputError } from '../shell/usage-error.ts'
import { openInputs } from './data-inputs.ts'

const neverAborted = new AbortController().signal

export interface StrictTable {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** @throws InputError where the file is no table, was not read whole, or a record has another number of cells than the header */
export async function readStrictTable(path: string): Promise<StrictTable> {
  const { inputs } = await openInputs([path], { headerRows: 1 })
  const [input, second] = inputs
  if (input === undefined || second !== undefined) throw new InputError(`${path} holds ${inputs.length} tables; name one.`)
  let header: readonly string[] = []
  const rows: (readonly string[])[] = []
  for await (const event of readTable(input.source, input.reading, neverAborted)) {
    if (event.kind === 'structure') header = event.structure.header
    else if (event.kind === 'end' && event.status !== 'read')
      throw new InputError(`${path} was not read whole; carryover validate ${path} says where it breaks.`)
    else if (event.kind === 'rows')
      for (const { cells, record, line } of event.rows) {
        if (cells.length !== header.length)
          throw new InputError(`${path}: record ${record}, line ${line} has ${cells.length} cells, the header ${header.length}.`)
        rows.push([...cells])
      }
  }
  if (header.length === 0) throw new InputError(`${path} is empty: a header line is needed.`)
  return { header, rows }
}

/** Index of a column that must be there. */
export function columnOf(table: StrictTable, name: string, path: string): number {
  const index = table.header.indexOf(name)
  if (index < 0) throw new InputError(`${path} has no column "${name}"; it has ${table.header.join(', ')}.`)
  return index
}

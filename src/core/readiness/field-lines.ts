/** What the criteria read of `mapping/fields.csv`: which legacy field goes where, and who says so. */

export interface FieldLine {
  readonly source: string
  readonly field: string
  readonly target: string
  readonly required: boolean
  /** unmapped, suggested, confirmed, not-carried; anything else is kept as written. */
  readonly status: string
  readonly reason: string
  readonly by: string
}

/** Reads the field map by its header; a text without the header columns gives no lines. */
export function readFieldLines(text: string): readonly FieldLine[] {
  const [header, ...rows] = cellsOf(text)
  if (!header) return []
  const at = (name: string): number => header.indexOf(name)
  if (at('legacy_field') < 0 || at('status') < 0) return []
  return rows
    .filter((row) => row.length > 1)
    .map((row) => {
      const cell = (name: string): string => row[at(name)]?.trim() ?? ''
      return {
        source: cell('legacy_source'),
        field: cell('legacy_field'),
        target: cell('target'),
        required: /^(true|yes|1)$/i.test(cell('required')),
        status: cell('status').toLowerCase(),
        reason: cell('reason'),
        by: cell('by'),
      }
    })
}

/** RFC 4180 cells of a document this project wrote itself. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    const [whole, quoted, plain, end] = match
    if (whole === '' && row.length === 0) continue
    row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

/** The field map and the value maps that a person who knows both systems would write, as files of the project format. */

export interface Line {
  readonly source: string
  readonly fields: readonly string[]
  readonly rule: string
  readonly params: string
  readonly target: string
  readonly status: 'confirmed' | 'not-carried'
  readonly reason: string
}

export interface ValueLine {
  readonly from: string
  readonly words: string
  readonly system: string
  readonly to: string
}

export const author = 'analyst'

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
const csv = (rows: readonly (readonly string[])[]): string => rows.map((row) => `${row.map(quoted).join(',')}\n`).join('')

/** Collects lines and value maps while the tables are described. */
export class FieldMap {
  readonly lines: Line[] = []
  private readonly values = new Map<string, Map<string, ValueLine>>()

  carry(source: string, fields: readonly string[], rule: string, params: string, target: string, reason = ''): void {
    this.lines.push({ source, fields, rule, params, target, status: 'confirmed', reason })
  }

  leave(source: string, field: string, reason: string): void {
    this.lines.push({ source, fields: [field], rule: '', params: '', target: '', status: 'not-carried', reason })
  }

  /** Adds to a value map; of two lines for one legacy word the first stands. */
  value(map: string, line: ValueLine): void {
    const held = this.values.get(map) ?? new Map<string, ValueLine>()
    if (!held.has(line.from)) held.set(line.from, line)
    this.values.set(map, held)
  }

  files(): ReadonlyMap<string, Uint8Array> {
    const header = ['legacy_source', 'legacy_field', 'rule', 'params', 'target', 'required', 'status', 'reason', 'by']
    // A column that one kind of record leaves and another carries is carried.
    const carried = new Set(
      this.lines
        .filter(({ status }) => status === 'confirmed')
        .flatMap(({ source, fields }) => fields.map((one) => `${source}\n${one}`)),
    )
    const kept = this.lines.filter(
      ({ status, source, fields }) => status === 'confirmed' || !carried.has(`${source}\n${fields[0]}`),
    )
    const rows = kept.map(({ source, fields, rule, params, target, status, reason }) => [
      ...[source, fields.join(' + '), rule, params, target, '', status, reason],
      author,
    ])
    const encoder = new TextEncoder()
    const files = new Map([['mapping/fields.csv', encoder.encode(csv([header, ...rows]))]])
    for (const [name, lines] of this.values) {
      const values = [...lines.values()].map(({ from, words, system, to }) => [from, words, system, to, 'equivalent'])
      const columns = ['source_code', 'source_display', 'target_system', 'target_code', 'relationship']
      files.set(`mapping/values/${name}.csv`, encoder.encode(csv([columns, ...values])))
    }
    return files
  }
}

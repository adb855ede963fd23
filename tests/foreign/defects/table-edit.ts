/** A CSV table under the hands of whoever plants a defect: bytes of untouched records stay as they are. */

/** Text in which each character is one byte. */
export type Bytes = string

export const bytesOf = (text: string): Bytes => Buffer.from(text, 'utf8').toString('latin1')

export class TableEdit {
  readonly header: readonly string[]
  private readonly first: Bytes
  private readonly lines: Bytes[]
  private readonly newline: Bytes

  constructor(bytes: Uint8Array) {
    const text: Bytes = Buffer.from(bytes).toString('latin1')
    this.newline = text.includes('\r\n') ? '\r\n' : '\n'
    const [first = '', ...lines] = text.split(this.newline)
    if (lines.at(-1) === '') lines.pop()
    this.first = first
    this.lines = lines
    this.header = split(first)
  }

  get count(): number {
    return this.lines.length
  }

  /** Numbers of the records (the first after the header is 1) whose cells are so. */
  rows(are: (cell: (name: string) => string, row: number) => boolean): readonly number[] {
    return this.lines.flatMap((_, index) => (are((name) => this.cell(index + 1, name), index + 1) ? [index + 1] : []))
  }

  cell(row: number, name: string): string {
    return split(this.line(row))[this.at(name)] ?? ''
  }

  line(row: number): Bytes {
    const line = this.lines[row - 1]
    if (line === undefined) throw new Error(`There is no record ${row}.`)
    return line
  }

  set(row: number, name: string, value: Bytes): void {
    const cells = [...split(this.line(row))]
    cells[this.at(name)] = value
    this.lines[row - 1] = cells.map(written).join(',')
  }

  setLine(row: number, line: Bytes): void {
    this.lines[row - 1] = line
  }

  /** Puts a line before the record of that number; the next number after the last appends it. */
  insert(row: number, line: Bytes): void {
    this.lines.splice(row - 1, 0, line)
  }

  bytes(header: readonly string[] = this.header): Uint8Array {
    const first = header === this.header ? this.first : header.map(written).join(',')
    return Buffer.from([first, ...this.lines, ''].join(this.newline), 'latin1')
  }

  private at(name: string): number {
    const at = this.header.indexOf(name)
    if (at < 0) throw new Error(`There is no column ${name}.`)
    return at
  }
}

const written = (cell: Bytes) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** The cells of one line; no cell of the two extracts spans lines. */
function split(line: Bytes): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
}

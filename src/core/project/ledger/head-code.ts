/** The head of a ledger as a QR code (ISO/IEC 18004): printed on paper it is out of reach of an editor of the file. */
import encodeQr from 'qr'

export interface HeadCode {
  /** Modules per side, the quiet zone of four included. */
  readonly size: number
  /** Dark modules as one SVG path in units of modules; the same head gives the same bytes. */
  readonly path: string
}

const quietZone = 4

export function headCode(head: string): HeadCode {
  const rows = encodeQr(head, 'raw', { ecc: 'medium', border: quietZone })
  const path = rows.map((row, y) => rowPath(row, y)).join('')
  return { size: rows.length, path }
}

function rowPath(row: readonly boolean[], y: number): string {
  let path = ''
  for (let x = 0; x < row.length; x++) {
    if (!row[x] || row[x - 1]) continue
    let end = x
    while (row[end + 1]) end++
    path += `M${x} ${y}h${end - x + 1}v1h-${end - x + 1}z`
  }
  return path
}

/** Small archives and workbooks for the examples of checks, made when they are asked for. */
import { crc32 } from '../../read/containers/unpacked/inflate.ts'

const encoder = new TextEncoder()

/** A zip archive of stored entries; with `damaged` their checksums are wrong. */
export function packed(files: readonly (readonly [string, string])[], damaged = false): Uint8Array {
  const bytes: number[] = []
  const directory: number[] = []
  const number = (value: number, length: number): number[] => Array.from({ length }, (_, i) => Math.floor(value / 256 ** i) % 256)
  for (const [name, text] of files) {
    const content = encoder.encode(text)
    const path = encoder.encode(name)
    const sum = crc32(content, 0)
    const shared = [
      ...[20, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      ...number(damaged ? sum ^ 1 : sum, 4),
      ...number(content.length, 4),
      ...number(content.length, 4),
      ...number(path.length, 2),
      ...[0, 0],
    ]
    directory.push(0x50, 0x4b, 1, 2, 20, 0, ...shared, ...number(0, 10), ...number(bytes.length, 4), ...path)
    bytes.push(0x50, 0x4b, 3, 4, ...shared, ...path, ...content)
  }
  const counts = [...number(files.length, 2), ...number(files.length, 2)]
  const end = [0x50, 0x4b, 5, 6, 0, 0, 0, 0, ...counts, ...number(directory.length, 4), ...number(bytes.length, 4), 0, 0]
  return Uint8Array.from([...bytes, ...directory, ...end])
}

/** A workbook of one sheet with these rows as XML. */
export function workbook(rows: string): Uint8Array {
  return packed([
    ['[Content_Types].xml', '<Types/>'],
    ['xl/workbook.xml', '<workbook><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>'],
    [
      'xl/_rels/workbook.xml.rels',
      '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    ],
    ['xl/worksheets/sheet1.xml', `<worksheet><sheetData>${rows}</sheetData></worksheet>`],
  ])
}

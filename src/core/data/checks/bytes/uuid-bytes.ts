/** UUIDs judged on bytes: 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12. */
import { placesQuestion } from '../../read/records/column-kernels.ts'
import type { BytesTest, CellColumn } from '../contract/check.ts'

const isHex = new Uint8Array(256)
for (const letter of '0123456789abcdefABCDEF') isHex[letter.charCodeAt(0)] = 1
const hyphen = 45
const isHyphen = new Uint8Array(256)
isHyphen[hyphen] = 1
const question = placesQuestion(Array.from({ length: 36 }, (_, place) => ([8, 13, 18, 23].includes(place) ? isHyphen : isHex)))

export const isUuid: BytesTest = Object.assign(
  (bytes: Uint8Array, start: number, end: number): boolean => end - start === 36 && hasGroups(bytes, start),
  { all: markUuids, ...(question && { question }), excludesOrder: true, excludesSuspects: true },
)

function markUuids({ bytes, starts, ends, at, step, count }: CellColumn, marks: Uint8Array): void {
  for (let cell = at, row = 0; row < count; row++, cell += step) {
    const start = starts[cell] as number
    const length = (ends[cell] as number) - start
    if (length !== 0 && (length !== 36 || !hasGroups(bytes, start))) marks[row] = 1
  }
}

function hasGroups(bytes: Uint8Array, start: number): boolean {
  if (bytes[start + 8] !== hyphen || bytes[start + 13] !== hyphen || bytes[start + 18] !== hyphen || bytes[start + 23] !== hyphen)
    return false
  let digits = 0
  for (let i = start; i < start + 36; i += 4)
    digits +=
      (isHex[bytes[i] as number] as number) +
      (isHex[bytes[i + 1] as number] as number) +
      (isHex[bytes[i + 2] as number] as number) +
      (isHex[bytes[i + 3] as number] as number)
  return digits === 32
}

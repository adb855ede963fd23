/** Questions of the SIMD kernel about columns: what it settles passes the test of the cell, and of usual cells it settles all. */
import { expect, test } from 'vitest'
import { byteList } from '../../../../../src/core/data/checks/bytes/byte-list.ts'
import { datesOfColumn, plainDates } from '../../../../../src/core/data/checks/bytes/date-bytes.ts'
import { isPlainInteger, isPlainNumber, rangeBytes } from '../../../../../src/core/data/checks/bytes/number-bytes.ts'
import { isUuid } from '../../../../../src/core/data/checks/bytes/uuid-bytes.ts'
import { length } from '../../../../../src/core/data/checks/cell/length.ts'
import { pattern } from '../../../../../src/core/data/checks/cell/pattern.ts'
import type { BytesTest, CellJudge } from '../../../../../src/core/data/checks/contract/check.ts'
import { allowKernel } from '../../../../../src/core/data/read/records/kernel-permit.ts'
import { StructuralIndex } from '../../../../../src/core/data/read/records/structural-index.ts'
import { ESCAPED } from '../../../../../src/core/data/read/text/record-view.ts'
import { seededRandom } from '../../../../../src/core/random.ts'
import { decimalOf } from '../../../../../src/core/values/decimal.ts'

const limit = (value: string, isMinimum: boolean, exclusive: boolean) => {
  const decimal = decimalOf(value)
  if (decimal === null) throw new Error(value)
  return { value: decimal, isMinimum, exclusive }
}
const bound = (judge: CellJudge | string): BytesTest => {
  if (typeof judge === 'string' || !judge.passes) throw new Error('no test')
  return judge.passes
}
const dates = (type: 'date' | 'datetime'): BytesTest => {
  const read = plainDates(type, 'default')
  return Object.assign(
    (bytes: Uint8Array, start: number, end: number, flags: number) => (flags & ESCAPED) === 0 && read(bytes, start, end) >= 0,
    datesOfColumn(type, 'default'),
  )
}

const tests: Readonly<Record<string, readonly [BytesTest | null, readonly string[]]>> = {
  uuid: [isUuid, ['9d188916-8390-282b-3ec2-73fce6e08649', '9D188916-8390-282B-3EC2-73FCE6E08649']],
  pattern: [bound(pattern.bind({ pattern: '[A-TV-Z][0-9][0-9A-Z]\\.[0-9]', whole: true })), ['E11.9', 'Z9A.0']],
  'pattern of many ranges': [bound(pattern.bind({ pattern: '[A-CE-GI-KM-O][0-9]{3}[AFZ,]', whole: true })), ['A123F', 'O000Z']],
  'pattern of two pieces': [bound(pattern.bind({ pattern: '[0-9A-F]{17}-[a-z]', whole: true })), ['0123456789ABCDEF0-x']],
  day: [dates('date'), ['1980-06-30', '2001-12-31', '1999-02-28', '0001-01-01']],
  moment: [dates('datetime'), ['1980-06-30T23:59:59', '2001-12-31 00:00:00Z', '1999-02-28T12:30:00-05:00']],
  integer: [isPlainInteger, ['7', '-12', '+0', '123456789012345']],
  number: [isPlainNumber(46), ['7', '-1.25', '.5', '5.', '+0.000']],
  'number with a comma': [isPlainNumber(44), ['"1,25"', '7', '"-,5"']],
  range: [
    rangeBytes([limit('-0.5', true, false), limit('99.95', false, true)], null, 46),
    ['99.94', '-0.5', '99.949999999', '0'],
  ],
  list: [byteList(['F', 'M', 'unknown']), ['F', 'M']],
  length: [bound(length.bind({ minLength: 2, maxLength: 8 })), ['ab', 'abcdefgh']],
  'length in characters': [bound(length.bind({ maxLength: 8 })), ['a', 'Zoë', '"12,4567"']],
}
const marks = '0123456789-+:.,TZ/ afAFé"#'

test.each(Object.entries(tests))('%s: what the kernel settles is what the test passes', (_, [own, usual]) => {
  allowKernel()
  const index = StructuralIndex.of(2, 44, 34)
  const question = own?.question
  if (!index || !own || !question) throw new Error('no kernel or no question')
  const random = seededRandom('questions')
  const cells = Array.from({ length: 3000 }, (_, row) => {
    const cell = random.pick(usual)
    if (row < 1000) return cell
    const at = random.below(cell.length + 1)
    const edited = cell.slice(0, at) + random.pick([...marks, '']) + cell.slice(at + random.below(2))
    return /[",]/.test(edited) ? `"${edited.replaceAll('"', '""')}"` : edited
  })
  const bytes = new TextEncoder().encode(cells.map((cell) => `${cell},\n`).join(''))
  const { block } = index
  let row = 0
  let settled = 0
  for (let at = 0; at < bytes.length; row += block.count) {
    at = index.read(bytes, at, 64, () => false)
    expect(block.count).toBeGreaterThan(0)
    const many = block.kernels?.ask(question, { at: 0, step: 2, count: block.count }) ?? 0
    const listed = new Set(block.kernels?.found.subarray(0, many))
    for (let i = 0; i < block.count; i++) {
      const [start = 0, end = 0, flags = 0] = [block.starts[i * 2], block.ends[i * 2], block.flags[i * 2]]
      if (!listed.has(i)) {
        settled++
        expect(start === end || own(bytes, start, end, flags), `${cells[row + i]} is settled`).toBe(true)
      }
      if (row + i < 1000) expect(listed.has(i), `${cells[row + i]} is listed`).toBe(false)
    }
  }
  expect(row).toBe(3000)
  expect(settled).toBeGreaterThan(1000)
})

/** Every transform a field line may name. */
import type { Transform } from '../../model/carried.ts'
import { affix } from './affix.ts'
import { base64 } from './base64.ts'
import { capture } from './capture.ts'
import { coalesce } from './coalesce.ts'
import { code } from './code.ts'
import { concat } from './concat.ts'
import { constant } from './constant.ts'
import { copy } from './copy.ts'
import { date, dateTime } from './date.ts'
import { dateFormat } from './date-format.ts'
import { datePart } from './date-part.ts'
import { ifElse } from './if-else.ts'
import { letterCase } from './letter-case.ts'
import { lookup } from './lookup.ts'
import { namePart } from './name-part.ts'
import { numberFormat } from './number-format.ts'
import { pad } from './pad.ts'
import { quantity } from './quantity.ts'
import { recordId } from './record-id.ts'
import { reference } from './reference.ts'
import { split } from './split.ts'
import { trim } from './trim.ts'
import { unitConvert } from './unit-convert.ts'
import { valueMap } from './value-map.ts'

export const transforms: readonly Transform[] = [
  affix,
  base64,
  capture,
  letterCase,
  coalesce,
  code,
  concat,
  constant,
  copy,
  date,
  dateFormat,
  datePart,
  dateTime,
  ifElse,
  lookup,
  namePart,
  numberFormat,
  pad,
  quantity,
  recordId,
  reference,
  split,
  trim,
  unitConvert,
  valueMap,
]

export function transformNamed(name: string): Transform | undefined {
  return transforms.find((one) => one.name === name)
}

/** Every transform a field line may name. */
import type { Transform } from '../carried.ts'
import { affix } from './affix.ts'
import { base64 } from './base64.ts'
import { code } from './code.ts'
import { concat } from './concat.ts'
import { constant } from './constant.ts'
import { copy } from './copy.ts'
import { date, dateTime } from './date.ts'
import { namePart } from './name-part.ts'
import { quantity } from './quantity.ts'
import { reference } from './reference.ts'
import { valueMap } from './value-map.ts'

export const transforms: readonly Transform[] = [
  affix,
  base64,
  code,
  concat,
  constant,
  copy,
  date,
  dateTime,
  namePart,
  quantity,
  reference,
  valueMap,
]

export function transformNamed(name: string): Transform | undefined {
  return transforms.find((one) => one.name === name)
}

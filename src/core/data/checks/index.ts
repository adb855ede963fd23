/** All checks over tables, and the words of every code of the data wing. */
import type { Wording } from '../../rule.ts'
import { fhirWordings } from '../fhir/codes.ts'
import { blankLine } from './blank-line.ts'
import type { CellCheck, Check } from './check.ts'
import { controlTotal } from './control-total.ts'
import { dateFormat } from './date-format.ts'
import { dateOrder, dateOrderUndecided } from './date-order.ts'
import { dialectUncertain } from './dialect-uncertain.ts'
import { documentTooLarge } from './document-too-large.ts'
import { emptyFile } from './empty-file.ts'
import { encodingDamage } from './encoding-damage.ts'
import { endlessRecord } from './endless-record.ts'
import { footer } from './footer.ts'
import { foreignKey } from './foreign-key.ts'
import { header } from './header.ts'
import { headerOnly } from './header-only.ts'
import { invalidBytes } from './invalid-bytes.ts'
import { invalidJson } from './invalid-json.ts'
import { jsonSchema } from './json-schema.ts'
import { leadingZero } from './leading-zero.ts'
import { length } from './length.ts'
import { loneSurrogate } from './lone-surrogate.ts'
import { manifest } from './manifest.ts'
import { noHeader } from './no-header.ts'
import { notAResource } from './not-a-resource.ts'
import { nulByte } from './nul-byte.ts'
import { pattern } from './pattern.ts'
import { preamble } from './preamble.ts'
import { raggedRow } from './ragged-row.ts'
import { range } from './range.ts'
import { recordTooLong } from './record-too-long.ts'
import { repeatedHeader } from './repeated-header.ts'
import { required } from './required.ts'
import { resourceTypeMissing } from './resource-type-missing.ts'
import { strayQuote } from './stray-quote.ts'
import { swallowedRecords } from './swallowed-records.ts'
import { tornJson } from './torn-json.ts'
import { type } from './type.ts'
import { uniqueKey } from './unique-key.ts'
import { unreadable } from './unreadable.ts'
import { valueList } from './value-list.ts'

/** Checks of one cell or column that a constraint can ask for by code. */
export const cellChecks: readonly CellCheck[] = [
  type,
  dateFormat,
  valueList,
  range,
  length,
  pattern,
  leadingZero,
  encodingDamage,
  dateOrder,
  dateOrderUndecided,
]

export const checks: readonly Check[] = [
  ...cellChecks,
  required,
  header,
  uniqueKey,
  foreignKey,
  jsonSchema,
  blankLine,
  controlTotal,
  dialectUncertain,
  documentTooLarge,
  emptyFile,
  endlessRecord,
  footer,
  headerOnly,
  invalidBytes,
  invalidJson,
  loneSurrogate,
  manifest,
  noHeader,
  notAResource,
  nulByte,
  preamble,
  raggedRow,
  recordTooLong,
  repeatedHeader,
  resourceTypeMissing,
  strayQuote,
  swallowedRecords,
  tornJson,
  unreadable,
]

const byCode: ReadonlyMap<string, Wording> = new Map([...checks, ...fhirWordings].map((wording) => [wording.code, wording]))

/** The words of a code of the data wing, FHIR included; null for a code of another wing. */
export function wordingOf(code: string): Wording | null {
  return byCode.get(code) ?? null
}

/** All checks over tables, and the words of every code of the data wing. */
import type { Wording } from '../../rule.ts'
import { fhirWordings } from '../fhir/codes.ts'
import { afterBirth } from './after-birth.ts'
import { afterExtract } from './after-extract.ts'
import { beforeDeath } from './before-death.ts'
import { blankLine } from './blank-line.ts'
import { byteOrderMark } from './byte-order-mark.ts'
import type { CellCheck, Check } from './check.ts'
import { checkDigit } from './check-digit.ts'
import type { ColumnCheck } from './column-check.ts'
import { commentLine } from './comment-line.ts'
import { condition } from './condition.ts'
import { controlCharacter } from './control-character.ts'
import { controlCode } from './control-code.ts'
import { controlTotal } from './control-total.ts'
import { customRule } from './custom-rule.ts'
import { damagedContainer } from './damaged-container.ts'
import { dateFormat } from './date-format.ts'
import { dateOrder, dateOrderUndecided } from './date-order.ts'
import { declaredFile } from './declared-file.ts'
import { dependentList } from './dependent-list.ts'
import { dependentValue } from './dependent-value.ts'
import { derivedValue } from './derived-value.ts'
import { dialectUncertain } from './dialect-uncertain.ts'
import { documentTooLarge } from './document-too-large.ts'
import { emptyFile } from './empty-file.ts'
import { emptyRecord } from './empty-record.ts'
import { encodingDamage } from './encoding-damage.ts'
import { encodingUncertain } from './encoding-uncertain.ts'
import { endlessRecord } from './endless-record.ts'
import { exchangedCells } from './exchanged-cells.ts'
import { exchangedColumns } from './exchanged-columns.ts'
import { exportError } from './export-error.ts'
import { footer } from './footer.ts'
import { foreignCode } from './foreign-code.ts'
import { foreignKey } from './foreign-key.ts'
import { formulaWithoutValue } from './formula-without-value.ts'
import { header } from './header.ts'
import { headerOnly } from './header-only.ts'
import { hiddenCells } from './hidden-cells.ts'
import { implausibleSex } from './implausible-sex.ts'
import { intervalOverlap } from './interval-overlap.ts'
import { invalidBytes } from './invalid-bytes.ts'
import { invalidJson } from './invalid-json.ts'
import { januaryFirst } from './january-first.ts'
import { jsonDuplicateName } from './json-duplicate-name.ts'
import { jsonNumberPrecision } from './json-number-precision.ts'
import { jsonSchema } from './json-schema.ts'
import { leadingZero } from './leading-zero.ts'
import { length } from './length.ts'
import { loneSurrogate } from './lone-surrogate.ts'
import { lostZeros } from './lost-zeros.ts'
import { manifest } from './manifest.ts'
import { mergeChain } from './merge-chain.ts'
import { mixedDecimal } from './mixed-decimal.ts'
import { mixedZone } from './mixed-zone.ts'
import { noHeader } from './no-header.ts'
import { notAResource } from './not-a-resource.ts'
import { nulByte } from './nul-byte.ts'
import { numericSentinel } from './numeric-sentinel.ts'
import { oneOf } from './one-of.ts'
import { order } from './order.ts'
import { outerBlank } from './outer-blank.ts'
import { pattern } from './pattern.ts'
import { picklist } from './picklist.ts'
import { plausibleRange } from './plausible-range.ts'
import { preamble } from './preamble.ts'
import { raggedRow } from './ragged-row.ts'
import { range } from './range.ts'
import type { RecordCheck } from './record-check.ts'
import { recordTooLong } from './record-too-long.ts'
import { repeatedHeader } from './repeated-header.ts'
import { repeatedRecord } from './repeated-record.ts'
import { required } from './required.ts'
import { resourceTypeMissing } from './resource-type-missing.ts'
import { retiredId } from './retired-id.ts'
import { schemaKeyword } from './schema-keyword.ts'
import { sentinelDate } from './sentinel-date.ts'
import { sequence } from './sequence.ts'
import { severalTables } from './several-tables.ts'
import { shiftedRecord } from './shifted-record.ts'
import { shortYear } from './short-year.ts'
import { spreadsheetDamage } from './spreadsheet-damage.ts'
import { strayQuote } from './stray-quote.ts'
import { sum } from './sum.ts'
import { swallowedRecords } from './swallowed-records.ts'
import type { TableCheck } from './table-check.ts'
import { textFormat } from './text-format.ts'
import { tornJson } from './torn-json.ts'
import { tornRecord } from './torn-record.ts'
import { truncation } from './truncation.ts'
import { type } from './type.ts'
import { unevenZeros } from './uneven-zeros.ts'
import { uniqueKey } from './unique-key.ts'
import { unlikeOthers } from './unlike-others.ts'
import { unreadable } from './unreadable.ts'
import { valueList } from './value-list.ts'
import { withinEncounter } from './within-encounter.ts'
import { wrongPatient } from './wrong-patient.ts'
import { zoneShift } from './zone-shift.ts'

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

/** Checks of whole records that a rule can ask for by code. */
export const recordChecks: readonly RecordCheck[] = [
  order,
  sum,
  oneOf,
  condition,
  dependentList,
  afterBirth,
  beforeDeath,
  withinEncounter,
  afterExtract,
  plausibleRange,
  wrongPatient,
  implausibleSex,
  retiredId,
  lostZeros,
]

/** Checks of all records of a table together that a rule can ask for by code. */
export const tableChecks: readonly TableCheck[] = [
  intervalOverlap,
  sequence,
  mergeChain,
  zoneShift,
  repeatedRecord,
  dependentValue,
  derivedValue,
  unlikeOthers,
  exchangedColumns,
  exchangedCells,
  shiftedRecord,
]

/** Checks that watch every column, and those that do where a rule asks. */
export const columnChecks: readonly ColumnCheck[] = [
  checkDigit,
  spreadsheetDamage,
  sentinelDate,
  januaryFirst,
  shortYear,
  truncation,
  numericSentinel,
  controlCharacter,
  controlCode,
  outerBlank,
  mixedDecimal,
  mixedZone,
  unevenZeros,
  foreignCode,
  picklist,
  textFormat,
]

export const checks: readonly Check[] = [
  ...cellChecks,
  ...recordChecks,
  ...tableChecks,
  ...columnChecks,
  customRule,
  declaredFile,
  schemaKeyword,
  required,
  header,
  uniqueKey,
  foreignKey,
  jsonSchema,
  blankLine,
  byteOrderMark,
  commentLine,
  damagedContainer,
  formulaWithoutValue,
  hiddenCells,
  severalTables,
  controlTotal,
  dialectUncertain,
  documentTooLarge,
  emptyFile,
  emptyRecord,
  encodingUncertain,
  endlessRecord,
  exportError,
  footer,
  headerOnly,
  invalidBytes,
  invalidJson,
  jsonDuplicateName,
  jsonNumberPrecision,
  loneSurrogate,
  manifest,
  noHeader,
  notAResource,
  nulByte,
  preamble,
  raggedRow,
  recordTooLong,
  tornRecord,
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

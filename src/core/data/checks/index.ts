/** All checks over tables, and the words of every code of the data wing. */
import type { Wording } from '../../rule.ts'
import { fhirWordings } from '../fhir/definitions/codes.ts'
import { dateFormat } from './cell/date-format.ts'
import { encodingDamage } from './cell/encoding-damage.ts'
import { leadingZero } from './cell/leading-zero.ts'
import { length } from './cell/length.ts'
import { pattern } from './cell/pattern.ts'
import { range } from './cell/range.ts'
import { required } from './cell/required.ts'
import { type } from './cell/type.ts'
import { valueList } from './cell/value-list.ts'
import { checkDigit } from './column/check-digit.ts'
import { controlCharacter } from './column/control-character.ts'
import { controlCode } from './column/control-code.ts'
import { dateOrder, dateOrderUndecided } from './column/date-order.ts'
import { foreignCode } from './column/foreign-code.ts'
import { januaryFirst } from './column/january-first.ts'
import { mixedDecimal } from './column/mixed-decimal.ts'
import { mixedZone } from './column/mixed-zone.ts'
import { numericSentinel } from './column/numeric-sentinel.ts'
import { outerBlank } from './column/outer-blank.ts'
import { picklist } from './column/picklist.ts'
import { sentinelDate } from './column/sentinel-date.ts'
import { shortYear } from './column/short-year.ts'
import { spreadsheetDamage } from './column/spreadsheet-damage.ts'
import { textFormat } from './column/text-format.ts'
import { truncation } from './column/truncation.ts'
import { unevenZeros } from './column/uneven-zeros.ts'
import type { CellCheck, Check } from './contract/check.ts'
import type { ColumnCheck } from './contract/column-check.ts'
import type { RecordCheck } from './contract/record-check.ts'
import type { TableCheck } from './contract/table-check.ts'
import { dependentValue } from './keys/dependent-value.ts'
import { derivedValue } from './keys/derived-value.ts'
import { exchangedCells } from './keys/exchanged-cells.ts'
import { exchangedColumns } from './keys/exchanged-columns.ts'
import { foreignKey } from './keys/foreign-key.ts'
import { intervalOverlap } from './keys/interval-overlap.ts'
import { mergeChain } from './keys/merge-chain.ts'
import { repeatedRecord } from './keys/repeated-record.ts'
import { sequence } from './keys/sequence.ts'
import { shiftedRecord } from './keys/shifted-record.ts'
import { uniqueKey } from './keys/unique-key.ts'
import { unlikeOthers } from './keys/unlike-others.ts'
import { zoneShift } from './keys/zone-shift.ts'
import { blankLine } from './reading/blank-line.ts'
import { byteOrderMark } from './reading/byte-order-mark.ts'
import { commentLine } from './reading/comment-line.ts'
import { controlTotal } from './reading/control-total.ts'
import { damagedContainer } from './reading/damaged-container.ts'
import { declaredFile } from './reading/declared-file.ts'
import { dialectUncertain } from './reading/dialect-uncertain.ts'
import { documentTooLarge } from './reading/document-too-large.ts'
import { emptyFile } from './reading/empty-file.ts'
import { emptyRecord } from './reading/empty-record.ts'
import { encodingUncertain } from './reading/encoding-uncertain.ts'
import { endlessRecord } from './reading/endless-record.ts'
import { exportError } from './reading/export-error.ts'
import { footer } from './reading/footer.ts'
import { formulaWithoutValue } from './reading/formula-without-value.ts'
import { header } from './reading/header.ts'
import { headerOnly } from './reading/header-only.ts'
import { hiddenCells } from './reading/hidden-cells.ts'
import { invalidBytes } from './reading/invalid-bytes.ts'
import { invalidJson } from './reading/invalid-json.ts'
import { jsonDuplicateName } from './reading/json-duplicate-name.ts'
import { jsonNumberPrecision } from './reading/json-number-precision.ts'
import { loneSurrogate } from './reading/lone-surrogate.ts'
import { manifest } from './reading/manifest.ts'
import { noHeader } from './reading/no-header.ts'
import { notAResource } from './reading/not-a-resource.ts'
import { nulByte } from './reading/nul-byte.ts'
import { preamble } from './reading/preamble.ts'
import { raggedRow } from './reading/ragged-row.ts'
import { recordTooLong } from './reading/record-too-long.ts'
import { repeatedHeader } from './reading/repeated-header.ts'
import { resourceTypeMissing } from './reading/resource-type-missing.ts'
import { schemaKeyword } from './reading/schema-keyword.ts'
import { severalTables } from './reading/several-tables.ts'
import { strayQuote } from './reading/stray-quote.ts'
import { swallowedRecords } from './reading/swallowed-records.ts'
import { tornJson } from './reading/torn-json.ts'
import { tornRecord } from './reading/torn-record.ts'
import { unreadable } from './reading/unreadable.ts'
import { afterBirth } from './record/after-birth.ts'
import { afterExtract } from './record/after-extract.ts'
import { beforeDeath } from './record/before-death.ts'
import { condition } from './record/condition.ts'
import { customRule } from './record/custom-rule.ts'
import { dependentList } from './record/dependent-list.ts'
import { implausibleSex } from './record/implausible-sex.ts'
import { jsonSchema } from './record/json-schema.ts'
import { lostZeros } from './record/lost-zeros.ts'
import { oneOf } from './record/one-of.ts'
import { order } from './record/order.ts'
import { plausibleRange } from './record/plausible-range.ts'
import { retiredId } from './record/retired-id.ts'
import { sum } from './record/sum.ts'
import { withinEncounter } from './record/within-encounter.ts'
import { wrongPatient } from './record/wrong-patient.ts'

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

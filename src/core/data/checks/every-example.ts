/** The examples of every check, for tests and rule pages alone: a run does not load them. */
import type { Examples } from '../../rule.ts'
import type { TableExample } from '../model/table-example.ts'
import { dateFormatExamples } from './cell/date-format.examples.ts'
import { encodingDamageExamples } from './cell/encoding-damage.examples.ts'
import { leadingZeroExamples } from './cell/leading-zero.examples.ts'
import { lengthExamples } from './cell/length.examples.ts'
import { patternExamples } from './cell/pattern.examples.ts'
import { rangeExamples } from './cell/range.examples.ts'
import { requiredExamples } from './cell/required.examples.ts'
import { typeExamples } from './cell/type.examples.ts'
import { valueListExamples } from './cell/value-list.examples.ts'
import { checkDigitExamples } from './column/check-digit.examples.ts'
import { controlCharacterExamples } from './column/control-character.examples.ts'
import { controlCodeExamples } from './column/control-code.examples.ts'
import { dateOrderExamples, dateOrderUndecidedExamples } from './column/date-order.examples.ts'
import { foreignCodeExamples } from './column/foreign-code.examples.ts'
import { januaryFirstExamples } from './column/january-first.examples.ts'
import { mixedDecimalExamples } from './column/mixed-decimal.examples.ts'
import { mixedZoneExamples } from './column/mixed-zone.examples.ts'
import { numericSentinelExamples } from './column/numeric-sentinel.examples.ts'
import { outerBlankExamples } from './column/outer-blank.examples.ts'
import { picklistExamples } from './column/picklist.examples.ts'
import { sentinelDateExamples } from './column/sentinel-date.examples.ts'
import { shortYearExamples } from './column/short-year.examples.ts'
import { spreadsheetDamageExamples } from './column/spreadsheet-damage.examples.ts'
import { textFormatExamples } from './column/text-format.examples.ts'
import { truncationExamples } from './column/truncation.examples.ts'
import { unevenZerosExamples } from './column/uneven-zeros.examples.ts'
import { dependentValueExamples } from './keys/dependent-value.examples.ts'
import { derivedValueExamples } from './keys/derived-value.examples.ts'
import { exchangedCellsExamples } from './keys/exchanged-cells.examples.ts'
import { exchangedColumnsExamples } from './keys/exchanged-columns.examples.ts'
import { foreignKeyExamples } from './keys/foreign-key.examples.ts'
import { intervalOverlapExamples } from './keys/interval-overlap.examples.ts'
import { mergeChainExamples } from './keys/merge-chain.examples.ts'
import { repeatedRecordExamples } from './keys/repeated-record.examples.ts'
import { sequenceExamples } from './keys/sequence.examples.ts'
import { shiftedRecordExamples } from './keys/shifted-record.examples.ts'
import { uniqueKeyExamples } from './keys/unique-key.examples.ts'
import { unlikeOthersExamples } from './keys/unlike-others.examples.ts'
import { zoneShiftExamples } from './keys/zone-shift.examples.ts'
import { blankLineExamples } from './reading/blank-line.examples.ts'
import { byteOrderMarkExamples } from './reading/byte-order-mark.examples.ts'
import { commentLineExamples } from './reading/comment-line.examples.ts'
import { controlTotalExamples } from './reading/control-total.examples.ts'
import { damagedContainerExamples } from './reading/damaged-container.examples.ts'
import { declaredFileExamples } from './reading/declared-file.examples.ts'
import { dialectUncertainExamples } from './reading/dialect-uncertain.examples.ts'
import { documentTooLargeExamples } from './reading/document-too-large.examples.ts'
import { emptyFileExamples } from './reading/empty-file.examples.ts'
import { emptyRecordExamples } from './reading/empty-record.examples.ts'
import { encodingUncertainExamples } from './reading/encoding-uncertain.examples.ts'
import { endlessRecordExamples } from './reading/endless-record.examples.ts'
import { exportErrorExamples } from './reading/export-error.examples.ts'
import { footerExamples } from './reading/footer.examples.ts'
import { formulaWithoutValueExamples } from './reading/formula-without-value.examples.ts'
import { headerExamples } from './reading/header.examples.ts'
import { headerOnlyExamples } from './reading/header-only.examples.ts'
import { hiddenCellsExamples } from './reading/hidden-cells.examples.ts'
import { invalidBytesExamples } from './reading/invalid-bytes.examples.ts'
import { invalidJsonExamples } from './reading/invalid-json.examples.ts'
import { jsonDuplicateNameExamples } from './reading/json-duplicate-name.examples.ts'
import { jsonNumberPrecisionExamples } from './reading/json-number-precision.examples.ts'
import { loneSurrogateExamples } from './reading/lone-surrogate.examples.ts'
import { manifestExamples } from './reading/manifest.examples.ts'
import { noHeaderExamples } from './reading/no-header.examples.ts'
import { notAResourceExamples } from './reading/not-a-resource.examples.ts'
import { nulByteExamples } from './reading/nul-byte.examples.ts'
import { preambleExamples } from './reading/preamble.examples.ts'
import { raggedRowExamples } from './reading/ragged-row.examples.ts'
import { recordTooLongExamples } from './reading/record-too-long.examples.ts'
import { repeatedHeaderExamples } from './reading/repeated-header.examples.ts'
import { resourceTypeMissingExamples } from './reading/resource-type-missing.examples.ts'
import { schemaKeywordExamples } from './reading/schema-keyword.examples.ts'
import { severalTablesExamples } from './reading/several-tables.examples.ts'
import { strayQuoteExamples } from './reading/stray-quote.examples.ts'
import { swallowedRecordsExamples } from './reading/swallowed-records.examples.ts'
import { tornJsonExamples } from './reading/torn-json.examples.ts'
import { tornRecordExamples } from './reading/torn-record.examples.ts'
import { unreadableExamples } from './reading/unreadable.examples.ts'
import { afterBirthExamples } from './record/after-birth.examples.ts'
import { afterExtractExamples } from './record/after-extract.examples.ts'
import { beforeDeathExamples } from './record/before-death.examples.ts'
import { conditionExamples } from './record/condition.examples.ts'
import { customRuleExamples } from './record/custom-rule.examples.ts'
import { dependentListExamples } from './record/dependent-list.examples.ts'
import { implausibleSexExamples } from './record/implausible-sex.examples.ts'
import { jsonSchemaExamples } from './record/json-schema.examples.ts'
import { lostZerosExamples } from './record/lost-zeros.examples.ts'
import { oneOfExamples } from './record/one-of.examples.ts'
import { orderExamples } from './record/order.examples.ts'
import { plausibleRangeExamples } from './record/plausible-range.examples.ts'
import { retiredIdExamples } from './record/retired-id.examples.ts'
import { sumExamples } from './record/sum.examples.ts'
import { withinEncounterExamples } from './record/within-encounter.examples.ts'
import { wrongPatientExamples } from './record/wrong-patient.examples.ts'

export const checkExamples: readonly Examples<TableExample>[] = [
  dateFormatExamples,
  encodingDamageExamples,
  leadingZeroExamples,
  lengthExamples,
  patternExamples,
  rangeExamples,
  requiredExamples,
  typeExamples,
  valueListExamples,
  checkDigitExamples,
  controlCharacterExamples,
  controlCodeExamples,
  dateOrderExamples,
  dateOrderUndecidedExamples,
  foreignCodeExamples,
  januaryFirstExamples,
  mixedDecimalExamples,
  mixedZoneExamples,
  numericSentinelExamples,
  outerBlankExamples,
  picklistExamples,
  sentinelDateExamples,
  shortYearExamples,
  spreadsheetDamageExamples,
  textFormatExamples,
  truncationExamples,
  unevenZerosExamples,
  dependentValueExamples,
  derivedValueExamples,
  exchangedCellsExamples,
  exchangedColumnsExamples,
  foreignKeyExamples,
  intervalOverlapExamples,
  mergeChainExamples,
  repeatedRecordExamples,
  sequenceExamples,
  shiftedRecordExamples,
  uniqueKeyExamples,
  unlikeOthersExamples,
  zoneShiftExamples,
  blankLineExamples,
  byteOrderMarkExamples,
  commentLineExamples,
  controlTotalExamples,
  damagedContainerExamples,
  declaredFileExamples,
  dialectUncertainExamples,
  documentTooLargeExamples,
  emptyFileExamples,
  emptyRecordExamples,
  encodingUncertainExamples,
  endlessRecordExamples,
  exportErrorExamples,
  footerExamples,
  formulaWithoutValueExamples,
  headerOnlyExamples,
  headerExamples,
  hiddenCellsExamples,
  invalidBytesExamples,
  invalidJsonExamples,
  jsonDuplicateNameExamples,
  jsonNumberPrecisionExamples,
  loneSurrogateExamples,
  manifestExamples,
  noHeaderExamples,
  notAResourceExamples,
  nulByteExamples,
  preambleExamples,
  raggedRowExamples,
  recordTooLongExamples,
  repeatedHeaderExamples,
  resourceTypeMissingExamples,
  schemaKeywordExamples,
  severalTablesExamples,
  strayQuoteExamples,
  swallowedRecordsExamples,
  tornJsonExamples,
  tornRecordExamples,
  unreadableExamples,
  afterBirthExamples,
  afterExtractExamples,
  beforeDeathExamples,
  conditionExamples,
  dependentListExamples,
  implausibleSexExamples,
  jsonSchemaExamples,
  lostZerosExamples,
  oneOfExamples,
  orderExamples,
  plausibleRangeExamples,
  retiredIdExamples,
  sumExamples,
  withinEncounterExamples,
  wrongPatientExamples,
  customRuleExamples,
]

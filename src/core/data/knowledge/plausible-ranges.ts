/** What living people can have, by LOINC code: wide limits that only mistakes of unit, decimal point or column leave. */

export interface PlausibleRange {
  /** Code of the measurement; null for every code. */
  readonly code: string | null
  /** UCUM. */
  readonly unit: string
  readonly low: number
  readonly high: number
}

const range = (code: string, unit: string, low: number, high: number): PlausibleRange => ({ code, unit, low, high })

/** Judgement, not reference ranges: extremes that were survived lie inside. */
export const plausibleRanges: readonly PlausibleRange[] = [
  range('8302-2', 'cm', 20, 275),
  range('29463-7', 'kg', 0.2, 650),
  range('3141-9', 'kg', 0.2, 650),
  range('39156-5', 'kg/m2', 5, 210),
  range('8480-6', 'mm[Hg]', 20, 320),
  range('8462-4', 'mm[Hg]', 5, 250),
  range('8867-4', '/min', 10, 350),
  range('9279-1', '/min', 2, 150),
  range('8310-5', 'Cel', 13, 46),
  range('2708-6', '%', 10, 100),
  range('59408-5', '%', 10, 100),
  range('4548-4', '%', 2, 25),
  range('718-7', 'g/dL', 1, 30),
  range('4544-3', '%', 3, 85),
  range('2951-2', 'mmol/L', 90, 200),
  range('2823-3', 'mmol/L', 0.8, 12),
  range('2160-0', 'mg/dL', 0.05, 40),
  range('2339-0', 'mg/dL', 5, 2500),
  range('2345-7', 'mg/dL', 5, 2500),
  range('2744-1', '[pH]', 6.2, 8),
]

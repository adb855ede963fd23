/** Every rule by which two values are called equal, with the name that reports repeat and what it says. */

const list = [
  ['same-instant', 'equal: same instant', 'The same moment, written with another offset, separator or without zeros.'],
  [
    'same-clock',
    'equal: same clock time',
    'The same day and time of day; at least one side states no zone, so both are read in one.',
  ],
  ['same-day', 'equal: same local day', 'A day beside a time of that day, by the clock of the place where it was written.'],
  [
    'same-day-in-zone',
    'equal: same day in the zone of the side',
    'A day beside an instant of that day in the zone that the report names as an assumption.',
  ],
  ['same-period', 'equal: same year or month', 'A year or month beside a date inside it.'],
  [
    'finer-time',
    'equal: more precise in the target',
    'The target adds a month, a day, a time of day, seconds or a zone and agrees with what legacy states.',
  ],
  ['same-number', 'equal: same number', 'The same number with other zeros, exponent or decimal mark.'],
  ['floating', 'equal: same to 15 digits', 'The digits differ only where binary floating point keeps no more.'],
  ['rounded-0', 'equal: rounded to a whole number', 'The finer number rounds to the coarser one, which has no decimals.'],
  ['rounded-1', 'equal: rounded to 1 decimal', 'The finer number rounds to the coarser one.'],
  ['rounded-2', 'equal: rounded to 2 decimals', 'The finer number rounds to the coarser one.'],
  ['rounded-3', 'equal: rounded to 3 decimals', 'The finer number rounds to the coarser one.'],
  ['rounded', 'equal: rounded to 4 or more decimals', 'The finer number rounds to the coarser one.'],
  ['tolerance', 'equal: within the stated tolerance', 'The line of the field map allows this distance by tolerance=….'],
  [
    'unit-converted',
    'equal: unit converted (UCUM)',
    'The same amount in another unit of the same dimension, by the exact factor of UCUM.',
  ],
  [
    'unit-molar-mass',
    'equal: unit converted by molar mass',
    'An amount by mass beside an amount of substance, by the molar mass of what the LOINC code measures.',
  ],
  [
    'unit-valence',
    'equal: unit converted by valence',
    'Equivalents beside moles, by the charge of the ion that the LOINC code measures.',
  ],
  [
    'unit-ifcc-ngsp',
    'equal: unit converted (IFCC–NGSP)',
    'HbA1c in mmol/mol beside percent, by the master equation: mmol/mol = (percent − 2.152) / 0.09148.',
  ],
  [
    'unit-international',
    'equal: U read as international unit',
    'Laboratories print U and IU for the same unit of a measurement.',
  ],
  ['unit-spelling', 'equal: same unit, other spelling', 'Two spellings of one UCUM unit, annotations aside.'],
  [
    'unit-capitals',
    'equal: same unit, other capitals',
    '“M” beside “m” before litre, gram, metre, mole or equivalent, or in an amount per volume: no clinic measures in millions of these.',
  ],
  ['no-unit', 'equal: no unit', 'A count or a score: “1”, an annotation in braces, or nothing.'],
  [
    'code-system',
    'equal: same code, system by the rule',
    'The rule of the field map states the code system of the legacy column.',
  ],
  [
    'code-alias',
    'equal: same code, system alias',
    'Two names or identifiers of one code system, such as an OID and its address.',
  ],
  ['code-map', 'equal: same code by value map', 'The value map of the field map leads from the legacy value to this code.'],
  [
    'code-zeros',
    'equal: same code, leading zeros as its system writes them',
    'The code system writes its numbers with leading zeros.',
  ],
  ['text-rule', 'equal: text by the rule', 'The text that the rule of the field map makes.'],
  ['text-lines', 'equal: text, line ends and Unicode composition normalised', 'Unicode NFC, and line ends of one kind.'],
  [
    'text-spaces',
    'equal: text, spaces normalised',
    'Blanks around and runs of blanks count as one; wide and narrow forms as their plain letter (Unicode NFKC, raised figures and fractions aside).',
  ],
  [
    'text-separators',
    'equal: text, separators normalised',
    'Commas, semicolons and quotation marks between words, which some exports drop, count as a blank.',
  ],
  [
    'text-case',
    'equal: text, case ignored',
    'The line of the field map says that capital letters mean nothing by text=any-case.',
  ],
] as const satisfies readonly (readonly [rule: string, name: string, says: string])[]

export type EqualRule = (typeof list)[number][0]

export const equalRules: readonly EqualRule[] = list.map(([rule]) => rule)

const names: ReadonlyMap<string, string> = new Map(list.map(([rule, name]) => [rule, name]))

/** The name that reports repeat, such as “equal: same instant”. */
export function ruleName(rule: EqualRule): string {
  return names.get(rule) ?? rule
}

/** Names and what each says, for pages that list them. */
export const equalRuleWords: readonly { readonly rule: EqualRule; readonly name: string; readonly says: string }[] = list.map(
  ([rule, name, says]) => ({ rule, name, says }),
)

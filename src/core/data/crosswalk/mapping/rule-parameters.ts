/** The parameters of every rule of the field map: what each takes and how it is asked for. */

export type RuleParameter =
  | {
      readonly kind: 'choice'
      readonly name: string
      readonly label: string
      readonly choices: readonly (readonly [value: string, words: string])[]
    }
  | { readonly kind: 'text'; readonly name: string; readonly label: string; readonly hint?: string }
  | { readonly kind: 'map'; readonly name: string; readonly label: string }
  | { readonly kind: 'table'; readonly name: string; readonly label: string }

const text = (name: string, label: string, hint?: string): RuleParameter => ({
  kind: 'text',
  name,
  label,
  ...(hint === undefined ? {} : { hint }),
})
const choice = (name: string, label: string, choices: readonly (readonly [string, string])[]): RuleParameter => ({
  kind: 'choice',
  name,
  label,
  choices,
})

const order = choice('order', 'Order of day and month', [
  ['day-first', 'Day first'],
  ['month-first', 'Month first'],
  ['year-first', 'Year first'],
])
const decimal = text('decimal', 'Decimal mark', 'a point, if nothing is said')
const map: RuleParameter = { kind: 'map', name: 'map', label: 'Value map' }
const table: RuleParameter = { kind: 'table', name: 'table', label: 'Legacy table it points at' }
const reason = text('reason', 'Reason')

/** By the name of the rule; the two rules of rows are among them. */
export const ruleParameters: ReadonlyMap<string, readonly RuleParameter[]> = new Map<string, readonly RuleParameter[]>([
  [
    'affix',
    [
      text('prefix', 'Put before'),
      text('suffix', 'Put behind'),
      choice('case', 'Letters', [
        ['as-is', 'As they are'],
        ['lower', 'Small'],
        ['upper', 'Capital'],
      ]),
    ],
  ],
  ['base64', []],
  ['capture', [text('pattern', 'Pattern', 'the first group is taken; linear time, no look-around')]],
  [
    'case',
    [
      choice('to', 'Letters', [
        ['lower', 'Small'],
        ['upper', 'Capital'],
        ['title', 'A capital at the start of each word'],
      ]),
    ],
  ],
  ['coalesce', []],
  ['code', [text('system', 'Code system', 'its address, such as http://loinc.org')]],
  ['concat', [text('separator', 'Joined with')]],
  ['constant', [text('value', 'Value'), text('system', 'Code system', 'makes a code of it')]],
  ['copy', []],
  ['date', [order]],
  ['date-format', [text('to', 'Written as', 'such as DD.MM.YYYY; YYYY, MM, DD, HH, mm and ss stand for the parts'), order]],
  [
    'date-part',
    [
      choice('part', 'Part', [
        ['year', 'Year'],
        ['month', 'Month'],
        ['day', 'Day'],
      ]),
      order,
    ],
  ],
  ['date-time', [order, text('zone', 'Zone', 'Z or +01:00, for times that state none')]],
  [
    'filter',
    [
      text('in', 'Only rows where it is', 'values parted by |'),
      text('not-in', 'Or: only rows where it is not', 'values parted by |'),
      text('only', 'Or: only rows where', 'a condition, such as TYPE=A|B and VALUE is number'),
      text('except', 'Or: all rows except where', 'a condition'),
      choice('rest', 'Or: what no other filter takes', [['yes', 'Yes']]),
      reason,
    ],
  ],
  ['group', [reason]],
  [
    'if',
    [
      text('is', 'Where it is', 'values parted by |'),
      text('then', 'It becomes'),
      text('else', 'Else', 'as it is, if nothing is said'),
    ],
  ],
  ['lookup', [map, text('else', 'Where the map has no line')]],
  [
    'name-part',
    [
      choice('part', 'Part of the name', [
        ['family', 'Family name'],
        ['given', 'Given names'],
      ]),
      text('separator', 'Split at'),
    ],
  ],
  ['number-format', [decimal, text('group', 'Grouping mark')]],
  [
    'pad',
    [
      text('length', 'Length', '1 to 255'),
      text('with', 'Filled with', 'one character; 0, if nothing is said'),
      choice('side', 'Side', [
        ['left', 'Left'],
        ['right', 'Right'],
      ]),
    ],
  ],
  [
    'quantity',
    [
      choice('part', 'Part', [
        ['value', 'The number'],
        ['unit', 'The unit'],
        ['comparator', 'The sign before the number'],
      ]),
      text('unit', 'Unit where the cell has none'),
      { kind: 'map', name: 'units', label: 'Value map of units' },
    ],
  ],
  [
    'record-id',
    [
      choice('form', 'Form', [
        ['uuid', 'UUID'],
        ['number', 'Whole number'],
      ]),
      { kind: 'table', name: 'table', label: 'Table the key belongs to' },
    ],
  ],
  [
    'reference',
    [
      table,
      choice('missing', 'Where no row has the key', [
        ['reject', 'Reject the record'],
        ['keep', 'Write the link all the same'],
      ]),
    ],
  ],
  [
    'split',
    [text('part', 'Part', '1 for the first, -1 for the last'), text('separator', 'Cut at', 'a comma, if nothing is said')],
  ],
  [
    'trim',
    [
      choice('inside', 'Blanks inside', [
        ['keep', 'Keep'],
        ['one', 'Make runs one'],
      ]),
    ],
  ],
  [
    'unit-convert',
    [
      text('from', 'From', 'a UCUM unit'),
      text('to', 'To', 'a UCUM unit'),
      text('of', 'What is measured', 'a LOINC code, for mass ↔ substance and HbA1c'),
      text('digits', 'Digits kept', '0 to 9'),
      decimal,
    ],
  ],
  ['value-map', [map]],
])

/** Which parameters a rule takes and how they are asked for; rules without an entry take them as the field map writes them. */

export type ParamField =
  | {
      readonly kind: 'choice'
      readonly name: string
      readonly label: string
      readonly choices: readonly (readonly [string, string])[]
    }
  | { readonly kind: 'text'; readonly name: string; readonly label: string; readonly hint?: string }
  | { readonly kind: 'map'; readonly name: string; readonly label: string }
  | { readonly kind: 'table'; readonly name: string; readonly label: string }

const order: ParamField = {
  kind: 'choice',
  name: 'order',
  label: 'Order of day and month',
  choices: [
    ['day-first', 'Day first'],
    ['month-first', 'Month first'],
    ['year-first', 'Year first'],
  ],
}

export const ruleParams: ReadonlyMap<string, readonly ParamField[]> = new Map<string, readonly ParamField[]>([
  ['base64', []],
  ['code', [{ kind: 'text', name: 'system', label: 'Code system', hint: 'its address, such as http://loinc.org' }]],
  ['concat', [{ kind: 'text', name: 'separator', label: 'Joined with' }]],
  ['constant', [{ kind: 'text', name: 'value', label: 'Value' }]],
  ['date', [order]],
  ['date-time', [order, { kind: 'text', name: 'zone', label: 'Zone', hint: 'Z or +01:00' }]],
  [
    'filter',
    [
      { kind: 'text', name: 'in', label: 'Only rows where it is', hint: 'values parted by |' },
      { kind: 'text', name: 'not-in', label: 'Or: only rows where it is not', hint: 'values parted by |' },
      { kind: 'text', name: 'reason', label: 'Reason' },
    ],
  ],
  ['group', [{ kind: 'text', name: 'reason', label: 'Reason' }]],
  [
    'name-part',
    [
      {
        kind: 'choice',
        name: 'part',
        label: 'Part of the name',
        choices: [
          ['family', 'Family name'],
          ['given', 'Given names'],
        ],
      },
      { kind: 'text', name: 'separator', label: 'Split at' },
    ],
  ],
  [
    'reference',
    [
      { kind: 'table', name: 'table', label: 'Legacy table it points at' },
      {
        kind: 'choice',
        name: 'missing',
        label: 'Where no row has the key',
        choices: [
          ['reject', 'Reject the record'],
          ['keep', 'Write the link all the same'],
        ],
      },
    ],
  ],
  ['value-map', [{ kind: 'map', name: 'map', label: 'Value map' }]],
])

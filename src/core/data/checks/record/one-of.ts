/** A group of columns of which at least, exactly or at most one is filled. */
import { column, type RecordCheck, textParam } from '../contract/record-check.ts'

export const oneOf: RecordCheck = {
  code: 'data/one-of',
  title: 'Not the right number of a group of columns is filled',
  why: 'A result that is given as a number and as a text, or as neither, leaves it to the new system which of them counts.',
  remedy: 'Decide which column is meant, and empty or fill the others.',
  severity: 'error',
  kahn: { category: 'completeness', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'record',
  rule({ on, params }) {
    if (on.fields.length < 2) return 'It takes two or more fields.'
    const mode = textParam(params, 'mode') ?? 'at-least'
    const sign = Object.hasOwn(modes, mode) ? modes[mode] : undefined
    if (sign === undefined) return `The mode "${mode}" is not known; there are ${Object.keys(modes).join(', ')}.`
    return {
      place: on.fields.join(' + '),
      fields: on.fields,
      assert: `filled(${on.fields.map(column).join(', ')}) ${sign} 1`,
      facts: [{ name: 'should be filled', value: `${mode.replace('-', ' ')} one` }],
    }
  },
}

const modes: Readonly<Record<string, string>> = { 'at-least': '>=', exactly: '=', 'at-most': '<=' }

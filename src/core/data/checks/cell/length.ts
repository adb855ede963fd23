/** Length in code points: never bytes, never UTF-16 units. */

import type { JsonObject } from '../../model/record.ts'
import { ESCAPED, HIGH } from '../../read/text/record-view.ts'
import { type CellCheck, type CellColumn, cellEvidence } from '../contract/check.ts'
import { collectionLength } from './collection-length.ts'

export const length: CellCheck = {
  code: 'data/length',
  title: 'Texts longer or shorter than allowed',
  why: 'The new system cuts what does not fit: the end of a note or of a name is lost.',
  remedy: 'Ask for a longer field in the new system, or shorten the text with a rule that somebody signs.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'coarser',
  scope: 'cell',
  decides: false,
  bind(params) {
    const collection = collectionLength(params)
    if (collection) return collection
    const least = limit(params, 'minLength', 0)
    const most = limit(params, 'maxLength', Number.POSITIVE_INFINITY)
    return {
      see(cell) {
        const points = codePoints(cell.text)
        return points >= least && points <= most
          ? null
          : cellEvidence(cell, [
              { name: 'characters', value: points },
              { name: points < least ? 'at least' : 'at most', value: points < least ? least : most },
            ])
      },
      passes: Object.assign(
        (_bytes: Uint8Array, start: number, end: number, flags: number): boolean => {
          const length = end - start
          // In ASCII one byte is one character; otherwise no text has more characters than bytes, and a filled one has at least one.
          return length <= most && length >= least && ((flags & (HIGH | ESCAPED)) === 0 || least <= 1)
        },
        {
          question: { kind: 'lengths' as const, least, most },
          all({ starts, ends, flags, at, step, count }: CellColumn, marks: Uint8Array): void {
            for (let cell = at, row = 0; row < count; row++, cell += step) {
              const length = (ends[cell] as number) - (starts[cell] as number)
              if (length === 0) continue
              if (length > most || length < least || (least > 1 && ((flags[cell] as number) & (HIGH | ESCAPED)) !== 0))
                marks[row] = 1
            }
          },
        },
      ),
    }
  },
}

function limit(params: JsonObject, name: string, otherwise: number): number {
  const value = params[name]
  return typeof value === 'number' ? value : otherwise
}

export function codePoints(text: string): number {
  let count = text.length
  for (let i = 0; i + 1 < text.length; i++) {
    const unit = text.charCodeAt(i)
    const next = text.charCodeAt(i + 1)
    if (unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
      count--
      i++
    }
  }
  return count
}

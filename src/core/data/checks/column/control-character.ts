/** Control characters of the C1 block inside texts: bytes of windows-1252 that were read as Latin-1. */

import { HIGH } from '../../read/text/record-view.ts'
import { mayHoldControl } from '../bytes/suspect.ts'
import { cellEvidence } from '../contract/check.ts'
import { type ColumnCheck, cellTraits, shapes } from '../contract/column-check.ts'

export const controlCharacter: ColumnCheck = {
  code: 'data/control-character',
  title: 'Invisible control characters in texts',
  why: 'They were apostrophes, dashes or the euro sign: names do not match any more, and some systems refuse the record.',
  remedy: 'Have windows-1252 declared as the encoding of the export, or have the characters repaired in the mapping.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'coarser',
  scope: 'column',
  shapes: shapes.text | shapes.numeric | shapes.hash,
  needs: cellTraits.control,
  sampled: false,
  always: true,
  watch() {
    return {
      see(cell) {
        if ((cell.flags & HIGH) === 0 || !mayHoldControl(cell.bytes, cell.start, cell.end, cell.isUtf8)) return null
        // Beside other letters beyond ASCII it is half of a letter that was encoded twice, which another check repairs.
        const count = cell.text.match(/(?<![\u0080-\uffff])[\u0080-\u009f](?![\u0080-\uffff])/g)?.length ?? 0
        return count === 0 ? null : cellEvidence(cell, [{ name: 'characters U+0080 to U+009F', value: count }])
      },
      finish: () => [],
    }
  },
}

/** A text is filled up to a length, as numbers get back the leading zeros a spreadsheet took. */
import type { Transform } from '../../model/carried.ts'

export const pad: Transform = {
  name: 'pad',
  words: (params) => `filled with “${params.get('with') ?? '0'}” to ${params.get('length') ?? ''} characters`,
  loss: 'possible',
  bind(params) {
    const length = Number(params.get('length'))
    const fill = params.get('with') ?? '0'
    const side = params.get('side') ?? 'left'
    if (!Number.isInteger(length) || length < 1 || length > 255) return 'pad takes length=… from 1 to 255'
    if (fill.length !== 1) return 'pad takes with=… and one character'
    if (side !== 'left' && side !== 'right') return `pad takes side=left or side=right, not ${side}`
    return ([text = '']) => ({ kind: 'text', text: side === 'left' ? text.padStart(length, fill) : text.padEnd(length, fill) })
  },
}

/** Blanks at both ends go, and runs of blanks become one where asked. */
import type { Transform } from '../../model/carried.ts'

export const trim: Transform = {
  name: 'trim',
  words: (params) => (params.get('inside') === 'one' ? 'blanks trimmed, runs made one' : 'blanks trimmed'),
  loss: 'possible',
  bind(params) {
    const inside = params.get('inside') ?? 'keep'
    if (inside !== 'keep' && inside !== 'one') return `trim takes inside=keep or inside=one, not ${inside}`
    return ([text = '']) => {
      const bare = inside === 'one' ? text.trim().replace(/\s+/g, ' ') : text.trim()
      return bare === '' ? null : { kind: 'text', text: bare }
    }
  },
}

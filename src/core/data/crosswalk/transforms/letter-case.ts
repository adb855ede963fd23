/** All letters become small, capital, or capital at the start of each word. */
import type { Transform } from '../../model/carried.ts'

export const letterCase: Transform = {
  name: 'case',
  words: (params) => `${params.get('to') ?? ''} letters`,
  loss: 'possible',
  bind(params) {
    const to = params.get('to')
    if (to === 'lower') return ([text = '']) => ({ kind: 'text', text: text.toLowerCase() })
    if (to === 'upper') return ([text = '']) => ({ kind: 'text', text: text.toUpperCase() })
    if (to !== 'title') return 'case takes to=lower, to=upper or to=title'
    return ([text = '']) => ({
      kind: 'text',
      text: text
        .toLowerCase()
        .replace(/(^|[^\p{L}\p{N}’'])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase()),
    })
  },
}

/** The code itself stays; the target adds the name of the code system it always had. */
import type { Transform } from '../../model/carried.ts'

export const code: Transform = {
  name: 'code',
  words: (params) => `same code, code system ${params.get('system') ?? ''}`,
  loss: 'none',
  inverse: () => (text) => text,
  bind(params) {
    const system = params.get('system')
    if (system === undefined) return 'code takes system=… with the address of the code system'
    return ([text = '']) => ({ kind: 'code', system, code: text, display: '' })
  },
}

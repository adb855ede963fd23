/** Every record gets the same value, whatever legacy says; with `system` it is a code. */
import type { Transform } from '../../model/carried.ts'

export const constant: Transform = {
  name: 'constant',
  words: (params) => `always “${params.get('value') ?? ''}”`,
  loss: 'declared',
  bind(params) {
    const text = params.get('value')
    if (text === undefined) return 'constant takes value=…'
    const system = params.get('system')
    return () => (system === undefined ? { kind: 'text', text } : { kind: 'code', system, code: text, display: '' })
  },
}

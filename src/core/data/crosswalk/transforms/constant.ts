/** Every record gets the same value, whatever legacy says. */
import type { Transform } from '../carried.ts'

export const constant: Transform = {
  name: 'constant',
  words: (params) => `always “${params.get('value') ?? ''}”`,
  loss: 'declared',
  bind(params) {
    const text = params.get('value')
    if (text === undefined) return 'constant takes value=…'
    return () => ({ kind: 'text', text })
  },
}

/** Work that fails now and then, by a draw of its own. */
import { keyedUniform } from '../../../random.ts'
import { purpose } from './purposes.ts'
import type { State } from './state.ts'

/** True where work that is done has failed. */
export function failsNow(s: State, token: number, at: number): boolean {
  const { retry } = s.node(at)
  if (!retry) return false
  const attempt = s.tokens.attempt[token] as number
  const key = s.key(token, purpose.retry + (attempt << 16))
  return keyedUniform(key, s.tokens.counter[token] as number) < retry.share
}

/** What the sub-commands of `carryover sample` share: options read exactly, an answer in words or as JSON. */
import { million } from '../../core/review/model/claim.ts'
import { printOut } from '../shell/print.ts'
import { UsageError } from '../shell/usage-error.ts'

type Format = 'text' | 'json'

export interface Shared {
  readonly format?: Format
}

/** The result as JSON, and the same in words. */
export type Answer = readonly [result: object, words: string]

export function whole(flag: string, text: string): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number))
    throw new UsageError(`${flag} got "${text}"; it takes a whole number.`)
  return number
}

/** Parts per million, read digit by digit: 0.005 is 5000, without a float in between. */
export function share(flag: string, text: string, oneAllowed = false): number {
  const [, before = '', after = ''] = /^([01])?(?:\.(\d{1,6}))?$/.exec(text) ?? []
  const ppm = Number(before || '0') * million + Number(after.padEnd(6, '0'))
  if (text === '' || ppm <= 0 || ppm > million || (ppm === million && !oneAllowed))
    throw new UsageError(`${flag} got "${text}"; it takes a share between 0 and 1 with up to six decimals, such as 0.01.`)
  return ppm
}

export function print(format: Format | undefined, result: object, words: string): void {
  const chosen = format ?? (process.stdout.isTTY ? 'text' : 'json')
  printOut(chosen === 'json' ? `${JSON.stringify(result, null, 2)}\n` : `${words}\n`)
}

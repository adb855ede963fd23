/** What taking JUnit XML has to tell beside its tests. */
import { counted } from '../../counted.ts'
import type { LeftOutSuite } from './junit.ts'

/** What was left out and what was assumed; null where every suite was taken as it says. */
export function takenWords(
  { leftOut, zoned }: { readonly leftOut: readonly LeftOutSuite[]; readonly zoned: number },
  zone: string,
): string | null {
  const times =
    zoned === 0 ? [] : [`The times of ${counted(zoned, 'suite')} say no offset from UTC and were read in the time zone ${zone}.`]
  const words = [...times, ...(leftOut.length === 0 ? [] : [leftOutWords(leftOut)])]
  return words.length === 0 ? null : words.join(' ')
}

/** "3 suites with 12 tests were left out: smoke (line 4): no area, …" */
function leftOutWords(leftOut: readonly LeftOutSuite[]): string {
  const tests = leftOut.reduce((sum, each) => sum + each.tests, 0)
  const named = leftOut
    .slice(0, 5)
    .map(({ suite, line, why }) => `${suite === '' ? 'a suite without name' : suite} (line ${line}): ${why}`)
  const rest = leftOut.length > 5 ? `; and ${leftOut.length - 5} more` : ''
  const suites = leftOut.length === 1 ? '1 suite' : `${leftOut.length} suites`
  return `${suites} with ${tests} tests left out: ${named.join('; ')}${rest}. Give each suite properties “level” and “area”, or the name level/area.`
}

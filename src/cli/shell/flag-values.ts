/** Values that flags of several verbs take, refused before any input is read. */
import { InvalidArgumentError, Option } from 'commander'
import { severities } from '../../core/finding.ts'
import { isDay } from '../../core/values/day.ts'

export function failOnOption(): Option {
  return new Option('--fail-on <severity>', 'exit with 1 from this severity on')
    .choices([...severities.slice(0, 3), 'never'])
    .default('error')
}

export function aDay(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('It takes a calendar day as YYYY-MM-DD.')
  return text
}

/** Rates of arrival: cases of an hour of the week over how often that hour came by. */
import { expect, test } from 'vitest'
import { instancesOf } from '../../../../src/core/workflow/log/instances.ts'
import { weekdays } from '../../../../src/core/workflow/map/scenario.ts'
import { arrivalsOf } from '../../../../src/core/workflow/mining/arrivals.ts'
import { logOf } from '../logs-at-hand.ts'

/** Ten cases in each hour from 8 to 17, Monday to Friday, on days counted from Monday 2024-01-01. */
async function office(days: number, zone = '') {
  const rows: string[] = []
  for (let day = 0; day < days; day++) {
    if (day % 7 > 4) continue
    for (let hour = 8; hour < 17; hour++)
      for (let n = 0; n < 10; n++) {
        const time = new Date(Date.UTC(2024, 0, 1 + day, hour, n * 6)).toISOString().slice(0, 19)
        rows.push(`${day}-${hour}-${n},a,${time}${zone}`)
      }
  }
  const found = arrivalsOf(instancesOf(await logOf('log.csv', `case,activity,time\n${rows.join('\n')}\n`)))
  if (found === null) throw new Error('no arrivals')
  return weekdays.map((day) => found.hourly[day] ?? [])
}

test.each([
  [7, ''],
  [12, ''],
  [14, '+05:30'],
  [19, '-08:00'],
  [29, ''],
])('ten an hour over %d days are ten an hour%s', async (days, zone) => {
  const hourly = await office(days, zone)
  for (const [day, rates] of hourly.entries())
    expect(rates).toEqual(Array.from({ length: 24 }, (_, hour) => (day < 5 && hour >= 8 && hour < 17 ? 10 : 0)))
})

test('an hour that came by once is not spread over the weeks around it', async () => {
  const table = 'case,activity,time\n1,a,2024-01-01T10:00:00\n2,a,2024-01-03T10:00:00\n3,a,2024-01-08T10:30:00\n'
  const found = arrivalsOf(instancesOf(await logOf('log.csv', table)))
  expect([found?.hourly.mon?.[10], found?.hourly.wed?.[10], found?.hourly.thu?.[10]]).toEqual([1, 1, 0])
})

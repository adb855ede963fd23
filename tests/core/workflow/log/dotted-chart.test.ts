/** The table beneath the dotted chart tells the same as its dots. */
import { expect, test } from 'vitest'
import { chartSpans, dottedChart } from '../../../../src/core/workflow/log/dotted-chart.ts'
import { instancesOf } from '../../../../src/core/workflow/log/instances.ts'
import { logOf } from '../logs-at-hand.ts'

const day = 86_400_000

/** A case every `apart` milliseconds, its second event a day after the first. */
async function chartOf(cases: number, apart: number, mostDots?: number) {
  const rows = Array.from({ length: cases }, (_, c) =>
    [0, day].map((later) => `${c},a,${new Date(Date.UTC(2024, 0, 30) + c * apart + later).toISOString()}`).join('\n'),
  )
  return dottedChart(instancesOf(await logOf('log.csv', `case,activity,time\n${rows.join('\n')}\n`)), mostDots)
}

test('a short log is counted by day', async () => {
  expect(chartSpans(await chartOf(3, day))).toEqual({
    by: 'day',
    spans: [
      { from: '2024-01-30', begins: 1, events: 1 },
      { from: '2024-01-31', begins: 1, events: 2 },
      { from: '2024-02-01', begins: 1, events: 2 },
      { from: '2024-02-02', begins: 0, events: 1 },
    ],
  })
})

test.each([20_000, 40])('a long log is counted by month, and the counts add up to the dots (at most %d)', async (mostDots) => {
  const chart = await chartOf(200, day, mostDots)
  const { by, spans } = chartSpans(chart)
  expect(by).toBe('month')
  expect(spans.map(({ from }) => from)).toEqual([...spans.map(({ from }) => from)].sort())
  expect(spans.reduce((sum, one) => sum + one.events, 0)).toBe(chart.time.length)
  expect(spans.reduce((sum, one) => sum + one.begins, 0)).toBe(chart.cases.length)
})

/** What a month, a year or an empty end leaves open is never said to be wrong; what is certain is found in columns of any kind. */
import { expect, test } from 'vitest'
import { recordsOf, runTables, whyNot } from './run-tables.ts'

const dated = (...names: readonly string[]) => ({ fields: names.map((name) => ({ name, type: 'date', format: 'any' })) })

test('the same year on both sides of < is open, another year is certain, and equal stays equal', async () => {
  const rows = '2019,2019\n2019-05,2019-05\n2020,2019\n2019-05-02,2019-05-02\n2019-05,2019\n'
  const rule = { id: 'before', on: 't', assert: '[a] < [b]' }
  for (const schema of [null, dated('a', 'b')]) {
    const result = await runTables({ t: `a,b\n${rows}` }, [rule], { schemas: { t: schema } })
    expect(recordsOf(result, 'data/custom-rule')).toEqual([3, 4])
    const same = await runTables({ t: `a,b\n${rows}` }, [{ ...rule, assert: '[a] = [b]' }], { schemas: { t: schema } })
    expect(recordsOf(same, 'data/custom-rule')).toContain(3)
    expect(recordsOf(same, 'data/custom-rule')).not.toContain(1)
  }
})

test('a format without a day is a month or a year, and days between months are open', async () => {
  const schema = { fields: ['a', 'b'].map((name) => ({ name, type: 'date', format: '%m/%Y' })) }
  const rules = [
    { id: 'before', on: 't', assert: '[a] < [b]' },
    { id: 'days', on: 't', assert: 'days([a], [b]) < 3' },
  ]
  const result = await runTables({ t: 'a,b\n05/2019,05/2019\n06/2019,05/2019\n' }, rules, { schemas: { t: schema } })
  expect(recordsOf(result, 'data/custom-rule')).toEqual([2])
  expect(whyNot(result, 'Rule days')).toContain('Not applicable')
})

test('overlaps: open ends, partial dates, and columns without dates are told', async () => {
  const rule = { on: 't', check: 'data/interval-overlap', fields: ['k', 'from', 'to'] }
  const overlaps = async (rows: string) => runTables({ t: `k,from,to\n${rows}` }, [rule])
  const found = async (rows: string) => recordsOf(await overlaps(rows), 'data/interval-overlap')
  expect(await found('7,2020-01-01,\n7,2020-03-01,2020-03-02\n8,2020-01-01,\n')).toEqual([2])
  expect(await found('7,2018,2019\n7,2019,2020\n')).toEqual([])
  expect(await found('7,2018,2021\n7,2019,2020\n')).toEqual([2])
  expect(await found('7,2020-01-01,unknown\n7,2020-03-01,2020-03-02\n')).toEqual([])
  expect(whyNot(await overlaps('7,soon,later\n8,soon,later\n'), 'Rule data/interval-overlap')).toContain('Not applicable')
})

test('a shift of zones is found in columns that nobody declared', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `${i},2020-01-02T08:${10 + i}:00,2020-01-02T10:${10 + i}:00`)
  const rule = { on: 't', check: 'data/zone-shift', fields: ['taken', 'stored'] }
  const result = await runTables({ t: `id,taken,stored\n${rows.join('\n')}\n` }, [rule])
  expect(result.findings.find(({ code }) => code === 'data/zone-shift')?.sample[0]?.evidence.facts).toContainEqual({
    name: 'shift',
    value: 2,
    unit: 'h',
  })
  const days = await runTables({ t: 'id,taken,stored\n1,2020-01-02,2020-01-03\n' }, [rule])
  expect(whyNot(days, 'Rule data/zone-shift')).toContain('Not applicable')
})

test('a stay without an end is open, whatever comes before its start is not', async () => {
  const rule = {
    on: 'results',
    check: 'data/within-encounter',
    fields: ['taken'],
    params: { encounter: 'enc', table: 'stays', key: 'id', start: 'start', stop: 'stop' },
  }
  const tables = {
    results: 'id,enc,taken\n1,7,2020-09-01\n2,7,2019-09-01\n3,8,2020-09-01\n',
    stays: 'id,start,stop\n7,2020-03-01,\n8,2020-03-01,2020-03-02\n',
  }
  expect(recordsOf(await runTables(tables, [rule]), 'data/within-encounter')).toEqual([2, 3])
})

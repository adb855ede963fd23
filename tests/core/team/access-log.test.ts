/** The table of who looked at what, as an administrator opens it in a spreadsheet. */
import { expect, test } from 'vitest'
import { accessCsv } from '../../../src/core/team/access-log.ts'

const row = { id: 1, person: 'p-eve', name: 'Eve', act: 'follow', object: 'map/intake', outcome: 'ok', at: 0 }

test('no name and no object that a member chose is run as a formula', () => {
  const name = '=HYPERLINK("https://evil.example","Open")'
  const text = accessCsv([
    row,
    { ...row, id: 2, name },
    { ...row, id: 3, object: '@SUM(A1)' },
    { ...row, id: 4, outcome: '+1+1' },
  ])
  expect(text.split('\n')).toEqual([
    'id,time,person,name,act,object,outcome',
    '1,1970-01-01T00:00:00.000Z,p-eve,Eve,follow,map/intake,ok',
    `2,1970-01-01T00:00:00.000Z,p-eve,"'=HYPERLINK(""https://evil.example"",""Open"")",follow,map/intake,ok`,
    `3,1970-01-01T00:00:00.000Z,p-eve,Eve,follow,'@SUM(A1),ok`,
    `4,1970-01-01T00:00:00.000Z,p-eve,Eve,follow,map/intake,'+1+1`,
    '',
  ])
})

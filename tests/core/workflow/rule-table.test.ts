/** Five maps where each rule of the first eight fires, and five look-alikes, one fact away, where it does not. */
import { expect, test } from 'vitest'
import { compare } from '../../../src/core/workflow/compare.ts'
import { workflowOf } from './pair.ts'

const ask = 'Desk: Ask {1m writes=form}'
const approve = (facts: string): string => `${ask} -> MD: Sign {approve ${facts} 1m wait=2h}`
const gate = (share: number): string =>
  `${approve('paper')} -> MD: Fine?\nFine? -${1 - share}-> Desk: Go on {1m}\nFine? -${share} reject-> Desk: Call back {1m}`
const loop = (p: number, facts = '4m'): string =>
  `Desk: Send {${facts}} -> Desk: Ok?\nOk? -${p} reject-> Desk: Send\nOk? -${1 - p}-> Desk: Book {1m}`
const queue = (staff: number, time: string): string => `lane Nurse staff=${staff}\nNurse: Serve {exp(${time})}`
const sort = (facts: string): string => `lane Desk staff=9\nDesk: Sort {fax ${facts}}`
const vitals = (facts: string): string => `MA: Vitals {enter screen 2m ${facts}}`
const pingPong = (p: number): string =>
  `start -> Desk: Take {1m} -> Nurse: Check {1m} -> Nurse: Fine?\nFine? -${p}-> Desk: Add {1m} -> end\nFine? -${1 - p}-> end`

interface Table {
  readonly fires: readonly string[]
  readonly passes: readonly string[]
  readonly perHour?: number
}

const tables: Readonly<Record<string, Table>> = {
  'digitized-approval': {
    fires: [approve('paper'), approve('inbox'), approve('screen'), gate(0.01), gate(0.049)],
    passes: [
      gate(0.05),
      gate(0.3),
      gate(0.9),
      `${ask} -> MD: Sign {check paper 1m wait=2h}`,
      `${ask} -> MD: Sign {decide paper 1m wait=2h}`,
    ],
  },
  'approval-chain': {
    fires: [
      'A: One {approve 1m wait=1h writes=none} -> B: Two {approve 1m wait=1h writes=none}',
      'A: One {approve paper 1m wait=1h writes=none} -> B: Two {approve inbox 1m wait=1h writes=none} -> C: Three {approve 1m wait=1h writes=none}',
      'A: One {approve 1m wait=1h writes=none} -> A: Carry {1m writes=none} -> B: Two {approve 1m wait=1h writes=none}',
      'A: One {approve 1m wait=1h writes=none} -> Pause {type=wait wait=1h} -> B: Two {approve 1m wait=1h writes=none}',
      'A: One {approve 1m wait=1h writes=none} -> A: Ok?\nOk? -0.5-> B: Two {approve 1m wait=1h writes=none} -> end\nOk? -0.5 reject-> end',
    ],
    passes: [
      'A: One {approve 1m wait=1h writes=none} -> A: Two {approve 1m wait=1h writes=none}',
      'A: One {approve 1m wait=1h writes=none} -> B: Add {enter 1m writes=x} -> C: Two {approve 1m wait=1h writes=none}',
      'A: One {approve 1m wait=1h writes=x} -> B: Two {approve 1m wait=1h writes=none}',
      'A: One {approve 1m wait=1h writes=none} -> B: Two {check 1m wait=1h writes=none}',
      'start -> A: Ok?\nOk? -0.5-> A: One {approve 1m wait=1h writes=none}\nOk? -0.5-> B: Two {approve 1m wait=1h writes=none}',
    ],
  },
  're-keying': {
    fires: [
      'A: One {enter paper 1m writes=x} -> B: Two {enter screen 1m writes=x}',
      'A: One {enter screen 1m writes=x+y} -> B: Two {enter screen 1m writes=y}',
      'A: One {paper 1m writes=x:auto} -> B: Two {enter screen 1m reads=x writes=x}',
      'B: Two {transcribe screen 1m writes=x}',
      'A: One {enter spreadsheet 1m writes=x} -> A: Look {check 1m writes=none} -> B: Two {enter portal 1m writes=x}',
    ],
    passes: [
      'A: One {enter screen 1m writes=x} -> B: Two {enter screen 1m writes=x:auto}',
      'A: One {enter screen 1m writes=x} -> B: Two {enter screen 1m writes=y}',
      'A: One {enter screen 1m writes=x:picked} -> B: Two {enter screen 1m reads=none writes=x}',
      'A: One {interface 1m writes=x:auto} -> B: Two {enter screen 1m reads=x writes=x:picked}',
      'start -> A: Ok?\nOk? -0.5-> A: One {enter screen 1m writes=x}\nOk? -0.5-> B: Two {enter screen 1m writes=x}',
    ],
  },
  'hand-off-ping-pong': {
    fires: [
      pingPong(1),
      pingPong(0.5),
      pingPong(0.2),
      'A: 1 {1m} -> B: 2 {1m} -> A: 3 {1m} -> B: 4 {1m}',
      'A: 1 {1m} -> B: 2 {1m} -> C: 3 {1m} -> D: 4 {1m} -> E: 5 {1m}',
    ],
    passes: [
      pingPong(0.19),
      pingPong(0.03),
      'A: 1 {1m} -> B: 2 {1m} -> C: 3 {1m}',
      'A: 1 {1m} -> A: 2 {1m} -> B: 3 {1m}',
      'A: 1 {1m} -> B: 2 {1m} -> C: 3 {1m} -> A: 4 {1m}',
    ],
  },
  'rework-loop': {
    fires: [loop(0.05), loop(0.1), loop(0.15), loop(0.5), loop(0.2, 'exp(3m)')],
    passes: [
      loop(0.04),
      loop(0.01),
      loop(0.049),
      'Desk: Send {4m} -> Desk: Book {1m}',
      'Desk: Ok?\nOk? -0.2 reject-> end\nOk? -0.8-> Desk: Book {1m} -> end',
    ],
  },
  'overloaded-role': {
    perHour: 1,
    fires: [queue(1, '52m'), queue(1, '57m'), queue(1, '70m'), queue(3, '160m'), queue(10, '516m')],
    passes: [
      queue(1, '20m'),
      queue(2, '70m'),
      queue(3, '120m'),
      queue(10, '480m'),
      'lane Nurse staff=1\nNurse: Serve {interface exp(57m)}',
    ],
  },
  'batch-and-wait': {
    perHour: 2,
    fires: [
      sort('1m batch=every:4h'),
      sort('1m batch=every:12h'),
      sort('1m batch=2'),
      sort('60m batch=6'),
      sort('4h batch=every:3h'),
    ],
    passes: [sort('1m'), sort('60m batch=every:10m'), sort('60m batch=2'), sort('60m batch=every:1h'), sort('1m batch=1')],
  },
  'click-burden': {
    fires: [
      vitals('clicks=14'),
      vitals('clicks=40 screens=2'),
      vitals('clicks=3 screens=6'),
      vitals('clicks=14 keys=0 screens=1'),
      vitals('clicks=200 keys=600'),
    ],
    passes: [
      vitals('clicks=13'),
      vitals('clicks=13 screens=5'),
      vitals('clicks=0 keys=300'),
      'MA: Vitals {enter paper 2m clicks=14}',
      'MA: Vitals {interface 2m clicks=14}',
    ],
  },
}

for (const [name, { fires, passes, perHour }] of Object.entries(tables)) {
  const fired = (map: string): boolean => {
    const pair = { current: map, future: map }
    const comparison = compare(workflowOf(perHour === undefined ? pair : { ...pair, perHour }))
    expect(comparison.blocked).toEqual([])
    return comparison.findings.some((finding) => finding.code === `workflow/${name}` && finding.outcome === 'kept')
  }
  for (const [index, map] of fires.entries()) test(`${name} fires, ${index + 1} of 5`, () => expect(fired(map), map).toBe(true))
  for (const [index, map] of passes.entries())
    test(`${name} passes a look-alike, ${index + 1} of 5`, () => expect(fired(map), map).toBe(false))
}

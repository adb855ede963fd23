/** Seeded pairs of DB01–DB08. */
import { type Draw, type Make, papers, rest, type Seeds, screens } from './pair-maker.ts'

const ask = 'Desk: Ask {1m writes=form}'
const approve = (facts: string): string => `${ask} -> MD: Sign {approve ${facts} 1m wait=2h}`
const gate = (share: number): string =>
  `${approve('paper')} -> MD: Fine?\nFine? -${rest(share)}-> Desk: Go on {1m}\nFine? -${share} reject-> Desk: Call back {1m}`
const loop = (p: number, facts = '4m'): string =>
  `Desk: Send {${facts}} -> Desk: Ok?\nOk? -${p} reject-> Desk: Send\nOk? -${rest(p)}-> Desk: Book {1m}`
const queue = (staff: number, minutes: number): string => `lane Nurse staff=${staff}\nNurse: Serve {exp(${minutes}m)}`
const promised = (staff: number, minutes: number, sla: string): string =>
  `lane Nurse staff=${staff} sla=${sla}\nNurse: Serve {exp(${minutes}m)}`
const sort = (facts: string): string => `lane Desk staff=9\nDesk: Sort {fax ${facts}}`
const vitals = (facts: string): string => `MA: Vitals {enter ${facts}}`
const pingPong = (p: number): string =>
  `start -> Desk: Take {1m} -> Nurse: Check {1m} -> Nurse: Fine?\nFine? -${p}-> Desk: Add {1m} -> end\nFine? -${rest(p)}-> end`
const sign = (r: Draw): string => `approve ${r.pick(papers)} ${r.n(1, 5)}m wait=${r.n(1, 20)}h writes=none`
const typed = (r: Draw): string => `enter ${r.pick(screens)} ${r.n(1, 5)}m`
const chain: readonly Make[] = [
  (r) => `A: One {${sign(r)}} -> B: Two {${sign(r)}}`,
  (r) => `A: One {${sign(r)}} -> B: Two {${sign(r)}} -> C: Three {${sign(r)}}`,
  (r) => `A: One {${sign(r)}} -> A: Carry {1m writes=none} -> B: Two {${sign(r)}}`,
  (r) => `A: One {${sign(r)}} -> Pause {type=wait wait=${r.n(1, 9)}h} -> B: Two {${sign(r)}}`,
  (r) => `A: One {${sign(r)}} -> A: Ok?\nOk? -0.5-> B: Two {${sign(r)}} -> end\nOk? -0.5 reject-> end`,
]

export const seedsA: Readonly<Record<string, Seeds>> = {
  'digitized-approval': {
    fires: [
      (r) => approve(r.pick(papers)),
      (r) => approve(r.pick(screens)),
      () => approve('auto'),
      (r) => gate(r.share(0.01, 0.04)),
      (r) => `${approve(r.pick(screens))} -> Desk: File {${r.n(1, 9)}m}`,
    ],
    passes: [
      () => gate(0.05),
      (r) => gate(r.share(0.06, 0.9)),
      (r) => gate(r.share(0.3, 0.5)),
      (r) => `${ask} -> MD: Sign {check ${r.pick(papers)} 1m wait=2h}`,
      (r) => `${ask} -> MD: Sign {decide ${r.pick(screens)} 1m wait=2h}`,
    ],
  },
  'approval-chain': {
    fires: chain,
    passes: [
      (r) => `A: One {${sign(r)}} -> A: Two {${sign(r)}}`,
      (r) => `A: One {${sign(r)}} -> B: Add {enter 1m writes=x} -> C: Two {${sign(r)}}`,
      (r) => `A: One {approve ${r.pick(papers)} 1m wait=1h writes=x} -> B: Two {${sign(r)}}`,
      (r) => `A: One {${sign(r)}} -> B: Two {check ${r.pick(papers)} 1m wait=1h writes=none}`,
      (r) => `start -> A: Ok?\nOk? -0.5-> A: One {${sign(r)}}\nOk? -0.5-> B: Two {${sign(r)}}`,
    ],
  },
  're-keying': {
    fires: [
      (r) => `A: One {enter ${r.pick(papers)} 1m writes=x} -> B: Two {${typed(r)} writes=x}`,
      (r) => `A: One {${typed(r)} writes=x+y} -> B: Two {${typed(r)} writes=y}`,
      (r) => `A: One {${r.pick(papers)} 1m writes=x:auto} -> B: Two {${typed(r)} reads=x writes=x}`,
      (r) => `B: Two {transcribe ${r.pick(screens)} ${r.n(1, 9)}m writes=x}`,
      (r) => `A: One {enter spreadsheet 1m writes=x} -> A: Look {check 1m writes=none} -> B: Two {${typed(r)} writes=x}`,
      (r) => `A: Machine of others {auto external 1m writes=x:auto} -> B: Two {${typed(r)} reads=x writes=x}`,
    ],
    passes: [
      (r) => `A: One {${typed(r)} writes=x} -> B: Two {${typed(r)} writes=x:auto}`,
      (r) => `A: One {${typed(r)} writes=x} -> B: Two {${typed(r)} writes=y}`,
      (r) => `A: One {${typed(r)} writes=x:picked} -> B: Two {${typed(r)} reads=none writes=x}`,
      (r) => `A: One {interface 1m writes=x:auto} -> B: Two {${typed(r)} reads=x writes=x:picked}`,
      (r) => `start -> A: Ok?\nOk? -0.5-> A: One {${typed(r)} writes=x}\nOk? -0.5-> B: Two {${typed(r)} writes=x}`,
    ],
  },
  'hand-off-ping-pong': {
    fires: [
      () => pingPong(1),
      (r) => pingPong(r.share(0.3, 0.9)),
      () => pingPong(0.2),
      (r) => `A: 1 {${r.n(1, 9)}m} -> B: 2 {1m} -> A: 3 {1m} -> B: 4 {1m}`,
      (r) => `A: 1 {${r.n(1, 9)}m} -> B: 2 {1m} -> C: 3 {1m} -> D: 4 {1m} -> E: 5 {1m}`,
    ],
    passes: [
      (r) => pingPong(r.share(0.1, 0.19)),
      () => pingPong(0.03),
      (r) => `A: 1 {${r.n(1, 9)}m} -> B: 2 {1m} -> C: 3 {1m}`,
      (r) => `A: 1 {${r.n(1, 9)}m} -> A: 2 {1m} -> B: 3 {1m}`,
      (r) => `A: 1 {${r.n(1, 9)}m} -> B: 2 {1m} -> C: 3 {1m} -> A: 4 {1m}`,
    ],
  },
  'rework-loop': {
    fires: [
      () => loop(0.05),
      (r) => loop(r.share(0.06, 0.14)),
      (r) => loop(r.share(0.15, 0.8)),
      (r) => loop(r.share(0.1, 0.5), `exp(${r.n(1, 20)}m)`),
      (r) =>
        `Desk: Send {4m} -> Clinic: Ok?\nOk? -${0.2} reject-> Desk: Mend {${r.n(1, 9)}m} -> Desk: Send\nOk? -0.8-> Desk: Book {1m}`,
    ],
    passes: [
      () => loop(0.04),
      (r) => loop(r.share(0.01, 0.03)),
      (r) => `Desk: Send {${r.n(1, 9)}m} -> Desk: Book {1m}`,
      (r) => `Desk: Ok?\nOk? -${0.2} reject-> end\nOk? -0.8-> Desk: Book {${r.n(1, 9)}m} -> end`,
      (r) => `Desk: Ok?\nOk? -0.3-> Desk: Extra {${r.n(1, 9)}m} -> Desk: Book {1m}\nOk? -0.7-> Desk: Book`,
    ],
  },
  'overloaded-role': {
    perHour: 1,
    fires: [
      (r) => queue(1, r.n(52, 56)),
      (r) => queue(1, r.n(57, 59)),
      (r) => queue(1, r.n(60, 90)),
      (r) => queue(3, r.n(160, 175)),
      (r) => queue(10, r.n(520, 560)),
    ],
    passes: [
      (r) => queue(1, r.n(5, 25)),
      (r) => queue(2, r.n(50, 75)),
      (r) => queue(3, r.n(90, 125)),
      (r) => queue(10, r.n(300, 500)),
      (r) => `lane Nurse staff=1\nNurse: Serve {interface exp(${r.n(30, 90)}m)}`,
    ],
  },
  'queue-before-role': {
    perHour: 1,
    fires: [
      (r) => queue(1, r.n(33, 38)),
      (r) => queue(1, r.n(39, 44)),
      (r) => queue(1, r.n(45, 51)),
      (r) => queue(2, r.n(92, 100)),
      () => 'lane Nurse staff=1\nNurse: Serve {lognormal(40m,2)}',
    ],
    passes: [
      (r) => queue(1, r.n(5, 15)),
      (r) => queue(1, r.n(16, 28)),
      (r) => queue(3, r.n(90, 125)),
      () => 'lane Nurse staff=1\nNurse: Serve {lognormal(6m,12)}',
      (r) => `lane Nurse staff=1\nNurse: Serve {interface exp(${r.n(30, 50)}m)}`,
    ],
  },
  'late-for-deadline': {
    perHour: 1,
    fires: [
      (r) => promised(1, r.n(45, 50), '30m'),
      (r) => promised(1, r.n(51, 55), '1h'),
      (r) => promised(1, r.n(61, 90), '1d'),
      (r) => promised(2, r.n(105, 115), '30m'),
      (r) => promised(3, r.n(172, 178), '1h'),
    ],
    passes: [
      (r) => promised(1, r.n(30, 50), '1d'),
      (r) => promised(1, r.n(5, 20), '30m'),
      (r) => promised(3, r.n(60, 90), '30m'),
      (r) => queue(1, r.n(52, 56)),
      (r) => `lane Nurse staff=1 sla=1m\nNurse: Serve {interface exp(${r.n(30, 90)}m)}`,
    ],
  },
  'batch-and-wait': {
    perHour: 2,
    fires: [
      (r) => sort(`${r.n(1, 9)}m batch=every:${r.n(3, 6)}h`),
      (r) => sort(`${r.n(1, 9)}m batch=every:${r.n(8, 24)}h`),
      (r) => sort(`${r.n(1, 9)}m batch=${r.n(2, 5)}`),
      (r) => sort(`60m batch=${r.n(6, 12)}`),
      () => sort('4h batch=every:3h'),
    ],
    passes: [
      (r) => sort(`${r.n(1, 60)}m`),
      (r) => sort(`60m batch=every:${r.n(5, 20)}m`),
      () => sort('60m batch=2'),
      () => sort('60m batch=every:1h'),
      (r) => sort(`${r.n(1, 60)}m batch=1`),
    ],
  },
  'click-burden': {
    fires: [
      () => vitals('screen 2m clicks=14'),
      (r) => vitals(`${r.pick(screens)} 2m clicks=${r.n(15, 220)} screens=2`),
      (r) => vitals(`${r.pick(screens)} 2m clicks=3 screens=${r.n(6, 9)}`),
      (r) => {
        const now = r.n(5, 9)
        return { before: vitals(`screen 2m clicks=${now}`), map: vitals(`screen 2m clicks=${now + 3}`) }
      },
      (r) => ({ before: vitals(`paper ${r.n(3, 9)}s`), map: vitals('screen 20s clicks=12') }),
    ],
    passes: [
      (r) => vitals(`${r.pick(screens)} 2m clicks=${r.n(0, 13)}`),
      () => vitals('screen 2m clicks=13 screens=5'),
      (r) => vitals(`paper 2m clicks=${r.n(14, 50)}`),
      (r) => vitals(`interface 2m clicks=${r.n(14, 50)}`),
      (r) => {
        const now = r.n(10, 11)
        return { before: vitals(`screen 2m clicks=${now}`), map: vitals(`screen 2m clicks=${now + 1}`) }
      },
    ],
  },
}

/** Seeded pairs of DB19–DB27. */
import { type Draw, papers, rest, type Seeds, screens } from './pair-maker.ts'

const free = 'lane Desk staff=30\nlane MA staff=30\nlane MD staff=30'
const two = (r: Draw, a: string, b: string): string =>
  `${free}\nDesk: First {${a} ${r.n(2, 20)}m wait=0s} -> MA: Second {${b} ${r.n(2, 20)}m wait=0s}`
const check = (stop: number, before = 20): string =>
  `MD: Examine {do verbal ${before}m writes=findings reads=none} -> Desk: Cover {check portal 2m reads=plan writes=none} -> Desk: Ok?\nOk? -${rest(stop)}-> Desk: Bill {1m} -> end\nOk? -${stop} reject-> end`
const licences = 'lane MD licence=5\nlane Nurse licence=3'
const queues = (desk: number, md: number): string =>
  `lane Desk staff=1\nlane MD staff=1\nDesk: Sort {paper exp(${desk}m)} -> MD: Read {inbox exp(${md}m)}`
const clerk = (share: number, facts = 'staff=1'): string =>
  `lane Desk staff=30\nlane Clerk ${facts}\nDesk: Sort {1m} -> Desk: Go?\nGo? -${share}-> Clerk: Send {fax 3m} -> end\nGo? -${rest(share)}-> end`

export const seedsC: Readonly<Record<string, Seeds>> = {
  'unmeasured-wait': {
    perHour: 1,
    fires: [
      (r) => `Desk: Ask {fax 1m measuredBy=ehr} -> Payer {type=wait wait=${r.n(1, 9)}d}`,
      (r) => `${free}\nMD: Sign {${r.pick(papers)} 1m wait=${r.n(15, 60)}m}`,
      (r) => `${free}\nMD: Sign {${r.pick(screens)} 1m batch=every:${r.n(2, 9)}h}`,
      () => `${free}\nMD: Sign {paper 1m batch=9}`,
      (r) => `${free}\nMD: Sign {paper 2m wait=${r.n(1, 9)}h}`,
    ],
    passes: [
      (r) => `Desk: Ask {fax 1m measuredBy=ehr} -> Payer {type=wait wait=${r.n(1, 9)}d measuredBy=portal}`,
      (r) => `${free}\nMD: Write {${r.pick(papers)} 10m wait=${r.n(0, 39)}m}`,
      (r) => `${free}\nMD: Write {paper ${r.n(1, 60)}m}`,
      () => `${free}\nMD: Sign {paper 1m wait=4m}`,
      () => `${free}\nMD: Sign {paper 1m wait=4h measuredBy=log}`,
    ],
  },
  'needless-serial': {
    perHour: 1,
    fires: [
      (r) => two(r, 'check portal reads=plan writes=cover', 'do paper reads=none writes=bp'),
      (r) => two(r, 'do paper reads=none writes=none', 'do paper reads=plan writes=none'),
      (r) => two(r, `do ${r.pick(screens)} reads=none writes=x+y`, 'enter screen reads=z writes=none'),
      (r) => two(r, 'transcribe screen reads=x writes=y', 'check screen reads=x writes=none'),
      (r) => two(r, 'notify phone reads=none writes=none', 'do paper reads=none writes=none'),
    ],
    passes: [
      (r) => two(r, 'do paper reads=none writes=bp', 'check screen reads=bp writes=none'),
      (r) => two(r, 'decide paper reads=none writes=none', 'do paper reads=none writes=none'),
      (r) => two(r, 'approve paper reads=none writes=none', 'do paper reads=none writes=none'),
      (r) => two(r, 'do paper reads=none writes=x', 'do paper reads=none writes=none').replace('MA: Second', 'Desk: Second'),
      (r) =>
        `${free}\nDesk: First {paper ${r.n(2, 9)}m reads=none writes=none} -> Desk: Ok?\nOk? -0.5-> MA: Second {paper 2m reads=none writes=none} -> end\nOk? -0.5-> end`,
    ],
  },
  'late-knock-out': {
    fires: [
      (r) => check(r.share(0.1, 0.6)),
      () => check(0.05),
      (r) => check(0.1, r.n(10, 60)),
      () =>
        'MD: Examine {verbal 20m reads=none writes=x} -> Desk: Weigh {paper 5m reads=none writes=w} -> Desk: Cover {check portal 2m reads=w writes=none} -> Desk: Ok?\nOk? -0.9-> end\nOk? -0.1 reject-> end',
      () =>
        'MD: Examine {verbal 20m reads=none writes=x} -> Desk: Cover {decide portal 2m reads=none writes=none}\nDesk: Cover -0.8-> Desk: Bill {1m writes=none} -> end\nDesk: Cover -0.2-> end',
    ],
    passes: [
      (r) => check(r.share(0.01, 0.04)),
      () => check(0.1, 9),
      () =>
        'MD: Examine {verbal 20m reads=none writes=x} -> MD: Judge {check screen 2m reads=x writes=none} -> MD: Ok?\nOk? -0.9-> end\nOk? -0.1 reject-> end',
      () =>
        'MD: Ask {verbal 20m reads=none writes=x} -> MD: Work up {verbal 20m reads=x writes=y} -> MD: Judge {check screen 2m reads=y writes=none} -> MD: Ok?\nOk? -0.9-> end\nOk? -0.1 reject-> end',
      (r) =>
        `Desk: Cover {check portal ${r.n(1, 5)}m reads=none writes=none} -> Desk: Ok?\nOk? -0.9-> MD: Examine {verbal 20m writes=x reads=none} -> end\nOk? -0.1 reject-> end`,
    ],
  },
  'skill-mismatch': {
    fires: [
      (r) => `${licences}\nNurse: Take {3m protocolShare=0.5} -> MD: Refill {${r.n(1, 9)}m protocolShare=${r.share(0.9, 0.99)}}`,
      () => `${licences}\nMD: Refill {2m protocolShare=0.9}`,
      () => `${licences}\nMD: Refill {2m protocolShare=0.95 minLicence=3}`,
      (r) => `${licences}\nMD: Renew {${r.pick(screens)} 2m protocolShare=1}`,
      () =>
        `${licences}\nlane MA licence=1\nMA: Take {1m protocolShare=0.99} -> MD: Refill {approve inbox 2m protocolShare=0.92}`,
    ],
    passes: [
      (r) => `${licences}\nMD: Refill {2m protocolShare=${r.share(0.1, 0.89)}}`,
      () => `${licences}\nMD: Refill {2m protocolShare=0.89}`,
      () => `${licences}\nMD: Refill {2m protocolShare=0.95 minLicence=5}`,
      () => `${licences}\nNurse: Refill {2m protocolShare=0.95} -> MD: See {9m protocolShare=0.1}`,
      () => `${licences}\nMD: Pause {type=wait wait=1h}`,
    ],
  },
  'needed-data-not-carried': {
    fires: [
      (r) => ({ map: `element a record\nMD: Order {${r.pick(screens)} 1m reads=a writes=none}`, evidence: { a: 'missing' } }),
      () => ({ map: 'element a record\nMD: Order {screen 1m reads=a writes=none}', evidence: { a: 'mapped' } }),
      () => ({ map: 'element a safety\nMD: Order {screen 1m reads=a writes=none}', evidence: { a: 'missing' } }),
      () => ({ map: 'MD: Order {screen 1m reads=a+b writes=none}', evidence: { a: 'carried', b: 'missing' } }),
      () => ({
        map: 'MA: Open {screen 1m reads=none writes=a:auto} -> MD: Order {screen 1m reads=a writes=none}',
        evidence: { a: 'missing' },
      }),
    ],
    passes: [
      (r) => ({ map: `MD: Order {${r.pick(screens)} 1m reads=a writes=none}`, evidence: { a: 'carried' } }),
      () => ({ map: 'MD: Order {screen 1m reads=none writes=a}', evidence: { a: 'missing' } }),
      () => ({
        map: 'MA: Ask {enter screen 1m reads=none writes=a} -> MD: Order {screen 1m reads=a writes=none}',
        evidence: { a: 'missing' },
      }),
      () => ({
        map: 'MA: Scan {screen 1m reads=none writes=a:scanned} -> MD: Order {screen 1m reads=a writes=none}',
        evidence: { a: 'mapped' },
      }),
      () => ({ map: 'MD: Order {screen 1m reads=a+b writes=none}', evidence: { a: 'carried', b: 'carried' } }),
    ],
  },
  'single-point-of-failure': {
    fires: [
      (r) => clerk(r.share(0.5, 0.99)),
      () => clerk(0.5),
      (r) => clerk(r.share(0.1, 0.4)).replace('fax 3m', 'fax safety 3m'),
      () => 'lane Clerk staff=1\nClerk: Send {fax 3m}',
      () => 'element dose safety\nlane Clerk staff=1\nClerk: Send {fax 3m reads=dose}',
    ],
    passes: [
      (r) => clerk(r.share(0.05, 0.49)),
      (r) => clerk(0.9, `staff=${r.n(2, 9)}`),
      () => clerk(0.9, 'staff=1 substitutes=desk'),
      () => 'lane Bot staff=1\nBot: Send {interface 3m}',
      () => 'lane Other staff=1\nOther: Send {fax external 3m}',
    ],
  },
  'print-to-scan': {
    fires: [
      (r) =>
        `A: Print {paper output=${r.pick(['print', 'pdf', 'fax'])} 1m reads=x writes=none} -> A: Scan {screen 1m reads=none writes=x:scanned}`,
      () =>
        'A: Print {paper output=print 1m reads=x writes=none} -> B: Sign {paper 1m writes=none} -> A: Scan {screen 1m writes=x:scanned}',
      () => 'A: Fill {screen output=fax 1m reads=none writes=x} -> B: Scan {screen 1m reads=none writes=x:scanned}',
      () => 'A: Print {paper output=print 1m reads=x+y writes=none} -> A: Scan {screen 1m reads=none writes=y:scanned+z:typed}',
      (r) =>
        `A: Print {paper output=print 1m reads=x writes=none} -> A: Ok?\nOk? -${r.share(0.3, 0.6)}-> A: Scan {screen 1m writes=x:scanned} -> end\nOk? -> end`,
    ],
    passes: [
      (r) =>
        `A: Print {paper output=${r.pick(['print', 'pdf', 'fax'])} 1m reads=x writes=none} -> A: Scan {screen 1m writes=y:scanned}`,
      () => 'A: Print {paper output=print 1m reads=x writes=none} -> A: Hand out {verbal 1m writes=none}',
      () => 'A: Scan {screen 1m writes=x:scanned} -> A: Print {paper output=print 1m reads=x writes=none}',
      () => 'A: Print {paper output=print 1m reads=x writes=none} -> A: Type {screen 1m writes=x:typed}',
      () => 'A: Send {screen 1m reads=x writes=none} -> A: Scan {screen 1m writes=x:scanned}',
    ],
  },
  'inbox-as-paper-tray': {
    fires: [
      (r) => `Nurse: Open {${r.pick(['inbox', 'efax', 'portal'])} ${r.n(1, 9)}m writes=none} -> MD: Answer {3m writes=x}`,
      (r) => {
        const on = r.share(0.8, 0.95)
        return `Nurse: Open {portal 1m writes=none}\nNurse: Open -${on}-> MD: Answer {3m}\nNurse: Open -${rest(on)}-> Nurse: Reply {3m}`
      },
      () => 'Nurse: Pass on {handoff inbox 1m writes=none} -> MD: Answer {3m}',
      () => 'Nurse: Tell {notify inbox 1m writes=none} -> MD: Answer {3m}',
      () => 'Nurse: Open {inbox 1m writes=none} -> Go {type=decision} -> MD: Answer {3m}',
    ],
    passes: [
      (r) => {
        const on = r.share(0.1, 0.79)
        return `Nurse: Open {portal 1m writes=none}\nNurse: Open -${on}-> MD: Answer {3m}\nNurse: Open -${rest(on)}-> Nurse: Reply {3m}`
      },
      (r) => `Nurse: Triage {${r.pick(['decide', 'check', 'approve'])} portal 1m writes=none} -> MD: Answer {3m}`,
      () => 'Nurse: Open {inbox 1m writes=note} -> MD: Answer {3m}',
      () => 'Nurse: Open {inbox 1m writes=none} -> Nurse: Answer {3m}',
      (r) => `Nurse: Open {${r.pick(['screen', 'paper'])} 1m writes=none} -> MD: Answer {3m}`,
    ],
  },
  'moved-queue': {
    perHour: 2,
    fires: [
      () => ({ before: queues(27, 6), map: queues(6, 27) }),
      (r) => ({ before: queues(27, r.n(2, 9)), map: queues(r.n(2, 9), 28) }),
      () => ({ before: queues(20, 15), map: queues(15, 20) }),
      () => ({ before: queues(33, 6), map: queues(6, 33) }),
      () => ({ before: queues(6, 26), map: queues(27, 6) }),
    ],
    passes: [
      (r) => ({ before: queues(27, 6), map: queues(r.n(25, 27), 7) }),
      (r) => ({ before: queues(27, 6), map: queues(6, r.n(16, 22)) }),
      (r) => queues(r.n(10, 25), 9),
      () => ({ before: queues(8, 6), map: queues(6, 8) }),
      () => ({ before: queues(40, 6), map: queues(6, 28) }),
    ],
  },
}

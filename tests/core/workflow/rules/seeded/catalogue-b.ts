/** Seeded pairs of DB09–DB18. */
import { papers, rest, type Seeds, screens } from './pair-maker.ts'

const record = 'element note record\nelement keys'
const act = 'Nurse: Measure {verbal 2m reads=none writes=none}'
const referral = 'Desk: Refer {request fax 3m}'
const closing = 'Desk: Report arrives {paper 1m closes=refer}'

export const seedsB: Readonly<Record<string, Seeds>> = {
  'sequence-mismatch': {
    fires: [
      (r) => ({ before: `A: One {verbal ${r.n(1, 9)}m} -> A: Two {1m}`, map: 'A: Two {screen 1m} -> A: One {screen 1m}' }),
      () => ({ before: 'A: One {1m} -> A: Two {1m} -> A: Three {1m}', map: 'A: Three {1m} -> A: One {1m} -> A: Two {1m}' }),
      () => ({ before: 'A: One {1m} -> B: Two {1m} -> C: Three {1m}', map: 'B: Two {1m} -> A: One {1m} -> C: Three {1m}' }),
      () => ({
        before: 'A: One {1m} -> A: Two {1m}',
        map: 'A: Begin {1m} -> A: Two {1m} -> A: One {1m}',
      }),
      (r) => ({
        before: 'A: One {1m} -> A: Two {1m} -> A: Three {1m}',
        map: `A: Three {1m} -> A: Ok?\nOk? -${r.share(0.3, 0.6)}-> A: One {1m} -> A: Two {1m} -> end\nOk? -> end`,
      }),
    ],
    passes: [
      () => ({ before: 'A: One {paper 1m} -> A: Two {1m}', map: 'A: One {screen 1m} -> A: Two {screen 1m}' }),
      () => ({
        before: 'A: One {1m} -> A: Two {1m}',
        map: 'Both {parallel} -> A: Two {1m} -> Joined {parallel}\nBoth -> A: One {1m} -> Joined',
      }),
      () => ({
        before: 'Both {parallel} -> A: Two {1m} -> Joined {parallel}\nBoth -> A: One {1m} -> Joined',
        map: 'A: One {1m} -> A: Two {1m}',
      }),
      () => ({ before: 'A: One {1m} -> A: Two {1m}', map: 'A: One {1m} -> A: Between {1m} -> A: Two {1m}' }),
      (r) => ({
        before: 'A: One {1m} -> A: Two {1m}',
        map: `A: Two {1m} -> A: One {1m} -> A: Ok?\nOk? -${r.share(0.2, 0.4)}-> A: Two\nOk? -> end`,
      }),
    ],
  },
  'shadow-workaround': {
    fires: [
      (r) => `${record}\nA: Keep list {${r.pick(['paper', 'spreadsheet', 'verbal'])} ${r.n(1, 9)}m reads=none writes=note}`,
      (r) => `${record}\nA: Read list {${r.pick(['paper', 'spreadsheet'])} 1m reads=note writes=none}`,
      () => `${record}\nA: Type {enter screen 1m reads=none writes=note} -> A: Copy {paper 1m reads=note writes=keys}`,
      () => 'A: Order {screen 1m reads=none writes=none} -> A: Phone {phone 1m workaround=order reads=none writes=none}',
      () => ({
        before: 'A: Order {screen 1m reads=none writes=none} -> A: Phone {phone 1m workaround=order}',
        map: 'A: Order {screen 1m reads=none writes=none} -> A: Phone {phone 1m}',
      }),
    ],
    passes: [
      (r) => `${record}\nA: Keep list {${r.pick(['paper', 'spreadsheet', 'verbal'])} 1m reads=none writes=keys}`,
      (r) => `${record}\nA: Keep list {${r.pick(screens)} 1m reads=none writes=note}`,
      (r) => `${record}\nA: Send {${r.pick(['fax', 'phone'])} 1m reads=note writes=none}`,
      () => `${record}\nA: Post {interface 1m reads=note writes=none}`,
      () => ({
        before: 'A: Order {screen 1m reads=none writes=none} -> A: Phone {phone 1m workaround=order}',
        map: 'A: Phone {phone 1m}',
        trace: 'Order =x the order set does it',
      }),
    ],
  },
  'fixed-station-mobile-role': {
    fires: [
      (r) => `lane A mobile\nA: See {verbal mobile 5m} -> A: Type {enter ${r.pick(screens)} fixed ${r.n(1, 9)}m}`,
      () => 'lane A mobile\nA: Copy {transcribe screen fixed 5m}',
      () => 'lane A mobile\nA: Look {check screen fixed 5m}',
      () => 'A: See {verbal mobile 5m} -> A: Type {enter screen fixed 3m}',
      () => 'A: See {verbal remote 5m} -> A: Type {enter screen fixed 3m}',
    ],
    passes: [
      (r) => `lane A mobile\nA: Type {enter ${r.pick(screens)} mobile ${r.n(1, 9)}m}`,
      (r) => `lane A fixed\nA: Type {enter ${r.pick(screens)} fixed ${r.n(1, 9)}m}`,
      () => 'lane A mobile\nA: Print {do paper fixed 3m}',
      () => 'lane A mobile\nA: Sign {approve screen fixed 3m}',
      () => 'lane A mobile\nlane B fixed\nA: See {verbal mobile 5m} -> B: Type {enter screen fixed 3m}',
    ],
  },
  'deferred-documentation': {
    fires: [
      (r) => `${act} -> Nurse: Type {enter screen 1m documents=measure entryDelay=${r.n(16, 400)}m writes=bp}`,
      (r) => `${act} -> Nurse: Type {enter screen 1m documents=measure wait=${r.n(20, 90)}m writes=bp}`,
      () => 'Nurse: Measure {paper 2m writes=bp} -> Nurse: Type {enter screen 1m documents=measure entryDelay=1m writes=bp}',
      () =>
        `${act} -> Nurse: Note {paper 1m reads=none writes=bp} -> Nurse: Type {enter screen 1m documents=measure entryDelay=5m writes=bp}`,
      (r) => `Nurse: Round {enter screen 2m entryDelay=${r.n(20, 90)}m writes=bp}`,
    ],
    passes: [
      (r) => `${act} -> Nurse: Type {enter screen 1m documents=measure entryDelay=${r.n(0, 15)}m writes=bp}`,
      () => `lane Nurse staff=1\n${act} -> Nurse: Type {enter screen 1m documents=measure wait=10m writes=bp}`,
      () => 'Nurse: Measure {enter screen 2m writes=bp}',
      () => 'Nurse: Measure {auto 2m writes=bp:auto} -> Nurse: Type {enter screen 1m documents=measure entryDelay=1m writes=bp}',
      () =>
        `${act} -> Nurse: Note {paper 1m reads=none writes=other} -> Nurse: Type {enter screen 1m documents=measure entryDelay=5m writes=bp}`,
    ],
  },
  'no-exception-path': {
    fires: [
      () => 'A: Prescribe {screen 1m} -> A: Transmit {interface 1s}',
      (r) => `A: Choose {decide ${r.pick(papers)} ${r.n(1, 9)}m}`,
      (r) => `A: Other clinic {external ${r.pick(papers)} ${r.n(1, 9)}m}`,
      (r) => `A: Give {${r.pick(screens)} safety 2m}`,
      () => 'A: Give {screen safety 2m} -> end\nA: Give -exception-> A: Use other screen {screen 1m} -> end',
    ],
    passes: [
      () => 'A: Transmit {interface 1s} -> end\nA: Transmit -exception-> A: Call {phone 1m} -> end',
      () => 'A: Choose {decide paper 1m} -> end\nA: Choose -exception-> A: Ask {phone 1m} -> end',
      () => 'A: Give {screen safety 2m} -> end\nA: Give -exception-> A: Note {paper 1m} -> end',
      (r) => `A: Give {paper safety ${r.n(1, 9)}m}`,
      () => 'A: Order {screen 1m} -> A: Give {screen safety 2m} -> end\nA: Order -exception-> A: Note {paper 1m} -> end',
    ],
  },
  'no-owner': {
    fires: [
      (r) => `A: Read {${r.pick(['inbox', 'efax', 'portal'])} ${r.n(1, 9)}m}`,
      (r) => `A: Read {inbox 1m owner="${r.pick(['nurse or MD', 'nurse, MD', 'desk/nurse', 'A and B'])}"}`,
      () => 'A: Tray {paper type=wait wait=4h} -> A: Read {paper 1m}',
      () => 'A: Tray {wait fax 4m} -> A: Read {paper 1m}',
      () => 'A: Read {portal 1m} -> A: File {screen 1m}',
    ],
    passes: [
      (r) => `A: Read {inbox 1m owner="Dr Lee" sla=${r.n(1, 9)}h}`,
      () => 'A: Read {inbox 1m owner="Dr Lee"}',
      (r) => `A: Read {inbox 1m sla=${r.n(1, 9)}h}`,
      (r) => `A: Read {${r.pick(['screen', 'paper', 'interface'])} 1m}`,
      (r) => `A: Read {inbox 1m} -> end\nA: Read -timeout=${r.n(1, 9)}h-> A: Chase {phone 1m} -> end`,
    ],
  },
  'untraced-step': {
    fires: [
      (r) => ({ before: `A: One {${r.n(1, 9)}m} -> A: Two {notify phone 1m}`, map: 'A: One {1m}' }),
      () => ({ before: 'A: One {1m} -> A: Two {check 1m safety}', map: 'A: One {1m}' }),
      () => ({ before: 'A: One {1m} -> A: Two {1m}', map: 'A: One {1m}', trace: 'Two =x' }),
      () => ({ before: 'A: One {1m} -> A: Two {1m}', map: 'A: One {1m} -> A: Other {1m}' }),
      () => 'A: One {verbal 1m pain="nobody knows the number" reads=none writes=none}',
    ],
    passes: [
      (r) => `A: One {${r.n(1, 9)}m} -> A: Two {1m}`,
      () => ({ before: 'A: One {1m} -> A: Two {1m}', map: 'A: One {1m}', trace: 'Two =x nobody reads it' }),
      () => ({ before: 'A: One {1m} -> A: Two {1m}', map: 'A: Both at once {1m}', trace: 'One, Two => Both at once' }),
      () => ({ before: 'A: One {1m}', map: 'A: First {1m} -> A: Second {1m}', trace: 'One => First, Second' }),
      () => ({ before: 'A: One {1m approve wait=2h pain="waits"}', map: 'A: One {1m approve wait=2h}' }),
    ],
  },
  'unsourced-step': {
    fires: [
      (r) => ({ before: 'A: One {1m}', map: `A: One {1m} -> A: Form {enter screen ${r.n(1, 9)}m}` }),
      () => ({ before: 'A: One {1m}', map: 'A: Form {enter screen 30s} -> A: One {1m}' }),
      () => ({ before: 'A: One {1m} -> A: Two {1m}', map: 'A: One {1m} -> A: Two {1m} -> B: Three {check 1m}' }),
      () => ({ before: 'A: One {1m} -> A: Two {1m}', map: 'A: One {1m} -> A: New {1m}', trace: 'Two =x not needed' }),
      () => ({ before: 'A: One {1m}', map: 'A: One {1m} -> Pause {type=wait wait=1h}' }),
    ],
    passes: [
      (r) => `A: One {${r.n(1, 9)}m} -> A: Two {1m}`,
      () => ({ before: 'A: One {1m} -> A: Two {1m}', map: 'A: One {1m}', trace: 'Two =x not needed' }),
      () => ({ before: 'A: One {1m}', map: 'A: First {1m} -> A: Second {1m}', trace: 'One => First, Second' }),
      () => ({ before: 'A: One {1m} -> A: Two {1m}', map: 'A: Both {1m}', trace: 'One, Two => Both' }),
      () => ({ before: 'A: One {paper 1m}', map: 'A: Other name {screen 1m}', trace: 'One => Other name' }),
    ],
  },
  'alert-fatigue': {
    fires: [
      (r) => `A: Order {enter ${r.pick(screens)} 1m alerts=${r.n(2, 9)}:0.5:0.5}`,
      (r) => `A: Order {enter screen 1m alerts=0.5:${r.share(0.91, 0.99)}:0.2}`,
      (r) => `A: Order {enter screen 1m alerts=0.5:0.5:${r.share(0.01, 0.09)}}`,
      () => 'A: Order {enter screen 1m alerts=2}',
      () => 'A: Approve {approve inbox 1m alerts=1.5:0.929:0.073}',
    ],
    passes: [
      (r) => `A: Order {enter ${r.pick(screens)} 1m alerts=1:${r.share(0.3, 0.9)}:${r.share(0.1, 0.5)}}`,
      () => 'A: Order {enter screen 1m alerts=0.5:0.8:0.3}',
      () => 'A: Order {enter screen 1m alerts=0}',
      () => 'A: Order {enter paper 1m alerts=5:0.95:0.05}',
      () => 'A: Order {interface 1m alerts=5:0.95:0.05}',
    ],
  },
  'open-loop': {
    fires: [
      (r) => `${referral} -> Desk: File {paper ${r.n(1, 9)}m}`,
      () => `${referral} -> ${closing}`,
      (r) => `${referral} -> Desk: Back?\nBack? -${rest(r.share(0.1, 0.9))}-> ${closing} -> end\nBack? -> end`,
      () => `${referral} -> end\nDesk: Refer -timeout=14d-> Desk: Chase {phone 1m} -> end`,
      () =>
        `${referral} -> Desk: Other arrives {paper 1m closes=other} -> end\nDesk: Refer -exception-> Desk: Ask {phone 1m} -> end`,
    ],
    passes: [
      (r) =>
        `${referral} -> ${closing} -> end\nDesk: Refer -timeout=${r.n(1, 30)}d-> Desk: Chase {phone 3m} -> Desk: Report arrives`,
      () =>
        `${referral} -> Wait {type=wait wait=2d} -> ${closing} -> end\nWait -timeout=14d-> Desk: Chase {phone 3m} -> Desk: Report arrives`,
      (r) => `Desk: Send {do fax ${r.n(1, 9)}m} -> Desk: File {paper 1m}`,
      () => `${referral} -> ${closing} -> end\nDesk: Refer -exception-> Desk: Call {phone 1m} -> end`,
      () => `Desk: Ask {phone 1m} -> ${referral} -> ${closing} -> end\nDesk: Refer -timeout=2d-> Desk: Report arrives`,
    ],
  },
}

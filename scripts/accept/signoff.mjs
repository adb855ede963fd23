/** Acceptance of sign-off: what a hurried reader and a determined one can not do. */
import { build } from '../setup.mjs'
import { needBrowser, printed, tests } from './measure.mjs'
import { boardLines } from './signoff/board.mjs'

const project = 'tests/core/project'

export const lines = [
  {
    name: 'display',
    line: 'what was misread before is marked with its reason: lists of ISMP, The Joint Commission and the FDA; nothing known is never a 0',
    measure: () => tests(['tests/core/review/display-rules.test.ts', 'tests/core/review/chart-extras.test.ts']),
  },
  {
    name: 'attention',
    line: 'sections too quick, not confirmed or not opened are counted, signed and recounted; an unread chart closes no record',
    measure: () => tests(['tests/core/review/attention.test.ts', 'tests/core/project/read-charts.test.ts']),
  },
  {
    name: 'causes',
    line: 'one cause is one verdict, one undo and one line of the worklist; comments stay in the private part',
    measure: () => tests(['tests/core/review/causes.test.ts', 'tests/core/review/own-verdicts.test.ts']),
  },
  {
    name: 'blind',
    line: '60 planted defects, the comparison switched off: at least 58 stand on the chart of both sides, nothing to be opened',
    measure: () => printed(['tests/core/review/planted', 'tests/core/review/chart.test.ts'], /planted defects/),
  },
  {
    name: 'reading',
    line: 'the chart at 1440 to 1024 px, 200 % and 400 % zoom, tablet both ways and phone both ways, messages included: the record has ≥ 60 % of the height, sides are named, axe 0 in both themes on the page as it stands; a part is signed by touch, the idle lock falls by the clock',
    measure: () => {
      build()
      return printed(['tests/journeys/chart-reading.test.ts'], /^reading at/, { CHROMIUM: needBrowser() })
    },
  },
  {
    name: 'part',
    line: 'twelve records that were read are signed as twelve: the page proves nothing about the rest, ends nothing, and is not covered once more is read',
    measure: () => tests([`${project}/part-signed.test.ts`]),
  },
  {
    name: 'forged',
    line: 'a copy holder without a key: 0 of 200 forged acts of every kind survive merging or verification',
    measure: () => printed([`${project}/signed-heads.test.ts`], /forged acts/, { LONG: '1' }),
  },
  {
    name: 'attacks',
    line: 'a table of at least 90 manipulations: ≥ 95 % refused without a known head, each other printed with its reason; with a known head all',
    measure: () => printed([`${project}/attacks`], /manipulations/),
  },
  {
    name: 'mutations',
    line: '10,000 random mutations of a ledger: all found and placed',
    measure: () => printed([`${project}/verify.test.ts`], /mutations/, { LONG: '1' }),
  },
  {
    name: 'hazards',
    line: 'a hazard closes on evidence of its own cause alone; acceptance and closing are signed with the own key; its texts are sealed',
    measure: () => tests([`${project}/hazards.test.ts`]),
  },
  ...boardLines,
]

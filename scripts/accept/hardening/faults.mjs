/** Crashes, full disks, races and clocks: what was acknowledged is there, what was refused is said. */
import { build } from '../../setup.mjs'
import { needBrowser, printed, tests } from '../measure.mjs'

export const faultLines = [
  {
    name: 'crash-points',
    line: 'at least 500 crash points of a save: every change, each ordered prefix of unsynced writes, torn; every step of writing a folder: the old or the new project',
    measure: () => printed(['tests/io/crash-points.test.ts', 'tests/io/second-copy.test.ts'], /^crash-points:/),
  },
  {
    name: 'quota',
    line: 'no room at 60 distinct writes of the browser: nothing kept in part, each said, the next save whole',
    measure: () => printed(['tests/io/store-faults.test.ts'], /^quota:/),
  },
  {
    name: 'races',
    line: '40 races of two tabs that save at once: one writer, the other refused by name, no acknowledged save lost',
    measure: () => printed(['tests/io/store-faults.test.ts'], /^races:/),
  },
  {
    name: 'real-store',
    line: 'the same in Chromium itself: 60 saves without room, 40 races of two tabs, 40 power cuts with the unsynced ends of its files lost: 0 lost, 0 mixed, each refusal said',
    measure: () =>
      printed(['tests/journeys/real-store/real-store.long.test.ts'], /^real /, { CHROMIUM: needBrowser(), LONG: '1' }),
  },
  {
    name: 'browser-kills',
    line: '200 kills of the browser while verdicts are given, torn ends of its database among them: 0 acknowledged verdicts lost, the chain holds',
    measure: () => {
      build()
      return printed(['tests/journeys/killed.test.ts'], /^browser-kills:/, { CHROMIUM: needBrowser(), LONG: '1' })
    },
  },
  {
    name: 'clock',
    line: 'a clock set back by hours, days and years: order, chain, undo, expiry and the lock of an idle screen hold',
    measure: () => tests(['tests/app/session/clock-backwards.test.ts']),
  },
  {
    name: 'disk-full',
    line: 'no room at every write of the command line: the old file whole, a sentence, exit code 3, nothing left beside it',
    measure: () => {
      build()
      return printed(['tests/cli/whole-files.long.test.ts'], /^files:/, { LONG: '1', FAULTS: 'full' })
    },
  },
]

/** Acceptance of sign-off: what a hurried reader and a determined one can not do. */
import { printed } from './measure.mjs'

const project = 'tests/core/project'

export const lines = [
  {
    name: 'forged',
    line: 'a copy holder without a key: 0 of 200 forged acts of every kind survive merging or verification',
    measure: () => printed([`${project}/signed-heads.test.ts`], /forged acts/, { LONG: '1' }),
  },
]

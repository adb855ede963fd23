/** A bulk export that does not match its manifest. */
import type { Check } from './check.ts'

export const manifest: Check = {
  code: 'data/manifest',
  title: 'The bulk export does not match its manifest',
  why: 'Files or resources that the server wrote are not here, or are other than announced: the target side is incomplete.',
  remedy: 'Download the export again and choose the manifest together with all its files.',
  severity: 'error',
  scope: 'reading',
  examples: {
    flags: [],
    passes: [
      {
        name: 'two resources',
        subject: { name: 'Patient.ndjson', csv: '{"resourceType":"Patient","id":"a"}\n{"resourceType":"Patient","id":"b"}\n' },
      },
    ],
  },
}

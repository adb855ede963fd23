import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { startZip } from '../../../../src/app/routes/data/acts/zip.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('files whose pieces come in turns are each whole in the archive, and equal files give equal bytes', async () => {
  const packed = async (): Promise<Uint8Array> => {
    const zip = startZip()
    zip.add('Patient.ndjson', bytes('{"id":1}\n'))
    zip.add('rejects/patients.csv', bytes('MRN\n'))
    zip.add('Patient.ndjson', bytes('{"id":2}\n'))
    zip.add('rejects/patients.csv', bytes('00417\n'))
    return new Uint8Array(await zip.end().arrayBuffer())
  }
  const archive = await packed()
  const files = Object.entries(unzipSync(archive)).map(([path, content]) => [path, new TextDecoder().decode(content)])
  expect(files).toEqual([
    ['Patient.ndjson', '{"id":1}\n{"id":2}\n'],
    ['rejects/patients.csv', 'MRN\n00417\n'],
  ])
  expect(await packed()).toEqual(archive)
})

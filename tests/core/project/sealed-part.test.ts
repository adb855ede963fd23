import { expect, test } from 'vitest'
import { digestOfBytes, utf8 } from '../../../src/core/canonical.ts'
import { record } from '../../../src/core/project/acts/hand.ts'
import { packSealed, unpackProject } from '../../../src/core/project/format/bundle.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { exported } from '../../../src/core/project/verify/sealed-part.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { exampleProject } from './example-project.ts'
import { hand } from './review-walk.ts'

test('a sealed part from an earlier backup or another file is found beside the ledger that names its own', async () => {
  const [earlier, later] = [utf8('sealed on Monday'), utf8('sealed on Tuesday')]
  const named = (name: string, sealed: Uint8Array<ArrayBuffer>, project = exampleProject()) =>
    record(project, [{ action: exported, object: name, digest: digestOfBytes(sealed) }], hand)
  const monday = named('monday.carryover', earlier)
  const tuesday = named('tuesday.carryover', later, monday)
  const verified = async (project: typeof monday, sealed: Uint8Array<ArrayBuffer>) => {
    const unpacked = unpackProject(packSealed(saveProject(project), sealed))
    if (!unpacked.ok) throw new Error(unpacked.problem)
    return (await verifyProject(unpacked.files, webVerifier))?.checks.find(({ ok }) => !ok)?.why ?? null
  }
  expect(await verified(monday, earlier)).toBeNull()
  expect(await verified(tuesday, later)).toBeNull()
  expect(await verified(tuesday, earlier)).toMatch(/tuesday\.carryover.*another file or an earlier backup/)
  // An entry that anybody may write hides no export of a device that had begun before it.
  const hidden = record(tuesday, [{ action: 'bundle-opened', object: 'bundles/x', digest: null }], hand)
  expect(await verified(hidden, earlier)).toMatch(/earlier backup/)
  // An early version named no export: there is nothing to hold it against.
  expect(await verified(exampleProject(), earlier)).toBeNull()
})

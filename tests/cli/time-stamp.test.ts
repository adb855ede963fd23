import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { expect, test, vi } from 'vitest'
import { addVerify } from '../../src/cli/project/verify.ts'
import { writeDer } from '../../src/core/project/time-stamp/der.ts'
import { readTimeStamp, timeStampRequest } from '../../src/core/project/time-stamp/time-stamp.ts'
import { checkTimeStamp } from '../../src/io/keys/time-stamp-web.ts'
import { writeProject } from '../../src/io/store/store-node.ts'
import { exampleSigner, signedFiles } from '../core/project/review-walk.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-stamp-'))
const hasOpenSsl = spawnSync('openssl', ['version']).status === 0
const at = (name: string): string => join(folder, name)

function openssl(...args: readonly string[]): void {
  const done = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr)
}

/** An authority with a key of this kind; its certificate signs itself. */
function authority(
  name: string,
  key: readonly string[],
  usage = 'critical,timeStamping',
): (request: string, answer: string) => void {
  writeFileSync(
    at(`${name}.cnf`),
    `[req]\ndistinguished_name=dn\nx509_extensions=tsa_cert\nprompt=no\n[dn]\nCN=${name}\n[tsa_cert]\nextendedKeyUsage=${usage}\n[tsa]\ndefault_tsa=own\n[own]\nserial=${at('serial')}\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=sha256\ness_cert_id_alg=sha256\n`,
  )
  openssl(
    'req',
    '-x509',
    '-newkey',
    ...key,
    '-nodes',
    '-days',
    '2',
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.pem`,
    '-config',
    `${name}.cnf`,
  )
  return (request, answer) =>
    openssl(
      'ts',
      '-reply',
      '-config',
      `${name}.cnf`,
      '-queryfile',
      request,
      '-inkey',
      `${name}.key`,
      '-signer',
      `${name}.pem`,
      '-out',
      answer,
    )
}

async function verify(...args: readonly string[]): Promise<Record<string, unknown>> {
  let out = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
  const program = new Command('carryover').exitOverride()
  addVerify(program.command('verify'))
  await program.parseAsync(['verify', ...args], { from: 'user' })
  write.mockRestore()
  return JSON.parse(out)
}

test.skipIf(!hasOpenSsl)(
  'a stamp of OpenSSL over the head is read and checked, and every changed byte of it is found',
  async () => {
    await writeProject(at('p.carryover'), await signedFiles(await exampleSigner()))
    const { head } = await verify(at('p.carryover'), '--timestamp-request', at('head.tsq'))
    const shown = spawnSync('openssl', ['ts', '-query', '-in', 'head.tsq', '-text'], { cwd: folder, encoding: 'utf8' })
    expect(shown.stdout).toMatch(/Hash Algorithm: sha256[\s\S]*Certificate required: yes/)
    for (const [name, key] of [
      ['rsa', ['rsa:2048']],
      ['p256', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
      ['p384', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384']],
    ] as const) {
      authority(name, key)('head.tsq', `${name}.tsr`)
      const report = await verify(at('p.carryover'), '--timestamp', at(`${name}.tsr`))
      expect([name, report.timestamp]).toEqual([name, expect.objectContaining({ ok: true, policy: '1.2.3.4.1' })])
      expect(String(Object(report.timestamp).why)).toContain('yours to judge')
      expect(process.exitCode).toBe(0)
    }
    const answer = new Uint8Array(readFileSync(at('p256.tsr')))
    const read = readTimeStamp(answer)
    if (!read.ok) throw new Error(read.problem)
    expect(Math.abs(Date.parse(read.stamp.time) - Date.now())).toBeLessThan(600_000)
    // Whatever the flip hits of what is signed, of the signature or of the key, the stamp counts no more.
    const { content, part } = read.stamp
    for (const [which, piece] of [content, part.signature, part.publicKey].entries()) {
      const start = Buffer.from(answer).indexOf(Buffer.from(piece))
      for (let offset = 0; offset < piece.length; offset += 3) {
        const changed = Uint8Array.from(answer)
        changed[start + offset] = (changed[start + offset] ?? 0) ^ 1
        expect([which, offset, (await checkTimeStamp(changed, [String(head)])).ok]).toEqual([which, offset, false])
      }
    }
  },
  60_000,
)

test.skipIf(!hasOpenSsl)(
  'a stamp of another head, of a certificate for other uses, a refusal and no stamp at all are told apart',
  async () => {
    const head = `sha256:${'ab'.repeat(32)}`
    writeFileSync(at('other.tsq'), timeStampRequest(head))
    authority('plain', ['rsa:2048'])('other.tsq', 'other.tsr')
    const stamp = new Uint8Array(readFileSync(at('other.tsr')))
    expect(await checkTimeStamp(stamp, [head])).toMatchObject({ ok: true })
    expect((await checkTimeStamp(stamp, [`sha256:${'cd'.repeat(32)}`])).why).toContain('no head of this ledger')
    expect((await checkTimeStamp(stamp.slice(0, 900), [head])).ok).toBe(false)
    expect((await checkTimeStamp(new TextEncoder().encode('no stamp'), [head])).why).toContain(
      'no answer of a time-stamp authority',
    )
    expect((await checkTimeStamp(Uint8Array.of(0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02), [head])).why).toContain('refused')
    await writeProject(at('q.carryover'), await signedFiles(await exampleSigner()))
    expect(await verify(at('q.carryover'), '--timestamp', at('other.tsr'))).toMatchObject({ ok: true, timestamp: { ok: false } })
    expect(process.exitCode).toBe(1)
    process.exitCode = 0
  },
  60_000,
)

/** The answer with its token signed anew by OpenSSL's own CMS, with these options. */
function signedAnew(info: Uint8Array, name: string, answer: string, ...options: readonly string[]): Uint8Array<ArrayBuffer> {
  writeFileSync(at('info.der'), info)
  const type = ['-econtent_type', '1.2.840.113549.1.9.16.1.4', '-md', 'sha256', '-outform', 'DER']
  const files = ['-in', 'info.der', '-signer', `${name}.pem`, '-inkey', `${name}.key`, '-out', answer]
  openssl('cms', '-sign', '-binary', '-nodetach', '-nosmimecap', ...type, ...files, ...options)
  const token = new Uint8Array(readFileSync(at(answer)))
  return writeDer(0x30, writeDer(0x30, Uint8Array.of(0x02, 0x01, 0x00)), token)
}

test.skipIf(!hasOpenSsl)(
  'RSA-PSS is understood; a token that names no certificate, or another one than it brings, is refused',
  async () => {
    const head = `sha256:${'ab'.repeat(32)}`
    writeFileSync(at('pss.tsq'), timeStampRequest(head))
    authority('pss', ['rsa:2048'])('pss.tsq', 'pss.tsr')
    const read = readTimeStamp(new Uint8Array(readFileSync(at('pss.tsr'))))
    if (!read.ok) throw new Error(read.problem)
    const info = read.stamp.content
    const padded = ['-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:32']
    const pss = signedAnew(info, 'pss', 'pss.cms', '-cades', ...padded)
    expect(await checkTimeStamp(pss, [head])).toMatchObject({ ok: true })
    const { part } = Object(readTimeStamp(pss)).stamp
    expect(part.pss).toEqual({ digest: '2.16.840.1.101.3.4.2.1', saltLength: 32 })
    const start = Buffer.from(pss).indexOf(Buffer.from(part.signature))
    const flipped = Uint8Array.from(pss, (byte, index) => (index === start + 9 ? byte ^ 1 : byte))
    expect((await checkTimeStamp(flipped, [head])).why).toContain('does not fit')
    expect((await checkTimeStamp(signedAnew(info, 'pss', 'bare.cms'), [head])).why).toContain('which certificate signed it')
    // Key, issuer and number of the certificate stay; what its owner was certified for does not.
    const plain = signedAnew(info, 'pss', 'plain.cms', '-cades')
    const { certificate } = Object(readTimeStamp(plain)).stamp
    const place = Buffer.from(plain).indexOf(Buffer.from(certificate)) + certificate.length - 1
    const other = Uint8Array.from(plain, (byte, index) => (index === place ? byte ^ 1 : byte))
    expect((await checkTimeStamp(other, [head])).why).toContain('is not the one that it was signed with')
  },
  60_000,
)

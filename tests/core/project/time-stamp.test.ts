/** DER by the lengths of X.690, and time stamps written by hand as RFC 3161 and RFC 5652 lay them out. */
import { hexToBytes } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { oidText, partsOf, readDer, writeDer } from '../../../src/core/project/time-stamp/der.ts'
import { readTimeStamp, timeStampRequest } from '../../../src/core/project/time-stamp/time-stamp.ts'

const fromHex = (hex: string): Uint8Array<ArrayBuffer> => Uint8Array.from(hexToBytes(hex))

test.each([0, 1, 127, 128, 255, 256, 65_535, 65_536])('an element of %i bytes is read as it was written', (length) => {
  const content = new Uint8Array(length).map((_, i) => i % 251)
  const written = writeDer(0x30, content.slice(0, 100), content.slice(100))
  // X.690 §8.1.3: one byte up to 127, else the number of bytes and the length in them.
  const size =
    length < 128
      ? [length]
      : length < 256
        ? [0x81, length]
        : length < 65_536
          ? [0x82, length >> 8, length & 255]
          : [0x83, length >> 16, (length >> 8) & 255, length & 255]
  expect([...written.slice(0, 1 + size.length)]).toEqual([0x30, ...size])
  const behind = Uint8Array.of(...written, 5, 0)
  const read = readDer(behind)
  expect([read?.tag, read?.content.length, read?.bytes.length]).toEqual([0x30, length, written.length])
  expect(read && [...read.content.slice(-3)]).toEqual([...content.slice(-3)])
  expect(partsOf(behind)?.map(({ tag }) => tag)).toEqual([0x30, 5])
  expect(readDer(written.slice(0, -1))?.content.length ?? null).toBe(null)
})

test('what is no element of definite length is none', () => {
  for (const bytes of [
    [],
    [0x30],
    [0x30, 0x80, 0, 0],
    [0x1f, 0],
    [0x3f, 0],
    [0x30, 0x85, 0, 0, 0, 0, 0],
    [0x30, 0x82, 1],
    [0x04, 2, 0],
  ])
    expect(readDer(Uint8Array.from(bytes)), `${bytes}`).toBeNull()
  expect(readDer(Uint8Array.of(0x30, 0x84, 0, 0, 0, 1, 7))?.content).toEqual(Uint8Array.of(7))
  expect(partsOf(Uint8Array.of(5, 0, 4, 2, 0))).toBeNull()
  expect(partsOf(new Uint8Array())).toEqual([])
})

test('whatever bytes are read give elements that are written as they stood', () => {
  const element = fc.tuple(fc.constantFrom(0x02, 0x04, 0x30, 0xa0), fc.uint8Array({ maxLength: 300 }))
  fc.assert(
    fc.property(fc.array(element, { maxLength: 5 }), (elements) => {
      const written = elements.flatMap(([tag, content]) => [...writeDer(tag, content)])
      expect(partsOf(Uint8Array.from(written))?.map(({ tag, content }) => [tag, ...content])).toEqual(
        elements.map(([tag, content]) => [tag, ...content]),
      )
    }),
    { numRuns: 200 },
  )
})

test.each([
  ['1.2.840.113549', '2a864886f70d'],
  ['2.5.4.3', '550403'],
  ['0.9.2342', '099226'],
  ['1.39', '4f'],
  ['2.0', '50'],
  ['2.39.1', '7701'],
  // The example of X.690 §8.19.5.
  ['2.999.3', '883703'],
])('the object identifier %s', (text, hex) => {
  expect(oidText(fromHex(hex))).toBe(text)
})

const head = `sha256:${'ab'.repeat(32)}`
const der = (tag: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => writeDer(tag, ...parts)
const text = (content: string): Uint8Array => new TextEncoder().encode(content)
const oid = (hex: string): Uint8Array => der(0x06, fromHex(hex))
const sha256 = oid('608648016503040201')
const sha1 = oid('2b0e03021a')
const integer = (...bytes: readonly number[]): Uint8Array => der(0x02, Uint8Array.from(bytes))
const octets = (hex: string): Uint8Array => der(0x04, fromHex(hex))

/** What a stamp is made of; each test leaves out or exchanges one part. */
const parts = {
  status: integer(0),
  kind: oid('2a864886f70d010702'),
  infoKind: oid('2a864886f70d0109100104'),
  imprintKind: sha256,
  imprint: octets('ab'.repeat(32)),
  policy: oid('2a030401'),
  time: der(0x18, text('20260302090000Z')),
  attributes: [
    der(0x30, oid('2a864886f70d010903'), der(0x31, oid('2a864886f70d0109100104'))),
    der(0x30, oid('2a864886f70d010904'), der(0x31, octets('cd'.repeat(32)))),
    der(0x30, oid('2a864886f70d010910022f'), der(0x31, der(0x30, der(0x30, der(0x30, octets('ef'.repeat(32))))))),
  ] as readonly Uint8Array[],
  issuer: der(0x30, der(0x31, text('issuer'))),
  serial: integer(7),
  named: der(0x30, der(0x30, der(0x31, text('issuer'))), integer(7)),
  version: [der(0xa0, integer(2))] as readonly Uint8Array[],
  usage: der(0xa3, fromHex('06082b06010505070308')),
  keyAlgorithm: der(0x30, oid('2a8648ce3d0201'), oid('2a8648ce3d030107')),
  signatureAlgorithm: der(0x30, oid('2a8648ce3d040302')),
  signature: octets('0102'),
}
type Parts = typeof parts

function stampOf(change: Partial<Parts> = {}): Uint8Array<ArrayBuffer> {
  const p = { ...parts, ...change }
  const info = der(
    0x30,
    integer(1),
    p.policy,
    der(0x30, der(0x30, p.imprintKind, fromHex('0500')), p.imprint),
    integer(9),
    p.time,
  )
  const key = der(0x30, p.keyAlgorithm, der(0x03, text('key')))
  const body = der(0x30, ...p.version, p.serial, der(0x30, sha256), p.issuer, der(0x30), der(0x30), key, p.usage)
  const certificate = der(0x30, body, der(0x30, sha256), der(0x03, text('by the issuer')))
  const signer = der(0x30, integer(1), p.named, der(0x30, sha256), der(0xa0, ...p.attributes), p.signatureAlgorithm, p.signature)
  const signed = der(
    0x30,
    integer(3),
    der(0x31, der(0x30, sha256)),
    der(0x30, p.infoKind, der(0xa0, der(0x04, info))),
    der(0xa0, certificate),
    der(0x31, signer),
  )
  return der(0x30, der(0x30, p.status), der(0x30, p.kind, der(0xa0, signed)))
}

function read(change: Partial<Parts> = {}) {
  const reading = readTimeStamp(stampOf(change))
  if (!reading.ok) throw new Error(reading.problem)
  return reading.stamp
}

test('a request holds version, imprint of SHA-256 and the wish for a certificate', () => {
  const hex = `3039020101303130 0d0609608648016503040201 0500 0420${'ab'.repeat(32)} 0101ff`.replaceAll(' ', '')
  expect(timeStampRequest(head)).toEqual(fromHex(hex))
})

test('every part of a stamp is read', () => {
  const stamp = read()
  expect(stamp).toMatchObject({
    imprint: head,
    time: '2026-03-02T09:00:00Z',
    policy: '1.2.3.4.1',
    namedDigest: 'cd'.repeat(32),
    namedCertificate: { algorithm: '2.16.840.1.101.3.4.2.1', digest: 'ef'.repeat(32) },
    isForStamps: true,
    part: {
      keyAlgorithm: '1.2.840.10045.2.1',
      curve: '1.2.840.10045.3.1.7',
      signatureAlgorithm: '1.2.840.10045.4.3.2',
      digestAlgorithm: '2.16.840.1.101.3.4.2.1',
      pss: null,
      signature: Uint8Array.of(1, 2),
      // RFC 5652 §5.4: signed as a SET, whatever tag it travels under.
      signed: der(0x31, ...parts.attributes),
    },
  })
  expect(readDer(stamp.content)?.tag).toBe(0x30)
  expect(readDer(stamp.part.publicKey)?.tag).toBe(0x30)
})

test('a granted stamp with changes counts, fractions of seconds are left out, and a certificate of version 1 has no number of it', () => {
  expect(read({ status: integer(1) }).imprint).toBe(head)
  expect(read({ time: der(0x18, text('20260302090000.123Z')) }).time).toBe('2026-03-02T09:00:00Z')
  expect(read({ version: [] }).certificate.length).toBeGreaterThan(0)
  expect(read({ usage: der(0xa3) }).isForStamps).toBe(false)
  expect(read({ keyAlgorithm: der(0x30, oid('2a864886f70d010101'), fromHex('0500')) }).part.curve).toBeNull()
})

test('a certificate is named by issuer and number, or by the identifier of its key', () => {
  const other = { named: der(0x30, der(0x30, der(0x31, text('issuer'))), integer(8)) }
  expect(readTimeStamp(stampOf(other))).toMatchObject({
    ok: false,
    problem: expect.stringContaining('or the certificate of its signer'),
  })
  expect(read({ named: der(0x80, text('key')) }).certificate.length).toBeGreaterThan(0)
  expect(readTimeStamp(stampOf({ named: der(0x80, text('no such key')) })).ok).toBe(false)
})

test('the digest of the certificate stands under SHA-256 unless another is said, and under SHA-1 in the older form', () => {
  const [type = sha256, digest = sha256] = parts.attributes
  const second = (...id: readonly Uint8Array[]): Uint8Array =>
    der(0x30, oid('2a864886f70d010910022f'), der(0x31, der(0x30, der(0x30, der(0x30, ...id)))))
  const sha512 = der(0x30, oid('608648016503040203'))
  expect(read({ attributes: [type, digest, second(sha512, octets('aa'))] }).namedCertificate).toEqual({
    algorithm: '2.16.840.1.101.3.4.2.3',
    digest: 'aa',
  })
  const older = der(0x30, oid('2a864886f70d010910020c'), der(0x31, der(0x30, der(0x30, der(0x30, octets('bb'))))))
  expect(read({ attributes: [type, digest, older] }).namedCertificate).toEqual({ algorithm: '1.3.14.3.2.26', digest: 'bb' })
  expect(read({ attributes: [type, digest, older, second(octets('cc'))] }).namedCertificate.digest).toBe('cc')
})

test('parameters of RSA-PSS, their defaults of RFC 8017, and two digests that differ', () => {
  const pss = oid('2a864886f70d01010a')
  const mask = (digest: Uint8Array): Uint8Array => der(0xa1, der(0x30, oid('2a864886f70d010108'), der(0x30, digest)))
  const of = (...parameters: readonly Uint8Array[]) =>
    read({ signatureAlgorithm: der(0x30, pss, der(0x30, ...parameters)) }).part.pss
  expect(of()).toEqual({ digest: '1.3.14.3.2.26', saltLength: 20 })
  expect(of(der(0xa0, der(0x30, sha256)), mask(sha256), der(0xa2, integer(32)))).toEqual({
    digest: '2.16.840.1.101.3.4.2.1',
    saltLength: 32,
  })
  expect(of(der(0xa0, der(0x30, sha256)), mask(sha256), der(0xa2, integer(1, 0)))).toEqual({
    digest: '2.16.840.1.101.3.4.2.1',
    saltLength: 256,
  })
  expect(of(der(0xa0, der(0x30, sha256)), mask(sha1))).toBeNull()
  expect(of(der(0xa0, der(0x30, sha256)))).toBeNull()
})

const [contentType = sha256, messageDigest = sha256, certificateName = sha256] = parts.attributes

test.each<readonly [string, Partial<Parts>]>([
  ['The authority refused the request (status 2).', { status: integer(2) }],
  ['The answer holds no signed token.', { kind: oid('2a864886f70d010701') }],
  ['The token is no time stamp.', { infoKind: oid('2a864886f70d010701') }],
  ['The time stamp can not be read.', { time: der(0x18, text('20260302090000')) }],
  ['The time stamp can not be read.', { time: der(0x18, text('202603020900Z')) }],
  ['The time stamp can not be read.', { time: der(0x17, text('20260302090000Z')) }],
  ['It stamps another kind of digest than SHA-256.', { imprintKind: sha1 }],
  ['The token lacks its signed attributes, or the certificate of its signer.', { attributes: [contentType, certificateName] }],
  ['What was signed is not said to be a time stamp.', { attributes: [messageDigest, certificateName] }],
  [
    'What was signed is not said to be a time stamp.',
    { attributes: [der(0x30, oid('2a864886f70d010903'), der(0x31, sha256)), messageDigest, certificateName] },
  ],
  ['The token does not say which certificate signed it (RFC 3161 asks for it).', { attributes: [contentType, messageDigest] }],
  ['The signature of the token can not be read.', { signature: new Uint8Array() }],
  ['The signature of the token can not be read.', { keyAlgorithm: der(0x31) }],
])('%s', (problem, change) => {
  expect(readTimeStamp(stampOf(change))).toEqual({ ok: false, problem })
})

test('whatever is cut off, no stamp is read and nothing is thrown', () => {
  const whole = stampOf()
  for (let end = 0; end < whole.length; end++) expect(readTimeStamp(whole.slice(0, end)).ok, `${end}`).toBe(false)
  expect(readTimeStamp(text('no stamp') as Uint8Array<ArrayBuffer>)).toEqual({
    ok: false,
    problem: 'This is no answer of a time-stamp authority (RFC 3161).',
  })
})

/** AWS Signature Version 4 by the words of its description, so that a store of a test can check who asks. */
import { createHash, createHmac } from 'node:crypto'

export interface SignedRequest {
  readonly method: string
  /** Path as it was sent, escaped. */
  readonly path: string
  readonly query: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** The signature that a request has to bear. @param signed names of its signed headers @param scope `20130524/us-east-1/s3/aws4_request` */
export function signatureOf(request: SignedRequest, secret: string, signed: readonly string[], scope: string): string {
  const { method, path, query, headers } = request
  const pairs = query === '' ? [] : query.split('&').map((pair) => (pair.includes('=') ? pair : `${pair}=`))
  const canonical = [
    method,
    path,
    pairs.sort().join('&'),
    ...signed.map((name) => `${name}:${(headers[name] ?? '').trim()}`),
    '',
    signed.join(';'),
    headers['x-amz-content-sha256'] ?? '',
  ].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'] ?? '', scope, sha256(canonical)].join('\n')
  const [day = '', region = '', service = ''] = scope.split('/')
  const key = [region, service, 'aws4_request'].reduce<Buffer>((before, part) => hmac(before, part), hmac(`AWS4${secret}`, day))
  return hmac(key, toSign).toString('hex')
}

/** Why a request is not signed as it must be; null where it is. */
export function fault(request: SignedRequest, accessKey: string, secret: string): string | null {
  const pattern = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/
  const [, key, scope = '', names = '', signature] = pattern.exec(request.headers.authorization ?? '') ?? []
  if (key === undefined) return 'AccessDenied'
  if (key !== accessKey) return 'InvalidAccessKeyId'
  const signed = names.split(';')
  for (const must of ['host', 'x-amz-content-sha256', 'x-amz-date']) if (!signed.includes(must)) return 'AccessDenied'
  return signatureOf(request, secret, signed, scope) === signature ? null : 'SignatureDoesNotMatch'
}

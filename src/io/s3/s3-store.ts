/** An object store that speaks S3: each call is signed (AWS Signature Version 4) and tried again. The only importer of aws4fetch. */
import type { AwsClient } from 'aws4fetch'
import { Cancelled } from '../../core/operation.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { joined } from '../keys/bytes.ts'
import { type ListedObject, listFault, listPage, strayAnswer, wordOf } from './s3-answers.ts'

/** What went wrong with a store, in a sentence with the address of the object. */
export class StoreError extends Error {
  readonly exitCode = 3
}

/** The store knows who asks and does not let them, or their keys expired: no repetition helps until somebody mends that. */
export class StoreRefused extends StoreError {
  readonly code = 'store-refused'
}

/** The object is another than the one that was listed. */
export class ObjectChanged extends StoreError {}

export interface StoreSettings {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string | null
  readonly region: string
  /** Of a store other than that of AWS, such as `https://store.clinic.example:9000`; null for AWS. */
  readonly endpoint: string | null
}

/** The usual environment variables. Throws `StoreError` where one is missing. */
export function storeSettings(env: Readonly<Record<string, string | undefined>>): StoreSettings {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env
  if (!accessKeyId || !secretAccessKey)
    throw new StoreError('An s3:// address needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment.')
  const endpoint = env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL || null
  if (endpoint !== null && !/^https?:\/\/[^/?#@]+\/?$/.test(endpoint))
    throw new StoreError('AWS_ENDPOINT_URL takes an address without a path, such as https://store.clinic.example:9000.')
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION || 'us-east-1'
  if (!/^[a-z0-9-]+$/.test(region)) throw new StoreError('AWS_REGION takes the name of a region, such as eu-central-1.')
  return {
    ...{ accessKeyId, secretAccessKey, region },
    sessionToken: env.AWS_SESSION_TOKEN || null,
    endpoint: endpoint?.replace(/\/$/, '') ?? null,
  }
}

export interface StoreTimes {
  /** Before the second try; doubled before each further one. Milliseconds. */
  readonly firstPause: number
  /** When nothing comes for so long, a try is over. Milliseconds. */
  readonly patience: number
}

const tries = 5
/** Pages of a list in a row that name nothing: a store may pass over what was removed. */
const mostPagesOfNothing = 100
/** Names in one list: a run has some per task. */
const mostListed = 10_000_000
const usual: StoreTimes = { firstPause: 250, patience: 60_000 }

interface Asked {
  readonly method: 'GET' | 'PUT' | 'DELETE'
  readonly bucket: string
  /** Empty for the bucket itself. */
  readonly key: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array<ArrayBuffer>
  /** Statuses of an error that are an answer. */
  readonly takes?: readonly number[]
}

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array
}

export class ObjectStore {
  private readonly client: AwsClient
  private readonly settings: StoreSettings
  private readonly times: StoreTimes

  private constructor(client: AwsClient, settings: StoreSettings, times: StoreTimes) {
    this.client = client
    this.settings = settings
    this.times = times
  }

  /** Asks nothing yet. @throws StoreError where the package that signs is not there */
  static async open(settings: StoreSettings, times: StoreTimes = usual): Promise<ObjectStore> {
    const { accessKeyId, secretAccessKey, sessionToken, region } = settings
    const { AwsClient } = await import('aws4fetch').catch(() => {
      throw new StoreError('The package aws4fetch is not there. Install Carryover with its optional packages.')
    })
    const keys = sessionToken === null ? { accessKeyId, secretAccessKey } : { accessKeyId, secretAccessKey, sessionToken }
    return new ObjectStore(new AwsClient({ ...keys, region, service: 's3', retries: 0 }), settings, times)
  }

  /** Objects whose keys begin with a prefix, in the order of their keys. */
  async list(bucket: string, prefix: string, signal: AbortSignal): Promise<ListedObject[]> {
    const found: ListedObject[] = []
    for await (const { objects } of this.pages(bucket, prefix, {}, signal)) found.push(...objects)
    return found
  }

  /** Folders right below one, without the slash at their ends. @param folder ends with a slash, or is empty */
  async folders(bucket: string, folder: string, signal: AbortSignal): Promise<string[]> {
    const found: string[] = []
    for await (const { folders } of this.pages(bucket, folder, { delimiter: '/' }, signal)) found.push(...folders)
    return found.map((path) => path.slice(folder.length, -1))
  }

  private async *pages(bucket: string, prefix: string, more: Readonly<Record<string, string>>, signal: AbortSignal) {
    const where = `s3://${bucket}/${prefix}`
    const seen = new Set<string>()
    let pagesOfNothing = 0
    for (let token = ''; ; ) {
      const query: Record<string, string> = { 'list-type': '2', 'encoding-type': 'url', prefix, ...more }
      if (token !== '') query['continuation-token'] = token
      const { bytes } = await this.ask({ method: 'GET', bucket, key: '', query }, signal, listFault)
      const page = listPage(new TextDecoder().decode(bytes), prefix)
      if (typeof page === 'string')
        throw new StoreError(`The list of ${where} can not be believed: ${page}. Check the store and what stands before it.`)
      const { objects, folders, isCut, next } = page
      const before = seen.size
      for (const key of [...objects.map((object) => object.key), ...folders]) seen.add(key)
      const repeats = seen.size < before + objects.length + folders.length
      // Tokens prove nothing: a store that goes round may make a new one each time.
      pagesOfNothing = seen.size === before ? pagesOfNothing + 1 : 0
      if (repeats || (isCut && (next === null || pagesOfNothing === mostPagesOfNothing || seen.size > mostListed)))
        throw new StoreError(`The store cut the list of ${where} and does not go on.`)
      yield page
      if (!isCut || next === null) return
      token = next
    }
  }

  /**
   * All bytes of an object in whatever state it is; null where there is none. For files of Carryover's own: none begins like an error of a
   * store or like a web page, so what does is asked for again.
   */
  async whole(bucket: string, key: string, signal: AbortSignal): Promise<Uint8Array | null> {
    const { status, bytes } = await this.ask({ method: 'GET', bucket, key, takes: [404] }, signal, ({ bytes, headers }) => {
      const length = headers.get('content-length')
      if (length !== null && Number(length) !== bytes.length) return `only ${bytes.length} of ${length} bytes came`
      return strayAnswer({ bytes })
    })
    return status === 404 ? null : bytes
  }

  /** Writes an object whole or not at all; false where there is one of this name, which stays. */
  async create(bucket: string, key: string, bytes: Uint8Array, signal: AbortSignal): Promise<boolean> {
    const body = new Uint8Array(bytes)
    // The store counts what arrives against the signed digest, so that no torn object comes to be.
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body))
    const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    const headers = { 'if-none-match': '*', 'x-amz-content-sha256': sha256 }
    const { status } = await this.ask({ method: 'PUT', bucket, key, headers, body, takes: [412] }, signal, strayAnswer)
    return status !== 412
  }

  async remove(bucket: string, key: string, signal: AbortSignal): Promise<void> {
    await this.ask({ method: 'DELETE', bucket, key, takes: [404] }, signal, strayAnswer)
  }

  /**
   * Bytes `from` (inclusive) to `to` (exclusive) of an object in the state that the ETag names; in whatever state it is where that is null.
   * @throws ObjectChanged where it is in another state by now
   */
  async read(
    bucket: string,
    key: string,
    etag: string | null,
    from: number,
    to: number,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const headers = { range: `bytes=${from}-${to - 1}`, ...(etag === null ? {} : { 'if-match': etag }) }
    const { bytes } = await this.ask({ method: 'GET', bucket, key, headers }, signal, (answer) => {
      if (answer.status !== 206) return `the store answered a range with status ${answer.status}`
      if (!(answer.headers.get('content-range') ?? '').startsWith(`bytes ${from}-${to - 1}/`))
        return 'the store sent another range'
      return answer.bytes.length === to - from ? null : `only ${answer.bytes.length} of ${to - from} bytes came`
    })
    return bytes
  }

  /** @param fault what is wrong with an answer, so that it is asked for again; null where nothing is */
  private async ask(asked: Asked, signal: AbortSignal, fault: (answer: Answer) => string | null = () => null): Promise<Answer> {
    const where = `s3://${asked.bucket}/${asked.key}`
    if (hasDots(asked.key))
      throw new StoreError(
        `${where} can not be asked for: an address leaves out folders "." and "..". Give the object another name.`,
      )
    let why = ''
    for (let attempt = 1; attempt <= tries; attempt++) {
      if (signal.aborted) throw new Cancelled()
      if (attempt > 1) await this.pause(attempt, signal)
      const answer = await this.once(asked, signal).catch((error: unknown) => {
        if (signal.aborted) throw new Cancelled()
        return errorWords(error)
      })
      if (typeof answer === 'string') {
        why = answer
        continue
      }
      const { status, bytes } = answer
      if (asked.takes?.includes(status) && !isNoBucket(answer)) return answer
      const code = status >= 300 ? wordOf(new TextDecoder().decode(bytes), 'Code') : null
      if (status === 412) throw new ObjectChanged(`${where} changed while it was read. Run this again when nothing writes to it.`)
      if (status >= 300 && !mayPass(status, code)) throw refusalOf(where, status, code)
      const wrong = status >= 300 ? `status ${status}${code === null ? '' : `, ${code}`}` : fault(answer)
      if (wrong === null) return answer
      why = wrong
    }
    const done = asked.method === 'GET' ? 'read' : asked.method === 'PUT' ? 'written' : 'removed'
    throw new StoreError(`${where} could not be ${done} in ${tries} tries: ${why}.`)
  }

  private async once({ method, bucket, key, query = {}, headers = {}, body }: Asked, signal: AbortSignal): Promise<Answer> {
    const signed = await this.client.sign(this.addressOf(bucket, key, query), { method, headers, ...(body ? { body } : {}) })
    const late = new AbortController()
    const giveUp = (): void => late.abort(new Error(`nothing came for ${this.times.patience / 1000} seconds`))
    const timer = setTimeout(giveUp, this.times.patience)
    try {
      // A store that points elsewhere is no answer: nothing signed goes to another address.
      const answer = await fetch(signed, { redirect: 'manual', signal: AbortSignal.any([signal, late.signal]) })
      timer.refresh()
      const chunks: Uint8Array[] = []
      for await (const chunk of answer.body ?? []) {
        // A slow line is no silent one.
        timer.refresh()
        chunks.push(chunk)
      }
      return { status: answer.status, headers: answer.headers, bytes: joined(chunks) }
    } finally {
      clearTimeout(timer)
    }
  }

  private addressOf(bucket: string, key: string, query: Readonly<Record<string, string>>): string {
    const { endpoint, region } = this.settings
    const path = key.split('/').map(escaped).join('/')
    const text = Object.entries(query)
      .map(([name, value]) => `${name}=${escaped(value)}`)
      .join('&')
    // A bucket with a dot has no certificate of its own.
    const base = endpoint ?? (bucket.includes('.') ? `https://s3.${region}.amazonaws.com` : null)
    const address = base === null ? `https://${bucket}.s3.${region}.amazonaws.com/${path}` : `${base}/${bucket}/${path}`
    return text === '' ? address : `${address}?${text}`
  }

  /** Twice as long before each try, and not the same for all who were turned away together. */
  private async pause(attempt: number, signal: AbortSignal): Promise<void> {
    const longest = this.times.firstPause * 2 ** (attempt - 2)
    await new Promise<void>((resolve) => {
      const over = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', over)
        resolve()
      }
      const timer = setTimeout(over, longest * (0.5 + Math.random() / 2))
      signal.addEventListener('abort', over)
    })
  }
}

/** True where the address of an object would lead to another one: "." and ".." are taken out of it on the way. */
export function hasDots(key: string): boolean {
  return key.split('/').some((part) => part === '.' || part === '..')
}

/** As RFC 3986 has it: what `encodeURIComponent` leaves is signed escaped. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

function isNoBucket({ status, bytes }: Answer): boolean {
  return status === 404 && wordOf(new TextDecoder().decode(bytes), 'Code') === 'NoSuchBucket'
}

/** Whether another try can help. */
function mayPass(status: number, code: string | null): boolean {
  // 501 is no fault that passes: the store does not know what it is asked for.
  if (status === 501) return false
  // 409: another writer of the same name is at it right now.
  return status >= 500 || status === 429 || status === 409 || status === 408 || code === 'RequestTimeout' || code === 'SlowDown'
}

const expired: ReadonlySet<string> = new Set(['ExpiredToken', 'TokenRefreshRequired', 'RequestExpired'])

function refusalOf(where: string, status: number, code: string | null): StoreError {
  if (expired.has(code ?? ''))
    return new StoreRefused(`The keys in the environment have expired (${where}, ${code}). Set new ones and go on.`)
  const words = refusal(where, status, code)
  return status === 401 || status === 403 ? new StoreRefused(words) : new StoreError(words)
}

function refusal(where: string, status: number, code: string | null): string {
  if (status === 404) return `${where} is not there${code === 'NoSuchBucket' ? ': the store has no such bucket' : ''}.`
  if (status === 401 || status === 403)
    return `The store refuses to give ${where} (${code ?? status}). Check the keys in the environment and what they may do.`
  if (status < 400) return `The bucket of ${where} lies elsewhere. Set AWS_REGION or AWS_ENDPOINT_URL to its place.`
  return `The store refuses ${where}: status ${status}${code === null ? '' : `, ${code}`}.`
}

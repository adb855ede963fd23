/** The key of an epoch wrapped for one device: what stands around it in clear, and what it is bound to. */
import * as v from 'valibot'
import { canonicalJson, digestOf, type Json, utf8 } from '../../canonical.ts'
import { fits, json, type Kept, object } from '../../values/document.ts'
import { parseJson } from '../../values/json.ts'

const hexKey = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'should be 64 hexadecimal digits'))

/** What a wrap belongs to; another of any of them opens nothing. */
export interface WrapPlace {
  readonly project: string
  readonly epoch: number
  /** `recoveryDeviceOf` for a printed key. */
  readonly device: string
  /** Commitment of the wrapped key. */
  readonly key: string
}

/** Stands where the name of a device stands, another for each printed key; names of devices are made by chance. */
export function recoveryDeviceOf(key: Json): string {
  return `recovery-${digestOf(key).slice('sha256:'.length, 23)}`
}

export function isRecoveryDevice(device: string): boolean {
  return device.startsWith('recovery-')
}

const keyWrap = object({
  format: v.literal('carryover-key-wrap/1'),
  project: v.string(),
  epoch: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  device: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
  key: hexKey,
  /** JWK of the key pair that was made for this wrap. */
  ephemeral: json(),
  /** base64url of nonce and sealed key. */
  sealed: v.pipe(v.string(), v.maxLength(200)),
})
export type KeyWrap = Kept<typeof keyWrap>

export function keyWrapText(wrap: KeyWrap): string {
  return canonicalJson(wrap)
}

/** Null where this is no wrap. */
export function readKeyWrap(text: string): KeyWrap | null {
  const read = text.length > 2000 ? null : parseJson(text)
  return read?.ok && fits(read.value, keyWrap) ? read.value : null
}

/** The bytes that both the wrapping key and the sealing are bound to. */
export function boundTo({ project, epoch, device, key }: WrapPlace): Uint8Array<ArrayBuffer> {
  const words: Json = { format: 'carryover-key-wrap/1', project, epoch, device, key }
  return utf8(canonicalJson(words))
}

/** What a wrap has to be of, in the words of a person who looks for the reason. */
export function isOfPlace(wrap: KeyWrap, place: WrapPlace): boolean {
  return wrap.project === place.project && wrap.epoch === place.epoch && wrap.device === place.device && wrap.key === place.key
}

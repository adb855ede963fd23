/** A browser becomes a device of a project: it proves that it holds the key that signs the chain of that device. */
import * as v from 'valibot'
import type { Json } from '../../core/canonical.ts'
import { keyOfClaim } from '../../core/team/device-claim.ts'
import { json, object } from '../../core/values/document.ts'
import { isMembers } from '../../core/values/json.ts'
import { webVerifier } from '../../io/keys/signature-web.ts'
import { readBody } from './read-body.ts'
import { type Route, say } from './route.ts'

/** A short JWK without its private half: what should never leave a browser is not kept by mistake. */
function isPublicKey(key: Json): boolean {
  return isMembers(key) && typeof key.kty === 'string' && !('d' in key) && !('k' in key) && JSON.stringify(key).length <= 2000
}

const publicKey = v.pipe(json(), v.check(isPublicKey))

const newDevice = object({
  id: v.pipe(
    v.string(),
    v.check((id) => id.length > 0 && id.length <= 128 && !/\p{Cc}/u.test(id)),
  ),
  name: v.pipe(v.string(), v.maxLength(200)),
  /** JWK of the key that signs the chain of this device. */
  signKey: publicKey,
  /** JWK of the key that others seal for; null where this browser has none. */
  sealKey: v.nullable(publicKey),
  /** Signature of the claim (`src/core/team/device-claim.ts`) by `signKey`, base64url. */
  proof: v.pipe(v.string(), v.maxLength(200)),
})

/** More than anybody has browsers; each is held in memory. */
const mostDevices = 100

export const deviceRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/team/:project/devices',
    access: 'member',
    isByPage: true,
    about:
      'registers this browser as a device of the project, with a proof of its key: from here on entries of its chain are yours alone',
    answer: async ({ context, state, session, room }) => {
      const asked = await readBody(context, newDevice, 'a device with id, name, signKey, sealKey and proof')
      if (asked instanceof Response) return asked
      const { people, ways, now } = state.parts
      const { project } = room
      const { who } = session
      const claim = { origin: ways.origin, project, person: who.id, device: asked.id }
      const key = await keyOfClaim(claim, asked.signKey, asked.proof, webVerifier)
      if (key === null)
        return say(context, 403, 'no-proof', 'This browser did not prove that it holds the key of this device. Reload the page.')
      const known = room.gate.keyOf(asked.id)
      if (known !== null && known !== key)
        return say(
          context,
          409,
          'other-key',
          `The ledger knows the device ${asked.id} by another key. Take a new device name in this browser.`,
        )
      const devices = await people.listDevices(who.id)
      if (devices.length >= mostDevices && !devices.some(({ id }) => id === asked.id))
        return say(context, 409, 'too-many', `You have ${mostDevices} devices. Ask who runs the server to begin anew.`)
      const why = await people.registerDevice(who, session.digest, { project, ...asked }, now())
      if (why !== null) return say(context, 409, 'taken', why)
      const isNew = session.devices.get(project) !== asked.id
      state.sessions.bind(session.digest, project, asked.id)
      if (isNew) state.note(project, session, 'device-added', asked.id, 'ok')
      if (room.gate.grants.length > 0) await state.deriveMembers(room)
      return context.json({ id: asked.id }, 201)
    },
  },
]

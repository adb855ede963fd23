/** How the ledger names a person who acts. */
import { sha256 } from '../../sha256.ts'

/** Who acts before anybody said who works there. */
export const unnamed = 'unnamed'

/** Names that no Latin letter spells are known by a digest of them, so that everybody can read and sign. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  if (slug !== '') return slug
  const spelled = name.normalize('NFC').trim()
  if (spelled === '') return unnamed
  return `person-${Array.from(sha256(spelled).subarray(0, 6), (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** Whether this actor goes by this name, as the slug says or a key that was enrolled for it: nobody's name is lent. */
export function isNameOf(
  name: string,
  actor: string,
  keys: readonly { readonly actor: string; readonly name: string }[],
): boolean {
  const said = name.trim()
  return actor !== unnamed && (slugOf(said) === actor || keys.some((key) => key.actor === actor && key.name === said))
}

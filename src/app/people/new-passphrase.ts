/** What a passphrase has to be that is chosen here: for a sealed file, a bundle, a key that signs. */

/** Whoever has the file may try for years. */
export const leastPassphrase = 12

/** Said beside the field, before anything is typed. */
export const passphraseRule = `At least ${leastPassphrase} characters; several words are easiest to keep.`

/** Why this passphrase is not taken, in words; null where it is. */
export function passphraseFault(passphrase: string): string | null {
  return passphrase.length < leastPassphrase ? `This has ${passphrase.length} characters. ${passphraseRule}` : null
}

/** The same where it was typed twice. */
export function twiceTypedFault(passphrase: string, again: string): string | null {
  return passphraseFault(passphrase) ?? (passphrase === again ? null : 'The two passphrases differ.')
}

/** The one door out of the app: the hospital's own sign-in, whose address the server of the team gave. */

/** Goes there, with nothing of this page. Gives the sentence that says why not, where the address is none of a sign-in. */
export function leaveFor(given: unknown): string | null {
  const address = typeof given === 'string' && URL.canParse(given) ? new URL(given) : null
  const isHere = address !== null && ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname)
  if (address === null || (address.protocol !== 'https:' && !isHere) || address.username !== '' || address.password !== '')
    return 'The server named no address of a sign-in. Try again, or ask who runs this server.'
  location.assign(address)
  return null
}

/** The key of whoever signs: its passphrase is asked for, or a new one is chosen. */
import { useEffect, useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { passphraseRule, twiceTypedFault } from '../../../people/new-passphrase.ts'
import { hasSigningKey } from '../../../people/sign.ts'
import styles from './certificate.module.css'

/** Whether this person has a key, and what was typed to open or to make it; held only as long as the dialog is open. */
export function useKeyAccess(name: string) {
  const [known, setKnown] = useState<boolean | null>(null)
  const [lost, setLost] = useState(false)
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  useEffect(() => {
    let shown = true
    hasSigningKey(name).then(
      (has) => shown && setKnown(has),
      () => shown && setKnown(false),
    )
    return () => {
      shown = false
    }
  }, [name])
  const fresh = known === false || lost
  return {
    known,
    fresh,
    lost: () => setLost(true),
    passphrase,
    setPassphrase,
    again,
    setAgain,
    whyNot: (): string | null => {
      if (!fresh) return passphrase === '' ? 'Enter the passphrase of your key: it shows that you are the one who signs.' : null
      return twiceTypedFault(passphrase, again)
    },
  }
}

const recoveryHint = 'The recovery key is the code in groups of four that was shown once, when you signed first.'

export function KeyAccess({ access }: { readonly access: ReturnType<typeof useKeyAccess> }) {
  if (access.known === null) return null
  const { fresh, passphrase, setPassphrase, again, setAgain } = access
  return (
    <section aria-label="Your key" className="stack starts">
      {fresh && (
        <p className="muted">
          Choose a passphrase for your key: from now on nobody signs in your name at this browser without it. When you have
          signed, a recovery key is shown once: a code to write down, which signs in place of a lost passphrase.
          {access.known &&
            ' What your earlier key signed stays valid. The page and its verification will say that it was signed with another key.'}
        </p>
      )}
      <div className={styles.person}>
        <Field
          label={fresh ? 'New passphrase' : 'Passphrase or recovery key'}
          type="password"
          value={passphrase}
          onChange={setPassphrase}
          autoComplete="off"
          hint={fresh ? passphraseRule : recoveryHint}
        />
        {fresh && <Field label="The same again" type="password" value={again} onChange={setAgain} autoComplete="off" />}
      </div>
      {!fresh && (
        <Button look="quiet" onPress={access.lost}>
          I lost both: make a new key
        </Button>
      )}
    </section>
  )
}

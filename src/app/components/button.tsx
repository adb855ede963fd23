/** Buttons and links that look like buttons: verbs, 32 px high, 44 px in review. */
import { Button as AriaButton, type ButtonProps } from 'react-aria-components'
import type { Address } from '../window/address.ts'
import styles from './button.module.css'

interface Looks {
  /** `primary` once per page; `quiet` has a thin border and no ground. */
  readonly look?: 'primary' | 'plain' | 'quiet'
  /** 44 px targets, for touch and review. */
  readonly large?: boolean
}

type OwnButtonProps = ButtonProps & Looks & { readonly ref?: React.Ref<HTMLButtonElement> }

export function Button({ look = 'plain', large = false, className, ...props }: OwnButtonProps) {
  return (
    <AriaButton
      {...props}
      className={`line nowrap ${styles.button} ${styles[look]} ${large ? styles.large : ''} ${typeof className === 'string' ? className : ''}`}
    />
  )
}

/** A link to another view of the project, drawn as a button. */
export function ButtonLink({
  href,
  look = 'plain',
  children,
  onClick,
}: { readonly href: Address; readonly children: React.ReactNode; readonly onClick?: (() => void) | undefined } & Looks) {
  return (
    <a className={`line nowrap ${styles.button} ${styles[look]}`} href={href} onClick={onClick}>
      {children}
    </a>
  )
}

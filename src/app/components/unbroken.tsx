/** Text in which days and the decision never break at their hyphens: "23-Nov-2026", "NO-GO". */
import { createElement, Fragment } from 'react'
import styles from './unbroken.module.css'

const kept = /(\d{2}-[A-Z][a-z]{2}(?:-\d{4})?|NO-GO|Go-live|Pre-launch)/

export function Unbroken({ children }: { readonly children: string }) {
  const parts = children.split(kept)
  return createElement(
    Fragment,
    null,
    ...parts.map((part, at) => (at % 2 === 1 ? createElement('span', { className: styles.kept }, part) : part)),
  )
}

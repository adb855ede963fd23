/** A modal dialog with a title; Esc and a click beside it close it, unless it must be answered. Focus returns to its opener. */
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import styles from './dialog.module.css'

export interface DialogProps {
  readonly title: string
  readonly open: boolean
  readonly onClose: () => void
  /** `alertdialog` for a question that must be answered. */
  readonly role?: 'dialog' | 'alertdialog'
  readonly wide?: boolean
  /** Only a button of its own closes it: what it shows is shown once. */
  readonly stays?: boolean
  readonly children: ReactNode
}

export function Dialog({ title, open, onClose, role = 'dialog', wide = false, stays = false, children }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable={!stays}
      isKeyboardDismissDisabled={stays}
      className={`scroll ${styles.overlay}`}
    >
      <Modal className={`float ${styles.modal} ${wide ? styles.wide : ''}`}>
        <AriaDialog role={role} className={`stack-wide ${styles.dialog}`}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

/** The row of buttons at the foot of a dialog, with what a press of them met. */
export function DialogActions({ children, problem = null }: { readonly children: ReactNode; readonly problem?: ReactNode }) {
  return (
    <div className={`row-start above ${styles.actions}`}>
      {problem && <div className={styles.said}>{problem}</div>}
      {children}
    </div>
  )
}

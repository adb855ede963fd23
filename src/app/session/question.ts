/** A question that must be answered before something is replaced; shown by the frame, answered by one of its buttons. */
import { create } from 'zustand'

export interface Question {
  readonly title: string
  readonly text: string
  /** The first one is the answer of Esc. */
  readonly choices: readonly { readonly value: string; readonly label: string }[]
}

interface Asked {
  readonly question: Question | null
  readonly answer: (value: string) => void
}

export const useQuestion = create<Asked>()(() => ({ question: null, answer: () => undefined }))

/** Resolves with the value of the chosen answer. */
export function ask<const Asking extends Question>(question: Asking): Promise<Asking['choices'][number]['value']> {
  return new Promise((resolve) => {
    const answer = (value: string): void => {
      useQuestion.setState({ question: null })
      const chosen = question.choices.find((choice) => choice.value === value) ?? question.choices[0]
      if (chosen) resolve(chosen.value)
    }
    useQuestion.setState({ question, answer })
  })
}

/** Which columns of a file are meant: asked on the page of the files, where it is chosen. */
export interface ColumnsQuestion {
  readonly title: string
  readonly columns: readonly { readonly name: string; readonly says: string; readonly needed: boolean }[]
  /** Names of the file. */
  readonly names: readonly string[]
  /** The name that is proposed for a column. */
  readonly proposed: Readonly<Record<string, string>>
}

interface AskedColumns {
  readonly question: ColumnsQuestion | null
  /** Null: the file is not taken. */
  readonly answer: (match: Readonly<Record<string, string>> | null) => void
}

export const useColumnsQuestion = create<AskedColumns>()(() => ({ question: null, answer: () => undefined }))

export function askColumns(question: ColumnsQuestion): Promise<Readonly<Record<string, string>> | null> {
  return new Promise((resolve) => {
    const answer: AskedColumns['answer'] = (match) => {
      useColumnsQuestion.setState({ question: null })
      resolve(match)
    }
    useColumnsQuestion.setState({ question, answer })
  })
}

export interface SecretQuestion {
  readonly title: string
  readonly text: string
  /** Why the last answer did not do; null at first. */
  readonly problem: string | null
  /** False where nothing can be opened without the secret. */
  readonly without?: boolean
  /** For a secret that is new: why it will not do, in words. It is then typed twice in one dialog. */
  readonly fresh?: (secret: string) => string | null
}

export type SecretAnswer =
  | { readonly kind: 'cancel' }
  /** Goes on without what the secret protects. */
  | { readonly kind: 'without' }
  | { readonly kind: 'secret'; readonly secret: string }

interface AskedSecret {
  readonly question: SecretQuestion | null
  readonly answer: (answer: SecretAnswer) => void
}

export const useSecretQuestion = create<AskedSecret>()(() => ({ question: null, answer: () => undefined }))

/** Resolves with what the person entered; nothing of it is kept. */
export function askSecret(question: SecretQuestion): Promise<SecretAnswer> {
  return new Promise((resolve) => {
    const answer = (given: SecretAnswer): void => {
      useSecretQuestion.setState({ question: null })
      resolve(given)
    }
    useSecretQuestion.setState({ question, answer })
  })
}

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

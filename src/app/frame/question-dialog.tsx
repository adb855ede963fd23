/** Shows the question that waits, if one does. */
import { Button } from '../components/button.tsx'
import { Dialog, DialogActions } from '../components/dialog.tsx'
import { useQuestion } from '../session/question.ts'

export function QuestionDialog() {
  const { question, answer } = useQuestion()
  return (
    <Dialog title={question?.title ?? ''} open={question !== null} onClose={() => answer('')} role="alertdialog">
      <p>{question?.text}</p>
      <DialogActions>
        {question?.choices.map(({ value, label }, index) => (
          <Button key={value} look={index === question.choices.length - 1 ? 'primary' : 'plain'} onPress={() => answer(value)}>
            {label}
          </Button>
        ))}
      </DialogActions>
    </Dialog>
  )
}

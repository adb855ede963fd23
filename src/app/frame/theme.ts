/** Light, dark or as the system says; kept with the settings of this browser. */
import { useEffect } from 'react'
import { useWorkspace } from '../session/state.ts'

export function useTheme(): void {
  const theme = useWorkspace((w) => w.theme)
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const apply = (): void => {
      document.documentElement.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme
    }
    apply()
    dark.addEventListener('change', apply)
    return () => dark.removeEventListener('change', apply)
  }, [theme])
}

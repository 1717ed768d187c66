import { useSyncExternalStore } from 'react'

const KEY = 'yifa.dark'
const system = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()

/** Dark colours: as chosen here, else as the system has it. */
export function useDark(): [dark: boolean, choose: (dark: boolean) => void] {
  return [useSyncExternalStore(subscribe, isDark), choose]
}

function isDark(): boolean {
  const chosen = localStorage.getItem(KEY)
  return chosen === null ? system.matches : chosen === 'yes'
}

function choose(dark: boolean): void {
  localStorage.setItem(KEY, dark ? 'yes' : 'no')
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  system.addEventListener('change', listener)
  return () => {
    listeners.delete(listener)
    system.removeEventListener('change', listener)
  }
}

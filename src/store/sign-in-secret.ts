import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { Store } from './store.ts'

const FILE = 'sign-in-secret'
const BYTES = 48

/** Signs the cookies of sessions and enciphers second factors: in the data folder, never in the database. Made on first use. */
export function signInSecret({ folder }: Pick<Store, 'folder'>): string {
  fs.mkdirSync(folder, { recursive: true })
  const file = path.join(folder, FILE)
  try {
    // Two commands may begin at once on a new place: the first one's secret is both's.
    fs.writeFileSync(file, randomBytes(BYTES).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return fs.readFileSync(file, 'utf8')
}

/** Keeps the secret of a backup, so that second factors can be read where it was restored. */
export function keepSignInSecret({ folder }: Pick<Store, 'folder'>, secret: string): void {
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, FILE), secret, { mode: 0o600 })
}

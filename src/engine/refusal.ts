import { say } from './words.ts'
import type { Language, Words } from './words.ts'

/** What a refusal tells: the same four things wherever it comes from. */
export interface RefusalSaid {
  /** Stable, kebab-case, dotted by area where that helps: `no-extension-in-summary`, `date.invalid`. */
  readonly code: string
  /** What happened, with the values. */
  readonly message: Words
  /** Why: the article or the rule. */
  readonly basis: Words
  /** What the person can do next. */
  readonly remedy: Words
  /** 1 = refused by law or by state; 2 = the call itself is malformed. Becomes the exit code of the command line. */
  readonly exit?: 1 | 2
  /** The underlying error, for us, never shown. */
  readonly cause?: unknown
}

/** Our one error for "no". Anything else that is thrown is a defect of ours. */
export class Refusal extends Error {
  readonly said: RefusalSaid

  constructor(said: RefusalSaid) {
    super(`${said.code}: ${say(said.message, 'en')}`, { cause: said.cause })
    this.name = 'Refusal'
    this.said = said
  }

  get code(): string {
    return this.said.code
  }

  get exit(): 1 | 2 {
    return this.said.exit ?? 1
  }

  /** The one shape on the wire. */
  on(language: Language): { code: string; message: string; basis: string; remedy: string } {
    const { code, message, basis, remedy } = this.said
    return { code, message: say(message, language), basis: say(basis, language), remedy: say(remedy, language) }
  }
}

/** What the server said instead of doing it: the one shape of every no. */
export class Refused extends Error {
  readonly code: string
  readonly basis: string
  readonly remedy: string
  readonly status: number

  constructor(status: number, said: { code: string; message: string; basis: string; remedy: string }) {
    super(said.message)
    this.status = status
    this.code = said.code
    this.basis = said.basis
    this.remedy = said.remedy
  }
}

/** Reads a resource under `/api/v1`. @throws Refused */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return answered<T>(await fetch(`/api/v1${path}`, { headers: { accept: 'application/json' }, ...(signal ? { signal } : {}) }))
}

/**
 * Writes once.
 *
 * @param key the same for every try of one act: a form keeps its own until it was answered
 * @throws Refused
 */
export async function post<T>(path: string, body: unknown, key: string = crypto.randomUUID()): Promise<T> {
  return send<T>('POST', path, body, { 'idempotency-key': key })
}

/** Puts a value in its place; doing it again changes nothing. @throws Refused */
export async function put<T>(path: string, body: unknown): Promise<T> {
  return send<T>('PUT', path, body)
}

/** Sends a file as it is, as a write that may be repeated. @throws Refused */
export async function postFile<T>(path: string, file: File, type: string): Promise<T> {
  return answered<T>(
    await fetch(`/api/v1${path}`, { method: 'POST', headers: { accept: 'application/json', 'content-type': type }, body: file }),
  )
}

/** Removes a thing. @throws Refused */
export async function remove<T>(path: string): Promise<T> {
  return answered<T>(await fetch(`/api/v1${path}`, { method: 'DELETE', headers: { accept: 'application/json' } }))
}

async function send<T>(method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
  return answered<T>(
    await fetch(`/api/v1${path}`, {
      method,
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  )
}

async function answered<T>(response: Response): Promise<T> {
  const text = await response.text()
  const value: unknown = text === '' ? null : JSON.parse(text)
  if (response.ok) return value as T
  throw new Refused(response.status, value as { code: string; message: string; basis: string; remedy: string })
}

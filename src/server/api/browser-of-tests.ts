import assert from 'node:assert/strict'
import { base32 } from '@better-auth/utils/base32'
import { createOTP } from '@better-auth/utils/otp'
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { SessionJson } from './session.ts'

/** A browser for tests: it keeps cookies, and names a key with every write. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly app: FastifyInstance
  readonly address: string

  constructor(app: FastifyInstance, address = '10.0.0.1') {
    this.app = app
    this.address = address
  }

  async ask(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    payload?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<LightMyRequestResponse> {
    const answer = await this.app.inject({
      method,
      url,
      remoteAddress: this.address,
      headers: {
        accept: 'application/json',
        origin: 'http://localhost',
        host: 'localhost',
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...(this.cookies.size > 0 ? { cookie: this.cookieHeader() } : {}),
        ...headers,
      },
      ...(payload ? { payload } : {}),
    })
    for (const { name, value, maxAge } of answer.cookies) {
      if (maxAge === 0 || value === '') this.cookies.delete(name)
      else this.cookies.set(name, encodeURIComponent(value))
    }
    return answer
  }

  cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  signIn(username: string, password: string): Promise<LightMyRequestResponse> {
    return this.ask('POST', '/api/v1/session', { username, password })
  }

  async session(): Promise<SessionJson> {
    const answer = await this.ask('GET', '/api/v1/session')
    assert.equal(answer.statusCode, 200, answer.body)
    return answer.json()
  }
}

/** The code of a refusal. */
export function codeOf(answer: Pick<LightMyRequestResponse, 'json'>): string {
  return answer.json<{ code: string }>().code
}

/** The code that an authenticator app shows now, from what it was set up with. */
export async function appCode(uri: string): Promise<string> {
  const secret = new TextDecoder().decode(base32.decode(new URL(uri).searchParams.get('secret')!))
  return createOTP(secret, { period: 30, digits: 6 }).totp()
}

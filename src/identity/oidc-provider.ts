/** A provider of identities of the government (统一身份认证) that speaks OpenID Connect. */
export interface OidcProvider {
  /** Stands in addresses: letters, digits and hyphens. */
  readonly id: string
  /** What the button says. */
  readonly name: string
  /** `https://…/.well-known/openid-configuration` */
  readonly discoveryUrl: string
  readonly clientId: string
  readonly clientSecret?: string
  readonly scopes: readonly string[]
  /** The claim by which a person is known. */
  readonly claim: string
  /** What the claim is: an account's user name, or the person as the posts' register names them. */
  readonly means: 'username' | 'person'
}

/**
 * `Content-Disposition` for a file to be saved under a name that may be Chinese (RFC 6266).
 *
 * @param plain the name for clients that know ASCII only
 */
export function attachment(plain: string, name = plain): string {
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encoded}`
}

/** The model district: who it is in documents and on pages. */
export const place = {
  region: '321302',
  name: ['宿城区', 'Sucheng District'],
  /** The government that reports. */
  issuer: ['宿城区人民政府', 'People’s Government of Sucheng District'],
} as const

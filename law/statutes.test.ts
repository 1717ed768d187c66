import assert from 'node:assert/strict'
import test from 'node:test'
import { statutes, versionInForce, versionsOf } from './statutes.ts'

test('行政复议法: the 2023 revision is law from 2024-01-01', () => {
  assert.equal(versionInForce('行政复议法', '2023-12-31')?.version, '2017-09-01')
  assert.equal(versionInForce('行政复议法', '2024-01-01')?.version, '2023-09-01')
})

test('a law is found by its full title too', () => {
  assert.equal(versionInForce('地方各级人民代表大会和地方各级人民政府组织法', '2022-03-12')?.law, '地方组织法')
})

test('no version before the first one known, after the last, or of an unknown law', () => {
  assert.equal(versionInForce('个人信息保护法', '2021-10-31'), undefined)
  assert.equal(versionInForce('仲裁法', '2026-03-01'), undefined)
  assert.equal(versionInForce('没有这部法', '2024-01-01'), undefined)
})

for (const law of new Set(statutes.map((known) => known.law))) {
  test(`${law}: versions follow each other without gap or overlap, and none is law before it was adopted`, () => {
    const versions = versionsOf(law)
    for (const { version, inForce } of versions) assert.ok(version <= inForce.from && inForce.from <= (inForce.until ?? '9999'), version)
    for (const [at, next] of versions.slice(1).entries()) assert.equal(dayAfter(versions[at]!.inForce.until!), next.inForce.from)
  })
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
}

import { dutyDirectory } from './duty-directory.ts'
import { knowledge } from './knowledge.ts'
import { mediators } from './mediators.ts'
import { organsRegister } from './organs.ts'
import { populations } from './populations.ts'
import { posts } from './posts.ts'
import type { Register } from '#engine/register.ts'

/** The table of contents: one import and one name per register. */
export const registers: readonly Register[] = [organsRegister, posts, dutyDirectory, knowledge, mediators, populations]

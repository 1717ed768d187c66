/** A post held by a person on a day: an entry of the posts' register (岗位名册) in force. */
export interface Holding {
  /** Key of the entry. */
  readonly key: string
  /** The post, by the name that definitions give it. */
  readonly post: string
  /** What the register calls it, for posts that no definition knows. */
  readonly name?: string
  readonly organ: string
  /** Systems in which the post counts. */
  readonly procedures: readonly string[]
  /** 正式任职、代理职务、委托代行. */
  readonly as: 'regular' | 'acting' | 'delegated'
  /** The person for whom an acting or delegated holder stands in. */
  readonly standsFor?: string
  /** Looks over every case of its procedures and takes no step of them. */
  readonly supervises?: true
  /** Sees what its post sees, but takes no step and does not read who the people are: another system that only reads. */
  readonly readsOnly?: true
}

/** 三员: three people, none of whom reads cases. */
export type Administrator = 'system' | 'security' | 'audit'

/** By which means a session was begun. */
export type Means = 'password' | 'provider'

/** What an account must see to before anything else: choose a password of its own, set up its second factor. */
export type Owed = 'password' | 'second-factor'

/** The session in which somebody asks. */
export interface ViewerSession {
  readonly id: string
  readonly account: string
  readonly username: string
  readonly secondFactor: boolean
}

/** Who asks, on a day. */
export interface Viewer {
  /** The person as the posts' register names them: unique in the region. */
  readonly person: string
  readonly holdings: readonly Holding[]
  readonly administrator?: Administrator
  /** Absent where somebody asks without having signed in. */
  readonly session?: ViewerSession
  readonly owes?: Owed
  /** Anybody who looks at a demonstration: every case of it is synthetic. Sees what is not personal, takes no step. */
  readonly demonstration?: true
}

/** Who looks at a demonstration without an account. */
export const VISITOR: Viewer = { person: '', holdings: [], demonstration: true }

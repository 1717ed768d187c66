import { callBackTries, extendableKinds, handleWorkingDays, reopenDays } from './limits.ts'
import { checkPhone } from '#law/identifiers/phone.ts'
import { dateIn, dayIn, instantOf, isInstant } from '#engine/day.ts'
import { guard } from '#engine/guard.ts'
import { local, paper, platform } from '#engine/citation.ts'
import type { CaseView } from '#engine/case-view.ts'
import type { DerivedFact, Facts, Guard } from '#engine/guard.ts'
import type { Kind } from './limits.ts'

const notice = paper('国办发〔2020〕53号')
const service = paper('GB/T 33358—2016', 'unverified')

/** States in which an order can no longer take in another one. */
const CLOSED_TO_MERGING: readonly string[] = ['closed', 'refused', 'transferred', 'merged', 'closed-merged', 'itself', 'unknown']

/** What the guards ask that is no field: worked out from the case. */
export const facts = {
  reportingOrgan: ({ by }) => by.organ,
  reachable: ({ input }) => Boolean(input['contact'] || input['caller']?.phone),
  // What an earlier dispatch, return or reply said is no part of this one: these facts are of the step being taken alone. `null` says that
  // nothing was stated; a fact left out would say that nobody asked.
  basis: ({ input }) => input['basis'] ?? null,
  newFacts: ({ input }) => input['newFacts'] ?? null,
  promiseNotDone: ({ input }) => input['promiseNotDone'] ?? null,
  evidence: ({ input }) => input['evidence'] ?? [],
  dispatchReason: ({ input }) => input['dispatchReason'] ?? null,
  suggestedOrgan: ({ input }) => input['suggestedOrgan'] ?? null,
  coOrgansNamed: ({ input }) => input['coOrgans'] ?? [],
  callerNamed: ({ input }) => input['callerNamed'] === true,
  satisfaction: (view) => evaluation(view, 'satisfaction'),
  solved: (view) => evaluation(view, 'solved'),
  toThePoint: (view) => evaluation(view, 'toThePoint'),

  evidenceCount: ({ input }) => (input['evidence'] as readonly unknown[] | undefined)?.length ?? 0,
  pointsAsked: ({ theCase }) => Math.max(1, ((theCase?.fields['points'] as readonly string[] | undefined) ?? []).length),
  pointsAnswered: ({ input }) =>
    new Set(((input['answers'] as readonly { point: number }[] | undefined) ?? []).map(({ point }) => point)).size,

  /** The state of the order that this one is to join; an order never joins itself. */
  targetState: ({ input, theCase, stateOf }) => (input['into'] === theCase?.id ? 'itself' : (stateOf(String(input['into'])) ?? 'unknown')),

  /** Those of the latest dispatch: whoever was named before the order came back is out of it. */
  coOrgans: ({ taken }) => taken().findLast(({ step }) => step === 'dispatch' || step === 'decide-dispute')?.input['coOrgans'] ?? [],

  insideReturnWindow: (view) => isWithin(view, 'return'),
  /** Did this organ return the order already? A ruling on a dispute binds: after it nobody returns. */
  returnedBefore: ({ taken, theCase }) =>
    taken('decide-dispute').length > 0 || taken('return').some((one) => organHandlingBefore(taken(), one.seq) === theCase?.fields['organ']),
  returns: ({ taken }) => taken('return').length,

  extendedBefore: ({ taken }) => taken('extend').length > 0,
  approvedBeforeDue: (view) => view.clock('handle')?.state === 'paused' || isWithin(view, 'handle'),
  askedBefore: ({ taken }) => taken('ask-more').length > 0,

  evaluatorOrgan: ({ by }) => by.organ,
  handlingOrgan: ({ theCase }) => theCase?.fields['organ'],
  evaluator: ({ by }) => nameOf(by),
  /** Who dealt with the matter itself. */
  handlers: ({ taken }) => [...taken('answer-directly'), ...taken('contact'), ...taken('reply')].map(({ by }) => nameOf(by)),
  /** Days, this one included, on which the caller of the latest reply was tried. */
  tries: ({ taken, on }) => {
    const replied = taken().findLast(({ step }) => step === 'reply' || step === 'answer-directly')?.seq ?? 0
    return new Set([
      ...taken('try-call')
        .filter(({ seq }) => seq > replied)
        .map((tried) => dateIn(tried.on)),
      dateIn(on),
    ]).size
  },

  reworkedBefore: ({ taken }) => taken('rework').length > 0,
  daysSinceClosed: ({ taken, on }) => {
    const closed = taken('close').at(-1)
    return closed === undefined ? undefined : dayIn(on) - dayIn(closed.on)
  },
  isLate: (view) =>
    ['handle', 'rework'].some((id) => view.clock(id)?.late === true || (view.clock(id)?.state === 'running' && !isWithin(view, id))),
  isAnswered: ({ theCase }) => theCase?.state === 'evaluated',
  timesDissatisfied: ({ taken }) => taken('call-back').filter(({ input }) => input['satisfaction'] === 'dissatisfied').length,

  isEvaluationRecorded: ({ theCase }) => theCase?.state !== 'replied' || theCase.fields['anonymous'] === true,
  runningClocks: ({ definition, runs }) =>
    Object.entries(definition.clocks)
      .filter(([id, { window }]) => window !== true && runs(id).some(({ state }) => state !== 'stopped'))
      .map(([, { name }]) => name[0]),
  /** Is the source case that holds this order still open? */
  isTraced: ({ theCase, stateOf }) => {
    const state = theCase?.fields['sourceCase'] === undefined ? undefined : stateOf(String(theCase.fields['sourceCase']))
    return state !== undefined && state !== 'closed'
  },
} satisfies Record<string, DerivedFact>

export const guards = {
  excluded: guard({
    needs: [],
    may: ['exclusion', 'ground'],
    article: notice,
    message: ['所诉事项不属于热线受理范围（{exclusion}）。', 'The matter is outside what the hotline accepts ({exclusion}).'],
    remedy: ['办理“不予受理”，并告知诉求人应走的途径。', 'Refuse it and tell the caller the proper way.'],
    refuses: ({ exclusion, ground }) => [exclusion, ground].some((one) => Boolean(one) && one !== 'none'),
  }),
  'no-way-to-reply': guard({
    needs: ['wantsReply'],
    may: ['reachable', 'phone', 'contact', 'caller'],
    article: local,
    message: ['诉求人要求答复，但没有留下联系方式。', 'The caller wants a reply but leaves no way to be reached.'],
    remedy: ['请补充电话或其他联系方式；不需要答复的，请如实选择。', 'Add a phone number or another way; or say that no reply is wanted.'],
    refuses: ({ wantsReply, reachable, phone, contact, caller }) =>
      wantsReply === true && !(reachable || phone || contact || caller?.phone),
  }),
  'phone-invalid': guard({
    needs: [],
    may: ['caller', 'phone'],
    article: platform,
    message: ['诉求人电话不是有效的电话号码。', "The caller's phone number is none."],
    remedy: ['请核对号码；固定电话写作 0527-80000000。', 'Check the number; a landline is written 0527-80000000.'],
    refuses: ({ caller, phone }) => [caller?.phone, phone].some((one) => typeof one === 'string' && one !== '' && !isPrivatePhone(one)),
  }),
  'caller-missing': guard({
    needs: ['anonymous', 'caller'],
    article: local,
    message: ['未匿名的诉求须登记诉求人。', 'An order that is not anonymous names its caller.'],
    remedy: ['登记诉求人姓名（名称）或电话；不愿透露的，选择匿名。', 'Enter a name or a phone number, or mark the order anonymous.'],
    refuses: ({ anonymous, caller }) => anonymous === false && !(caller?.name || caller?.phone),
  }),
  'topic-not-in-force': guard({
    needs: ['topicInForce'],
    may: ['topic'],
    article: local,
    message: ['派单目录当日没有类别“{topic}”。', 'The duty directory has no topic “{topic}” on that day.'],
    remedy: ['从派单目录中选择类别。', 'Choose a topic of the directory.'],
    refuses: ({ topicInForce }) => topicInForce !== true,
  }),

  'not-for-direct-answer': guard({
    needs: ['kind'],
    article: local,
    message: ['只有咨询、建议和表扬可以直接答复。', 'Only consultations, suggestions and praise are answered directly.'],
    remedy: ['请派单办理。', 'Dispatch the order.'],
    refuses: ({ kind }) => !['consultation', 'suggestion', 'praise'].includes(kind),
  }),
  'knowledge-expired': guard({
    needs: [],
    may: ['knowledgeEntry', 'knowledgeInForce', 'knowledgeEntryInForce'],
    article: notice,
    message: ['知识库条目“{knowledgeEntry}”当日已失效或不存在。', 'Knowledge entry “{knowledgeEntry}” is not in force on that day.'],
    remedy: [
      '请用现行条目答复，或派单给责任单位并提请更新知识库。',
      'Answer from an entry in force, or dispatch the order and have the entry renewed.',
    ],
    refuses: ({ knowledgeEntry, knowledgeInForce, knowledgeEntryInForce }) =>
      knowledgeEntry === null ? false : knowledgeInForce === false || (Boolean(knowledgeEntry) && knowledgeEntryInForce === false),
  }),
  'transfer-instead': guard({
    needs: ['ground'],
    article: local,
    message: ['紧急事项不是不予受理，应当即转有关单位。', 'An emergency is not refused but handed over at once.'],
    remedy: ['请办理“转紧急救助”。', 'Transfer it to the emergency service.'],
    refuses: ({ ground }) => ground === 'emergency',
  }),
  'proper-channel-not-told': guard({
    needs: ['channelTold'],
    article: local,
    message: ['不予受理的，须告知诉求人应走的途径。', 'A refusal never leaves the caller without the proper way.'],
    remedy: ['告知后再登记。', 'Tell the caller, then record it.'],
    refuses: ({ channelTold }) => channelTold !== true,
  }),
  'not-an-emergency': guard({
    needs: ['urgency'],
    article: local,
    message: ['只有紧急诉求转 110、119、120、122。', 'Only an urgent order goes to 110, 119, 120 or 122.'],
    remedy: ['请派单办理；确属紧急的，先更正紧急程度。', 'Dispatch it; if it is urgent after all, correct the urgency first.'],
    refuses: ({ urgency }) => urgency !== 'urgent',
  }),

  'merge-target-closed': guard({
    needs: [],
    may: ['targetState', 'targetOpen'],
    article: platform,
    message: ['并入的工单不存在或已不能并入（{targetState}）。', 'The order to join is closed or cannot be joined ({targetState}).'],
    remedy: ['并入仍在办理的工单，或单独办理。', 'Join an order that is still open, or handle this one by itself.'],
    refuses: ({ targetState, targetOpen }) => targetOpen === false || CLOSED_TO_MERGING.includes(targetState),
  }),
  'not-same-matter': guard({
    needs: ['sameMatter', 'samePlace'],
    article: platform,
    message: ['只有同一事项、同一地点的工单可以并单。', 'Only orders on the same matter at the same place are merged.'],
    remedy: ['请单独派单。', 'Dispatch it by itself.'],
    refuses: ({ sameMatter, samePlace }) => sameMatter !== true || samePlace !== true,
  }),

  'co-organs-disagree': guard({
    needs: ['coHandled', 'coOrgansNamed'],
    article: platform,
    message: ['有协办单位的须列明协办单位；没有的，不列。', 'Co-handling organs are named exactly where there are some.'],
    remedy: ['请核对“有协办单位”和协办单位名单。', 'Check whether there are co-handling organs, and which.'],
    refuses: ({ coHandled, coOrgansNamed }) => coHandled !== coOrgansNamed.length > 0,
  }),
  'organ-not-in-force': guard({
    needs: ['organsNotInForce'],
    article: local,
    message: ['单位“{organsNotInForce}”当日不在机构名册中。', 'Organ “{organsNotInForce}” is not in the register on that day.'],
    remedy: [
      '请派给现行机构；机构改革的，派给承接其职责的机构。',
      'Dispatch to an organ in force, or to the one that took over its duties.',
    ],
    refuses: ({ organsNotInForce }) => organsNotInForce.length > 0,
  }),
  'departure-unexplained': guard({
    needs: ['organ', 'directoryOrgan'],
    may: ['dispatchReason', 'reason'],
    article: local,
    message: [
      '派单目录的责任单位是“{directoryOrgan}”，改派“{organ}”须写明理由。',
      'The directory names “{directoryOrgan}”; a dispatch to “{organ}” needs a reason.',
    ],
    remedy: ['填写派单理由，或派给目录所列单位。', 'Give the reason, or dispatch to the organ of the directory.'],
    refuses: ({ organ, directoryOrgan, dispatchReason, reason }) =>
      Boolean(directoryOrgan) && organ !== directoryOrgan && !(dispatchReason || reason),
  }),
  'identity-exposed': guard({
    needs: ['confidential', 'callerNamed'],
    may: ['organ', 'organComplainedOf', 'toOrganComplainedOf'],
    article: local,
    message: [
      '诉求人要求保密，送被诉单位的材料不得载明其身份。',
      'The caller asked for confidentiality: nothing sent to the organ complained of shows who it is.',
    ],
    remedy: ['隐去诉求人身份后再发送。', 'Leave out who the caller is.'],
    refuses: ({ confidential, callerNamed, ...where }) => confidential === true && callerNamed === true && goesToOrganComplainedOf(where),
  }),

  'caller-name-missing': guard({
    needs: ['callerNamed', 'caller'],
    article: platform,
    message: ['没有登记诉求人姓名，转办单不能载明诉求人。', 'No caller is entered, so the order sent cannot name one.'],
    remedy: ['选择不载明诉求人。', 'Send it without naming the caller.'],
    refuses: ({ callerNamed, caller }) => callerNamed === true && !caller?.name,
  }),

  'return-too-late': guard({
    needs: ['insideReturnWindow'],
    article: local,
    message: ['已过退单时限（派单后一个工作日）。', 'The time for returning the order (one working day from dispatch) is over.'],
    remedy: ['请先行办理；确有争议的，报热线机构负责人。', 'Handle it; a dispute goes to the head of the centre.'],
    refuses: ({ insideReturnWindow }) => insideReturnWindow !== true,
  }),
  'return-without-organ': guard({
    needs: ['returnReason'],
    may: ['suggestedOrgan'],
    article: local,
    message: [
      '以非本单位职责或地点有误退单的，须写明建议承办单位。',
      'A return for lack of power or a wrong place names the organ thought competent.',
    ],
    remedy: ['填写建议承办单位。', 'Name the organ.'],
    refuses: ({ returnReason, suggestedOrgan }) => ['no-power', 'wrong-place'].includes(returnReason) && !suggestedOrgan,
  }),
  'second-return': guard({
    needs: ['returnedBefore'],
    article: local,
    message: ['同一单位只能退单一次；经裁定的，不得再退。', 'An organ returns an order once; after a ruling nobody does.'],
    remedy: ['请办理（首接负责）。', 'Handle it: the organ that has it is responsible.'],
    refuses: ({ returnedBefore }) => returnedBefore === true,
  }),
  'no-dispute': guard({
    needs: ['returns'],
    article: local,
    message: ['只退过 {returns} 次，尚无派单争议。', 'It was returned {returns} time(s): there is no dispute yet.'],
    remedy: ['由派单员重新派单。', 'The dispatcher dispatches it again.'],
    refuses: ({ returns }) => returns < 2,
  }),

  'caller-anonymous': guard({
    needs: ['anonymous'],
    article: local,
    message: ['匿名诉求没有可联系的诉求人。', 'An anonymous order has no caller to contact.'],
    remedy: ['直接办理，办结后供凭查询码查询。', 'Handle it; the reply is found by the query code.'],
    refuses: ({ anonymous }) => anonymous === true,
  }),
  'second-question': guard({
    needs: ['askedBefore'],
    article: local,
    message: ['只能请诉求人补充一次。', 'The caller is asked for more only once.'],
    remedy: ['请依已有事实办理。', 'Handle it on the facts at hand.'],
    refuses: ({ askedBefore }) => askedBefore === true,
  }),

  'no-extension-for-kind': guard({
    needs: ['kind', 'urgency'],
    article: local,
    message: ['咨询件和紧急件不得延期。', 'A consultation or an urgent order is not extended.'],
    remedy: ['请在原时限内答复。', 'Reply within the limit.'],
    refuses: ({ kind, urgency }) => urgency === 'urgent' || !extendableKinds.includes(kind),
  }),
  'second-extension': guard({
    needs: ['extendedBefore'],
    article: local,
    message: ['只能延期一次。', 'It is extended once only.'],
    remedy: ['请在已延长的时限内答复。', 'Reply within the extended limit.'],
    refuses: ({ extendedBefore }) => extendedBefore === true,
  }),
  'extension-too-late': guard({
    needs: ['approvedBeforeDue'],
    article: local,
    message: ['办理时限已届满或已停止，不能再批准延期。', 'The limit has run out or stopped: no extension can be approved.'],
    remedy: ['请尽快答复；逾期将被督办。', 'Reply at once; lateness is supervised.'],
    refuses: ({ approvedBeforeDue }) => approvedBeforeDue !== true,
  }),
  'extension-too-long': guard({
    needs: ['kind', 'days'],
    article: local,
    message: ['延长 {days} 个工作日，超过原时限。', 'An extension of {days} working days is longer than the limit itself.'],
    remedy: ['延长的时间不得超过原时限。', 'Extend by at most the original limit.'],
    refuses: ({ kind, days }) => days > (handleWorkingDays[kind as Kind] ?? 0),
  }),
  'caller-not-told': guard({
    needs: ['callerTold', 'anonymous'],
    article: local,
    message: ['延期须告知诉求人。', 'The caller is told of the extension.'],
    remedy: ['告知后再登记。', 'Tell the caller, then record it.'],
    refuses: ({ callerTold, anonymous }) => anonymous !== true && callerTold !== true,
  }),
  'not-co-handling': guard({
    needs: ['coOrgan', 'coOrgans'],
    article: local,
    message: ['“{coOrgan}”不是本工单的协办单位。', '“{coOrgan}” is no co-handling organ of this order.'],
    remedy: ['由派单时指定的协办单位反馈。', 'The organs named at dispatch report.'],
    refuses: ({ coOrgan, coOrgans }) => !((coOrgans as readonly string[] | undefined) ?? []).includes(coOrgan),
  }),

  'not-own-co-report': guard({
    needs: ['coOrgan', 'reportingOrgan'],
    article: local,
    message: ['“{coOrgan}”的协办情况不能由“{reportingOrgan}”反馈。', '“{reportingOrgan}” cannot report what “{coOrgan}” did.'],
    remedy: ['由该协办单位自己反馈。', 'Let that organ report itself.'],
    refuses: ({ coOrgan, reportingOrgan }) => coOrgan !== reportingOrgan,
  }),

  'reply-before-acceptance': guard({
    needs: ['acceptedAt', 'repliedAt'],
    article: platform,
    message: ['答复时间 {repliedAt} 早于受理时间 {acceptedAt}。', 'The reply ({repliedAt}) is dated before acceptance ({acceptedAt}).'],
    remedy: ['请核对时间。', 'Check the times.'],
    refuses: ({ acceptedAt, repliedAt }) => instantOf(repliedAt) < instantOf(acceptedAt),
  }),
  'points-missing': guard({
    needs: ['pointsAsked', 'pointsAnswered'],
    article: local,
    message: ['诉求 {pointsAsked} 项，只答复了 {pointsAnswered} 项。', '{pointsAsked} points were asked, {pointsAnswered} are answered.'],
    remedy: ['逐项答复。', 'Answer every point.'],
    refuses: ({ pointsAsked, pointsAnswered }) => sizeOf(pointsAnswered) < sizeOf(pointsAsked),
  }),
  'basis-missing': guard({
    needs: ['outcome'],
    may: ['basis', 'legalBasis'],
    article: local,
    message: ['以解释说明办结的，须写明法律政策依据。', 'An order concluded by explanation states the legal basis.'],
    remedy: ['填写依据的名称和条款。', 'Name the law and the article.'],
    refuses: (given) => given['outcome'] === 'explained' && areEmpty(given, ['basis', 'legalBasis']),
  }),
  'evidence-missing': guard({
    needs: ['outcome'],
    may: ['evidenceCount', 'evidence'],
    article: local,
    message: ['以已解决办结的，须附照片或书面材料。', 'An order concluded as solved has a photo or paper to prove it.'],
    remedy: ['上传证明材料，或如实改选办理结果。', 'Add proof, or state the outcome as it is.'],
    refuses: (given) => given['outcome'] === 'solved' && areEmpty(given, ['evidenceCount', 'evidence']),
  }),

  'evaluator-not-independent': guard({
    needs: ['evaluatorOrgan', 'handlingOrgan'],
    may: ['evaluator', 'handlers'],
    article: service,
    message: ['回访不得由承办单位或承办人进行。', 'The call-back is not made by the organ or the person that handled the order.'],
    remedy: ['由热线机构的其他人员回访。', 'Have another officer of the centre call.'],
    refuses: ({ evaluatorOrgan, handlingOrgan, evaluator, handlers }) =>
      (Boolean(handlingOrgan) && evaluatorOrgan === handlingOrgan) ||
      ((handlers as readonly string[] | undefined) ?? []).includes(evaluator),
  }),
  'not-reached': guard({
    needs: ['reached'],
    may: ['satisfaction', 'solved'],
    article: service,
    message: ['没有联系上诉求人，不能登记评价。', 'Without reaching the caller there is no evaluation.'],
    remedy: ['删去评价，登记为未联系上。', 'Leave the evaluation out.'],
    refuses: ({ reached, satisfaction, solved }) => reached === false && Boolean(satisfaction || solved),
  }),
  'too-few-tries': guard({
    needs: ['reached', 'tries'],
    article: service,
    message: [
      '只在 {tries} 个不同的日子联系过，不能认定未联系上。',
      'Tried on {tries} different day(s) only: the caller does not count as unreached.',
    ],
    remedy: ['在三个不同的日子联系后再认定。', 'Try on three different days.'],
    refuses: ({ reached, tries }) => reached === false && sizeOf(tries) < callBackTries,
  }),
  'solved-missing': guard({
    needs: ['reached', 'satisfaction', 'solved'],
    article: notice,
    message: ['评价须同时包括是否解决和服务态度。', 'The evaluation says both whether it is solved and how satisfied the caller is.'],
    remedy: ['补问是否解决。', 'Ask whether it is solved.'],
    refuses: ({ reached, satisfaction, solved }) => reached === true && Boolean(satisfaction) && !solved,
  }),

  'rework-once': guard({
    needs: ['reworkedBefore'],
    article: local,
    message: ['只能退回重办一次。', 'An order is sent back once only.'],
    remedy: ['再次不满意的，予以督办。', 'A second dissatisfaction is supervised.'],
    refuses: ({ reworkedBefore }) => reworkedBefore === true,
  }),
  'no-ground-for-rework': guard({
    needs: ['satisfaction'],
    may: ['solved', 'toThePoint'],
    article: local,
    message: [
      '不满意且未解决（或答非所问）的，才退回重办。',
      'Only a dissatisfied caller whose matter is unsolved, or not answered to the point, has it sent back.',
    ],
    remedy: ['归档，或将意见转承办单位。', 'Close it, or pass the opinion on.'],
    refuses: ({ satisfaction, solved, toThePoint }) => satisfaction !== 'dissatisfied' || (solved === 'yes' && toThePoint !== false),
  }),
  'evaluation-missing': guard({
    needs: ['isEvaluationRecorded'],
    article: local,
    message: ['尚未登记评价或无法评价的情形。', 'Neither an evaluation nor its impossibility is recorded.'],
    remedy: ['先回访；匿名诉求可直接归档。', 'Call back first; an anonymous order may be closed.'],
    refuses: ({ isEvaluationRecorded }) => isEvaluationRecorded !== true,
  }),
  'clock-running': guard({
    needs: ['runningClocks'],
    article: local,
    message: ['仍有期限在进行：{runningClocks}。', 'Clocks are still running: {runningClocks}.'],
    remedy: ['办结有关事项后再归档。', 'Finish what they are for, then close.'],
    refuses: ({ runningClocks }) => runningClocks.length > 0,
  }),
  'reopen-too-late': guard({
    needs: ['daysSinceClosed'],
    article: platform,
    message: ['归档已 {daysSinceClosed} 日，超过三十日。', 'It was closed {daysSinceClosed} days ago, more than thirty.'],
    remedy: ['请作为新的诉求提出。', 'Raise it as a new order.'],
    refuses: ({ daysSinceClosed }) => daysSinceClosed > reopenDays,
  }),
  'nothing-new': guard({
    needs: [],
    may: ['newFacts', 'promiseNotDone'],
    article: platform,
    message: ['没有新的事实，承诺的措施也没有落空。', 'There are no new facts, and no promised measure was left undone.'],
    remedy: ['写明新的事实或尚未落实的措施。', 'State the new facts or the measure not done.'],
    refuses: (given) => areEmpty(given, ['newFacts', 'promiseNotDone']),
  }),
  'no-ground-for-supervision': guard({
    needs: ['supervisionGround'],
    may: ['isLate', 'timesDissatisfied', 'isAnswered'],
    article: notice,
    message: [
      '督办事由不成立：工单没有逾期、已经答复，或没有两次不满意。',
      'The ground does not hold: the order is not late, is answered, or was not found wanting twice.',
    ],
    remedy: ['按实际事由督办；领导批示督办的，写明批示。', "Choose the ground that holds; for a head's order, quote it."],
    refuses: ({ supervisionGround, isLate, timesDissatisfied, isAnswered }) =>
      supervisionGround === 'second-dissatisfaction'
        ? timesDissatisfied < 2
        : isAnswered === true || (supervisionGround === 'late' && isLate === false),
  }),
  'already-traced': guard({
    needs: ['isTraced'],
    article: platform,
    message: ['该工单已在一件未结的溯源件中。', 'The order is in an open source case already.'],
    remedy: ['一件工单同时只属于一件溯源件。', 'An order belongs to one open source case at a time.'],
    refuses: ({ isTraced }) => isTraced === true,
  }),
} satisfies Record<string, Guard>

/** What this call-back says; where the step is another one, what the latest call-back said. */
function evaluation({ input, theCase }: CaseView, part: string): unknown {
  return 'reached' in input ? input[part] : theCase?.fields[part]
}

/** A person as an organ knows him: names are unique within it. */
function nameOf({ organ, person }: CaseView['by']): string {
  return `${organ}/${person}`
}

/** Is the step taken by the end of the clock, which still runs? */
function isWithin({ clock, on }: CaseView, id: string): boolean {
  const run = clock(id)
  if (run?.state !== 'running' || run.deadline === undefined) return false
  const { due } = run.deadline
  return isInstant(due) ? instantOf(on) <= instantOf(due) : dateIn(on) <= due
}

/** The organ that had the order just before a step of it. */
function organHandlingBefore(steps: ReturnType<CaseView['taken']>, seq: number): unknown {
  return steps.findLast((one) => one.seq < seq && (one.step === 'dispatch' || one.step === 'decide-dispute'))?.input['organ']
}

function isPrivatePhone(value: string): boolean {
  const checked = checkPhone(value)
  return checked.valid && checked.organOnly !== true
}

/** Where it is not known against whom the complaint is, the organ that receives it may be the one. */
function goesToOrganComplainedOf({ organ, organComplainedOf, toOrganComplainedOf }: Facts): boolean {
  if (toOrganComplainedOf !== undefined) return toOrganComplainedOf === true
  return organ === undefined || !organComplainedOf || organ === organComplainedOf
}

/** Of the facts so named at least one is stated, and all that are stated are empty. */
function areEmpty(given: Facts, names: readonly string[]): boolean {
  const stated = names.filter((name) => name in given).map((name) => given[name])
  return stated.length > 0 && stated.every((value) => !value || (Array.isArray(value) && value.length === 0))
}

function sizeOf(value: number | readonly unknown[]): number {
  return typeof value === 'number' ? value : value.length
}

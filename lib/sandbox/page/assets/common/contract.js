// The shapes that the sandbox's HTTP API speaks, for editors and `tsc --checkJs`. Nothing here runs.

/** @typedef {{ path: string, rule: string, message: string, fix?: string, lockedType?: string }} Finding */
/** @typedef {{ receivedAt: number, outcome: string, status?: number, message?: string, fault?: string }} Attempt */
/** @typedef {'kept' | 'attributes dropped' | 'event dropped' | 'refused' | 'no answer'} Verdict */

/**
 * An event as the sandbox lists it, whole or as a preview. What the app sent may be any JSON.
 * @typedef {object} SandboxEvent
 * @property {number} id
 * @property {number} revision
 * @property {number} receivedAt
 * @property {string} [licenseCode]
 * @property {boolean} bulk
 * @property {string} [requestId]
 * @property {unknown} [userId]
 * @property {unknown} [anonymousId]
 * @property {unknown} [eventName]
 * @property {string[]} [classNames]
 * @property {unknown} [eventTime]
 * @property {unknown} [eventData]
 * @property {Record<string, string>} [types]
 * @property {Verdict} verdict
 * @property {Finding[]} findings
 * @property {Attempt[]} attempts
 * @property {number} attemptCount
 * @property {boolean} [shortened]
 */

/** @typedef {{ limit: number, used: number, resetsAt: number }} QuotaUse */
/** @typedef {{ licenseCode: string, single: QuotaUse, bulk: QuotaUse }} AccountQuota */
/** @typedef {{ id: number, applied: number, callsLeft?: number, description: string }} Fault */

/**
 * @typedef {object} SandboxState
 * @property {number} now
 * @property {boolean} clockStopped
 * @property {number} maxEvents
 * @property {Record<string, number>} counts
 * @property {AccountQuota[]} quota
 * @property {Fault[]} faults
 */

/**
 * @typedef {object} TypedAttribute
 * @property {string} name
 * @property {string} type
 * @property {'first data point' | 'event class' | 'lock file'} source
 * @property {string} [declaredBy]
 * @property {number} [since]
 * @property {Record<string, number>} conflicts
 */

/**
 * @typedef {object} TypedEvent
 * @property {string} licenseCode
 * @property {string} eventName
 * @property {string[]} classNames
 * @property {TypedAttribute[]} attributes
 * @property {Record<string, number>} perType
 * @property {Record<string, number>} refused
 */

/** @typedef {{ event: string, user: string, text: string, problems: boolean }} Filter */

export {};

/** Whether a call carries one event, or up to 25 of them. WebEngage has an endpoint and a quota for each. */
export type CallKind = 'single' | 'bulk';

/** One call as it goes out; a re-attempt sends the same bytes under the same id. */
export interface OutgoingCall {
  readonly kind: CallKind;
  /** Sent as `x-request-id`. */
  readonly requestId: string;
  /** The body. */
  readonly json: string;
}

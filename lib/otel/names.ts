/** What spans and metrics are made under. */
export const SCOPE = 'nestjs-webengage';

/**
 * Attributes of OpenTelemetry's semantic conventions: those for messaging as of 1.28 (in development there), those for
 * HTTP clients (stable since 1.23), `url.template` (in development), and those for end users as of 1.30 (in development).
 */
export const ATTRIBUTE = {
  system: 'messaging.system',
  operationName: 'messaging.operation.name',
  operationType: 'messaging.operation.type',
  destination: 'messaging.destination.name',
  messageId: 'messaging.message.id',
  messageCount: 'messaging.batch.message_count',
  method: 'http.request.method',
  status: 'http.response.status_code',
  resendCount: 'http.request.resend_count',
  serverAddress: 'server.address',
  serverPort: 'server.port',
  urlTemplate: 'url.template',
  errorType: 'error.type',
  userId: 'enduser.id',
  anonymousId: 'enduser.pseudo.id',
} as const;

/** Attributes for which there is no convention. */
export const OWN_ATTRIBUTE = {
  account: 'webengage.account',
  eventName: 'webengage.event.name',
  requestId: 'webengage.request.id',
  callKind: 'webengage.call.kind',
  failureReason: 'webengage.failure.reason',
  pauseReason: 'webengage.pause.reason',
} as const;

/** Says nothing of a module without an account's name. */
export function accountAttribute(account: string | undefined): Record<string, string> {
  return account === undefined ? {} : { [OWN_ATTRIBUTE.account]: account };
}

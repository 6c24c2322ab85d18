/** What somebody else says may be a sentence; here it stands within one. */
export function withoutStop(message: string): string {
  return message.replace(/\.$/, '');
}

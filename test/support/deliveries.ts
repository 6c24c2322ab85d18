/** The ways of delivery, for tests of what is promised of each of them. */
export const MODES = ['background', 'direct'] as const;
export type Mode = (typeof MODES)[number];

/** With it an event has arrived when `track()` resolves: the simplest way to look at what arrives. */
export const DIRECT = { mode: 'direct' } as const;

/** What the receipt of an event says that was taken. */
export const STATE_OF_RECEIPT = { background: 'accepted', direct: 'delivered' } as const;

/** WebEngage's limits, and the two that this library adds where WebEngage documents none. */
export const limits = {
  /** Names of events and attributes must be shorter than this, in UTF-16 code units. */
  nameLength: 50,
  /** `userId` and `anonymousId` may be as long as this, in UTF-16 code units. */
  userIdentifierLength: 100,
  /** A String attribute must be shorter than this, in UTF-16 code units. */
  stringLength: 1000,
  /** Attributes of one data type that one event may have. */
  attributesPerType: 25,
  /** Arrays and objects within one attribute's value, one inside the other. WebEngage documents no limit. */
  nestingLevels: 10,
  /** Bytes of one event's JSON, unless the module's `maxEventBytes` says otherwise. WebEngage documents no limit. */
  eventBytes: 1_048_576,
} as const;

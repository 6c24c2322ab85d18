import type { SandboxQuota } from '../sandbox.options.js';
import type { AttributeRoom, LockedTypes } from './attribute-types.js';
import { QuotaWindow } from './quota-window.js';
import { RequestIds } from './request-ids.js';
import { type AccountQuota, SandboxAccount } from './sandbox-account.js';

/** Where any license code is let in: what the account that was used the longest ago has learnt is forgotten first. */
const MAX_ACCOUNTS = 20;
/** Attributes whose types all accounts together remember; those that come later are not locked. */
const MAX_ATTRIBUTES = 100_000;

/** The accounts that have been used, the one that was used last at the end. */
export class SandboxAccounts {
  private readonly accounts = new Map<string, SandboxAccount>();
  private requestIds = new RequestIds();
  private room: AttributeRoom = { left: MAX_ATTRIBUTES };

  constructor(
    /** The only account there is; without one every account is there. */
    private readonly only: string | undefined,
    private readonly quota: Readonly<Required<SandboxQuota>>,
  ) {}

  has(licenseCode: string): boolean {
    return this.only === undefined || licenseCode === this.only;
  }

  /** The account of a license code; only of one that there is. */
  use(licenseCode: string): SandboxAccount {
    const account = this.accounts.get(licenseCode) ?? this.create(licenseCode);
    this.accounts.delete(licenseCode);
    this.accounts.set(licenseCode, account);
    if (this.accounts.size > MAX_ACCOUNTS) this.forgetOldest();
    return account;
  }

  quotaAt(now: number): AccountQuota[] {
    return [...this.accounts.values()].map((account) => account.quotaAt(now)).reverse();
  }

  types(): LockedTypes[] {
    return [...this.accounts.values()].flatMap(({ attributeTypes, licenseCode }) => attributeTypes.list(licenseCode));
  }

  clear(): void {
    this.accounts.clear();
    this.requestIds = new RequestIds();
    this.room = { left: MAX_ATTRIBUTES };
  }

  private create(licenseCode: string): SandboxAccount {
    const { single, bulk, interval } = this.quota;
    return new SandboxAccount(
      licenseCode,
      new QuotaWindow(single, interval),
      new QuotaWindow(bulk, interval),
      this.requestIds,
      this.room,
    );
  }

  private forgetOldest(): void {
    for (const [licenseCode, { attributeTypes }] of this.accounts) {
      this.accounts.delete(licenseCode);
      this.room.left += attributeTypes.size;
      return;
    }
  }
}

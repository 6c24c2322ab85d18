import type { SandboxQuota } from '../sandbox.options.js';
import { type AttributeRoom, AttributeTypes } from './attribute-types.js';
import type { DeclaredTypes } from './declared-types.js';
import type { LockedTypes } from './locked-types.js';
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
    private readonly declared: DeclaredTypes,
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
    const used = [...this.accounts.values()];
    if (this.only !== undefined && used.length === 0) return this.typesOfNewAccount().list(this.only);
    return used.flatMap(({ attributeTypes, licenseCode }) => attributeTypes.list(licenseCode));
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
      this.typesOfNewAccount(),
    );
  }

  private typesOfNewAccount(): AttributeTypes {
    return new AttributeTypes(this.room, this.declared);
  }

  private forgetOldest(): void {
    for (const [licenseCode, { attributeTypes }] of this.accounts) {
      this.accounts.delete(licenseCode);
      this.room.left += attributeTypes.size;
      return;
    }
  }
}

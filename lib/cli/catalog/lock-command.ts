import { LOCK_FILE_NAME } from '../../catalog/lock-file/lock-file.js';

/** How `nestjs-webengage lock` is called, or is to be. */
export interface LockRun {
  readonly paths: readonly string[];
  readonly lockFile: string;
  /** Whether what the code no longer declares may become undeclared. */
  readonly retire?: boolean;
  /** Whether types may change. */
  readonly changeTypes?: boolean;
  readonly from?: string;
  readonly fromSandbox?: string;
  readonly licenseCode?: string;
}

const SAFE_WORD = /^[\w./:=@,+-]+$/;

/** The whole command, to be copied: `npx nestjs-webengage lock dist/events --retire`. */
export function lockCommand(run: LockRun): string {
  const { paths, lockFile, retire = false, changeTypes = false, from, fromSandbox, licenseCode } = run;
  const options: readonly (readonly [flag: string, value: string | undefined])[] = [
    ['--lock-file', lockFile === LOCK_FILE_NAME ? undefined : lockFile],
    ['--from', from],
    ['--from-sandbox', fromSandbox],
    ['--license-code', licenseCode],
  ];
  const given = options.flatMap(([flag, value]) => (value === undefined ? [] : [flag, value]));
  const permissions = [...(retire ? ['--retire'] : []), ...(changeTypes ? ['--change-types'] : [])];
  return ['npx nestjs-webengage lock', ...[...paths, ...given, ...permissions].map(shellWord)].join(' ');
}

function shellWord(word: string): string {
  return SAFE_WORD.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

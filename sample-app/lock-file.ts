/** Where the shop's lock file is, as seen from the folder that it is started in. */
export const LOCK_FILE = 'sample-app/webengage.lock.json';

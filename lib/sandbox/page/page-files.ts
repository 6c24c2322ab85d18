import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerResponse } from 'node:http';
import { pageFolder } from './page-folder.js';

const FILE = /^\/assets\/((?:[a-z-]+\/)?[a-z-]+\.(?:css|js|svg))$/;
const PAGES: Readonly<Record<string, string>> = { '/': 'index.html', '/api': 'api.html' };
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
};

/** Serves the page and what belongs to it; false where the path names none of it. */
export function servePage(path: string, response: ServerResponse): boolean {
  const name = PAGES[path] ?? FILE.exec(path)?.[1];
  const file = name === undefined ? undefined : readFile(name);
  if (name === undefined || file === undefined) return false;
  const extension = name.slice(name.lastIndexOf('.') + 1);
  response.writeHead(200, { ...HEADERS, 'Content-Type': TYPES[extension] }).end(file);
  return true;
}

function readFile(name: string): Buffer | undefined {
  try {
    return readFileSync(join(pageFolder, 'assets', name));
  } catch {
    return undefined;
  }
}

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const SOURCE_MAP_URL = /^\/\/[#@]\s*sourceMappingURL=(\S+)\s*$/gm;
const DATA_URL = /^data:[^,]*?(;base64)?,(.*)$/s;
const IS_URL = /^[a-z][a-z\d+.-]+:/i;

/** The text of a source file. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

/** What a compiled module was compiled from, by its source map; the module itself where that does not say. */
export function sourceTextsOf(file: string): SourceText[] {
  const text = readText(file);
  if (text === undefined) return [];
  const sources = originalsOf(file, text);
  return sources.length > 0 ? sources : [{ name: file, text }];
}

/** Undefined where it cannot be read. */
export function readText(file: string | URL): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

interface SourceMap {
  readonly sources: readonly (string | null)[];
  readonly sourceRoot?: string;
  readonly sourcesContent?: readonly (string | null)[];
}

function originalsOf(file: string, text: string): SourceText[] {
  const url = [...text.matchAll(SOURCE_MAP_URL)].at(-1)?.[1];
  const found = url === undefined ? undefined : mapAt(file, url);
  if (!found) return [];
  const { map, folder } = found;
  return map.sources.flatMap((source, index) => {
    if (typeof source !== 'string') return [];
    const name = IS_URL.test(source) ? source : resolve(folder, rootOf(map), source);
    const content = map.sourcesContent?.[index] ?? readText(name.startsWith('file:') ? new URL(name) : name);
    return typeof content === 'string' ? [{ name, text: content }] : [];
  });
}

function rootOf({ sourceRoot = '' }: SourceMap): string {
  return IS_URL.test(sourceRoot) ? '' : sourceRoot;
}

function mapAt(file: string, url: string): { map: SourceMap; folder: string } | undefined {
  const [, base64, data] = DATA_URL.exec(url) ?? [];
  try {
    const path = data === undefined ? resolve(dirname(file), decodeURIComponent(url)) : file;
    const text = data === undefined ? readText(path) : decode(data, base64 !== undefined);
    const map = JSON.parse(text ?? 'null') as SourceMap | null;
    return Array.isArray(map?.sources) ? { map, folder: dirname(path) } : undefined;
  } catch {
    return undefined;
  }
}

function decode(data: string, isBase64: boolean): string {
  return isBase64 ? Buffer.from(data, 'base64').toString('utf8') : decodeURIComponent(data);
}

import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '../..');
const LIB = join(ROOT, 'lib');
const PAGE = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8');
/** Stands for what differs from case to case, on the page and in what is read of the sources. */
const ANYTHING = '…';
const FOREIGN = '<!-- not of this library -->';

/** A message on the page, and the rule of the event beside it where there is one. */
interface Quote {
  readonly text: string;
  readonly section: string;
  readonly rule: string | undefined;
}

/** All that stands in code in the column "text" of the page's tables; what others say is left out. */
function quotesOn(page: string): Quote[] {
  return page
    .split(/^## /m)
    .slice(1)
    .filter((section) => !section.includes(FOREIGN))
    .flatMap((section) => {
      let columns: string[] = [];
      return section.split('\n').flatMap((line): Quote[] => {
        // Prettier escapes a bar within a cell.
        const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
        if (cells.length < 3) columns = [];
        else if (columns.length === 0) columns = cells;
        const cell = cells[columns.indexOf('text')] ?? '';
        const rule = codeIn(cells[columns.indexOf('rule')] ?? '')[0];
        return codeIn(cell).map((text) => ({ text, section: section.split('\n', 1)[0] ?? '', rule }));
      });
    });
}

function codeIn(markdown: string): string[] {
  return [...markdown.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.replaceAll('\\|', '|'));
}

/** The texts of a source: string literals and templates, put together where `+` joins them. */
function textsOf(source: ts.SourceFile): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isText(node)) texts.push(textOf(node));
    // What is inserted into a text may hold texts too.
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

function isText(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || isSum(node);
}

function isSum(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}

function textOf(node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (isSum(node)) return textOf(node.left) + textOf(node.right);
  if (!ts.isTemplateExpression(node)) return ANYTHING;
  return node.head.text + node.templateSpans.map(({ literal }) => ANYTHING + literal.text).join('');
}

const SOURCES = readdirSync(LIB, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ts.createSourceFile(name, readFileSync(join(LIB, name), 'utf8'), ts.ScriptTarget.Latest));
const TEXTS = SOURCES.flatMap(textsOf);

/** Whether the library says so somewhere: the parts between the page's `…`, in their order, in one text. */
function isSaid(quote: string): boolean {
  const parts = quote.split(ANYTHING).map((part) => part.trim().replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
  const pattern = new RegExp(parts.join('[^]*'));
  return TEXTS.some((text) => pattern.test(text));
}

/** The strings of a union type, by its name. */
function membersOf(type: string): string[] {
  const declaration = SOURCES.flatMap(({ statements }) => [...statements]).find(
    (statement): statement is ts.TypeAliasDeclaration =>
      ts.isTypeAliasDeclaration(statement) && statement.name.text === type,
  );
  if (!declaration || !ts.isUnionTypeNode(declaration.type)) throw new Error(`There is no union ${type}`);
  return declaration.type.types.flatMap((member) =>
    ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal) ? [member.literal.text] : [],
  );
}

describe('troubleshooting', () => {
  const quotes = quotesOn(PAGE);

  it('quotes many messages', () => {
    expect(quotes.length).toBeGreaterThan(120);
  });

  it('would notice a message that is not, or no longer, said', () => {
    expect(isSaid('WebEngage takes events again')).toBe(true);
    expect(isSaid('Too much is pending: delivery.… is …')).toBe(true);
    expect(isSaid('WebEngage takes no events again')).toBe(false);
    expect(isSaid('and with this it would be … Too much is pending')).toBe(false);
  });

  it.each(quotes)('$section: the library says "$text"', ({ text }) => {
    // A quote of placeholders alone would be found anywhere.
    expect(text.replace(/[^a-z]/gi, '').length).toBeGreaterThan(3);
    expect(isSaid(text)).toBe(true);
  });

  it('knows every rule that an event can break', () => {
    const rules = new Set(quotes.map(({ rule }) => rule).filter((rule) => rule !== undefined));
    expect([...rules].sort()).toEqual(membersOf('Rule').sort());
  });

  it('knows every reason for which an event fails', () => {
    const texts = quotes.map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(membersOf('FailureReason')));
  });

  it('names every error', () => {
    const names = readdirSync(join(LIB, 'errors'))
      .map((name) => /export class (\w+)/.exec(readFileSync(join(LIB, 'errors', name), 'utf8'))?.[1])
      .filter((name) => !PAGE.includes(`\`${name ?? ''}\``) && !PAGE.includes(`\`${name ?? ''}\`s`));
    expect(names).toEqual([]);
  });
});
